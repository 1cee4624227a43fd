// SPDX-License-Identifier: GPL-3.0-or-later
// The lines for Node.js, run as the program, the README and docs/protocol.md print them, with the packages that they install.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { install, printedPackages } from "./packages.mjs";
import { startVigie } from "../web/vigie.mjs";
import { secretly } from "./secretly.mjs";

const register = "--require @opentelemetry/auto-instrumentations-node/register app.js";
const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const [readme, protocol] = [await read("README.md"), await read("docs/protocol.md")];

let folder;
let installed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigie-node-"));
  await copyFile(new URL("app.cjs", import.meta.url), join(folder, "app.js"));
  // In its place the packages are already there.
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin", "npm"), "#!/bin/sh\n");
  await chmod(join(folder, "bin", "npm"), 0o755);
  const vigie = await startVigie();
  installed = printedPackages(await printed(vigie));
  await vigie.stop();
  await install(folder, [...installed, "winston", "pino"]);
});

after(() => rm(folder, { recursive: true }));

/** What the program prints; `token`, `ca`: to be let in at all. */
async function printed(vigie, query = "", token, ca) {
  const path = `/api/sources/setup?app=shop${query}`;
  const answer = token ? await secretly(vigie, path, token, ca) : await (await fetch(new URL(path, vigie.url))).text();
  return JSON.parse(answer).lines.find(({ id }) => id === "node-otel").code;
}

const run = (line) => promisify(execFile)("/bin/sh", ["-c", line], {
  cwd: folder,
  env: { ...process.env, PATH: [join(folder, "bin"), process.env.PATH].join(delimiter), OTEL_NODE_RESOURCE_DETECTORS: "env,host" },
});

const said = (answer) => answer.logs.filter(({ metadata }) => metadata?.till).map(({ message, level, metadata }) => [message, level, metadata.till]).sort();
const expected = [["the till is empty", "error", 4], ["the till is low", "warn", 3]];
const logsOf = async (vigie) => (await fetch(new URL("/api/apps/shop/logs?limit=1000", vigie.url))).json();

test("as the program prints them, winston's entries arrive as well as pino's", async (t) => {
  const vigie = await startVigie();
  t.after(() => vigie.stop());
  const { stderr } = await run(await printed(vigie));
  assert.equal(stderr, "");
  assert.deepEqual(said(await logsOf(vigie)), expected);
});

test("by TLS and with a token", async (t) => {
  const vigie = await startVigie({ flags: ["--tls", "--require-token"] });
  t.after(() => vigie.stop());
  const ca = join(vigie.dataDir, "tls-certificate.pem");
  const token = (await vigie.command("token", "add", "--user", "ann", "--app", "shop", "--role", "admin")).trim();
  let line;
  while (!line) line = await printed(vigie, "&token=1", token, ca).catch(() => ""); // a new token is known within a second
  await copyFile(ca, join(folder, "tls-certificate.pem")); // as the hint says
  assert.ok(line.includes("TOKEN"));
  await run(line.replaceAll("TOKEN", token));
  assert.deepEqual(said(JSON.parse(await secretly(vigie, "/api/apps/shop/logs?limit=1000", token, ca))), expected);
});

for (const [name, text] of Object.entries({ "README.md": readme, "docs/protocol.md": protocol })) {
  test(`as ${name} has them`, async (t) => {
    const vigie = await startVigie();
    t.after(() => vigie.stop());
    const lines = text.split("\n").filter((line) => line.startsWith("OTEL_") && line.endsWith(`node ${register}`));
    assert.equal(lines.length, 1);
    assert.ok((await printed(vigie)).endsWith(`node ${register}`));
    await run(lines[0].replace("http://127.0.0.1:3001", vigie.url.replace(/\/$/, "")));
    assert.deepEqual(said(await logsOf(vigie)), expected);
  });
}

test("docs/protocol.md installs what the program does", () => {
  assert.ok(protocol.includes(`\nnpm install ${installed.join(" ")}\n`));
});
