// SPDX-License-Identifier: GPL-3.0-or-later
// The npm package as scripts/package packs it: installed in a folder of its own, it does what its README shows.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startVigie } from "../web/vigie.mjs";

const source = new URL("../../", import.meta.url).pathname;
const run = promisify(execFile);
let folder, app, installed, manifest;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigie-client-"));
  const [, words] = (await readFile(join(source, "scripts/package"), "utf8")).match(/npm (pack .*) --pack-destination /);
  await run("npm", [...words.split(" "), "--pack-destination", folder], { cwd: join(source, "web") });
  const [packed, ...others] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  assert.deepEqual(others, []);
  app = join(folder, "app");
  await mkdir(app);
  await writeFile(join(app, "package.json"), '{ "private": true, "type": "module" }');
  // "ws" is for Node.js before version 22; it is not loaded, but the one that the client's own tests use.
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, packed), join(source, "web/node_modules/ws")], { cwd: app });
  installed = join(app, "node_modules/vigie-client");
  manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("each of its entrances opens, and has its types", async () => {
  const entrances = Object.keys(manifest.exports).map((each) => each.replace(/^\./, manifest.name));
  const script = entrances.map((each) => `console.log(Object.keys(await import(${JSON.stringify(each)})).length)`).join("\n");
  await writeFile(join(app, "entrances.js"), script);
  const { stdout } = await run(process.execPath, ["entrances.js"], { cwd: app });
  const counts = stdout.trim().split("\n").map(Number);
  assert.equal(counts.length, entrances.length);
  assert.ok(counts.every((count) => count > 0), stdout);
  for (const path of Object.values(manifest.exports)) assert.ok(existsSync(join(installed, path.replace(/\.js$/, ".d.ts"))), path);
});

test("it holds what is delivered, and neither sources nor tests", async () => {
  assert.deepEqual((await readdir(installed)).sort(), ["README.md", "dist", "package.json"]);
});

test("the first lines of its README send an entry", async () => {
  const vigie = await startVigie();
  try {
    const [, snippet] = (await readFile(join(installed, "README.md"), "utf8")).match(/^```js\n(.*?)^```$/ms);
    assert.ok(snippet.includes("127.0.0.1:3001"));
    await writeFile(join(app, "first.js"), snippet.replace("127.0.0.1:3001", vigie.host));
    await run(process.execPath, ["first.js"], { cwd: app, timeout: 60_000 });
    const answer = await (await fetch(`${vigie.url}api/apps/shop/logs`)).json();
    assert.deepEqual(answer.logs.map(({ level, message, metadata }) => ({ level, message, metadata })),
                     [{ level: "info", message: "Order placed", metadata: { order: 1041 } }]);
  } finally {
    await vigie.stop();
  }
});
