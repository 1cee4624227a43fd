// SPDX-License-Identifier: GPL-3.0-or-later
// Runs every line that README.md prints, as it stands there, but for the port; or knows which test does.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startVigie } from "./vigie.mjs";

const source = new URL("../../", import.meta.url);
const read = (path) => readFile(new URL(path, source), "utf8");
const readme = await read("README.md");
const lines = [...readme.matchAll(/^```\n(.*?)^```$/gms)].flatMap((match) => match[1].trimEnd().split("\n"));
const withoutComment = (line) => line.replace(/ {2,}#.*$/, "").replace(/ # .*$/, "");

/// Lines that other tests run, as they stand here.
const elsewhere = [
  [/^sudo apt install \.\/vigie(-server)?_\*\.deb$/, "scripts/package-check", "README.md"],
  [/^OTEL_/, "tests/otlp/node.test.mjs", "README.md"],
  [/^curl --data-binary @app\.log /, "tests/e2e/tst_setup.cpp", "README.md"],
];

let vigie, folder;

before(async () => {
  vigie = await startVigie();
  folder = await mkdtemp(join(tmpdir(), "vigie-readme-"));
  await mkdir(join(folder, "bin"));
  const script = async (name, text) => {
    await writeFile(join(folder, "bin", name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, "bin", name), 0o755);
  };
  // On this test's data; what the line says follows.
  const place = `--data-dir '${vigie.dataDir}' --lang en`;
  await script("vigie", `command=$1; shift\nexec '${process.env.VIGIE_BINARY}' "$command" ${place} "$@"`);
  await script("program", "echo out of the program; echo and its errors >&2");
});
after(async () => {
  await vigie.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (line) => promisify(execFile)("bash", ["-ec", line.replaceAll("127.0.0.1:3001", vigie.host)], {
  cwd: folder,
  env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` },
});
const messages = async () => {
  const answer = await fetch(`${vigie.url}api/apps/shop/logs?limit=1000`);
  return (await answer.json()).logs.map((entry) => entry.message);
};
const settings = async () => JSON.parse(await readFile(join(vigie.dataDir, "sources.json"), "utf8"));

/// What a line has done, each run after those above it.
const ours = {
  "curl -d 'hello' http://127.0.0.1:3001/api/apps/shop/logs": async () => assert.ok((await messages()).includes("hello")),
  "program 2>&1 | vigie log --app shop": async () => assert.deepEqual((await messages()).filter((each) => /program|errors/.test(each)).length, 2),
  "vigie run --app shop -- program": async () => assert.equal((await messages()).filter((each) => /program|errors/.test(each)).length, 4),
  "vigie watch add --app nginx '/var/log/nginx/*.log'": async () => assert.match(JSON.stringify(await settings()), /\/var\/log\/nginx\/\*\.log/),
  "vigie watch add --containers": async () => assert.match(JSON.stringify(await settings()), /containers/),
  "vigie watch add --journal": async () => assert.match(JSON.stringify(await settings()), /journal/),
  "vigie export --app shop > shop.jsonl": async () => assert.equal((await readFile(join(folder, "shop.jsonl"), "utf8")).trim().split("\n").length, 5),
  "vigie doctor": async ({ stdout }) => assert.match(stdout, /All is well/),
};

test("every line is run here or elsewhere, and no other is", () => {
  const printed = lines.map(withoutComment).filter((line) => !elsewhere.some(([known]) => known.test(line)) && !/^vigie open /.test(line));
  assert.deepEqual(printed.sort(), Object.keys(ours).sort());
  for (const [known] of elsewhere) assert.ok(lines.some((line) => known.test(withoutComment(line))), known);
});

test("what runs the others reads them here", async () => {
  for (const [, path, name] of elsewhere) assert.ok((await read(path)).includes(name), path);
});

for (const [line, check] of Object.entries(ours)) {
  test(line, async () => check(await run(line)));
}

/// Commands that stand within a sentence, and words of what runs them.
const within = {
  "sudo apt purge vigie": ["scripts/package-check", "apt purge vigie"],
  "./scripts/run": ["scripts/run", "cmake --build"],
  "./scripts/test": ["scripts/test", "ctest"],
  "… | vigie log --app shop --to https://host:3001 --token-file F --ca tls-certificate.pem":
    ["tests/e2e/tst_sending.cpp", "--ca %1/tls-certificate.pem"],
};

test("every command within a sentence is known, and run elsewhere", async () => {
  const text = readme.replace(/^```\n.*?^```$/gms, "");
  const printed = [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code).filter((code) => /^(sudo|…|\.\/|vigie |curl|npm|node) ?/.test(code));
  assert.deepEqual(printed.sort(), Object.keys(within).sort());
  for (const [path, words] of Object.values(within)) assert.ok((await read(path)).includes(words), path);
});

test("its files are there", async () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#:]+)[^)]*\)/g)) await read(path);
});

test("a log file is opened by the window, or it is said that there is none", async () => {
  const line = lines.map(withoutComment).find((each) => each.startsWith("vigie open "));
  for (const name of ["app.log", "old.log.gz"]) await writeFile(join(folder, name), "hello\n");
  await assert.rejects(run(line), /has no window/);
});
