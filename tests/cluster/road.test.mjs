// SPDX-License-Identifier: GPL-3.0-or-later
// What several Vigies on one bus promise, one promise a test; kills.test.mjs has them under kills.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { entriesAt, startCluster } from "./cluster.mjs";

let cluster;
before(async () => {
  cluster = await startCluster({ servers: 1, nodes: 2 });
});
after(() => cluster.stop());

async function post(node, app, logs) {
  const response = await fetch(new URL(`api/apps/${encodeURIComponent(app)}/logs`, node.url),
                               { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(logs) });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

/** Waits until it is so. */
async function until(look, what) {
  for (let tries = 0; tries < 300; tries++) {
    if (await look()) return;
    await sleep(100);
  }
  assert.fail(`in vain: ${what}`);
}

const messagesAt = async (node, app) => (await entriesAt(node, app)).map(({ message }) => message);

test("one server: that it is one copy is said", () => {
  for (const node of cluster.nodes) assert.match(node.said, /The bus is not as it should be: it has 1 copies/);
});

test("names with any signs arrive, each for itself", async () => {
  const [a, b] = cluster.nodes;
  const names = ["my shop.v2", "*", ">", "a.b", "a b", "caf\u00e9", "\u{1f375}", "=", "a=2Eb", "x".repeat(128)];
  for (const name of names) await post(a, name, [{ level: "info", message: `of ${name}` }]);
  for (const name of names)
    await until(async () => JSON.stringify(await messagesAt(b, name)) === JSON.stringify([`of ${name}`]), `"${name}" at the other`);
});

test("an entry is the same at both, to the letter", async () => {
  const [a, b] = cluster.nodes;
  await post(a, "letters", [
    { id: "first", level: "WARN", message: 'quotes " \\ \u001b[31m \u0000 \u00e9', timestamp: 1700000000000, metadata: { n: 12345678901234567890n.toString(), z: [1, { a: null }] } },
    { level: "30", message: "" },
  ]);
  await until(async () => (await entriesAt(b, "letters")).length === 2, "both entries");
  const text = async (node) => (await fetch(new URL("api/apps/letters/logs", node.url))).text();
  assert.equal(await text(a), await text(b));
});

test("what is sent again to another node is a repeat", async () => {
  const [a, b] = cluster.nodes;
  const entry = { id: "once", level: "info", message: "once" };
  await post(a, "repeats", [entry]);
  await post(b, "repeats", [entry, { id: "twice", level: "info", message: "another" }]);
  for (const node of cluster.nodes)
    await until(async () => JSON.stringify(await messagesAt(node, "repeats")) === '["once","another"]', `both at ${node.name}`);
});

test("a node that was away takes up all that it missed", async () => {
  const [a, b] = cluster.nodes;
  await b.kill();
  for (let i = 0; i < 20; i++) await post(a, "away", [{ level: "info", message: `${i}` }]);
  await b.start();
  await until(async () => (await messagesAt(b, "away")).length === 20, "all of them");
  assert.deepEqual(await messagesAt(b, "away"), Array.from({ length: 20 }, (_, i) => `${i}`));
});

test("without a bus nothing is acknowledged, and nothing lost", async () => {
  const [a, b] = cluster.nodes;
  const [server] = cluster.servers;
  await server.kill();
  let isAnswered = false;
  const posted = post(a, "cut", [{ id: "x", level: "info", message: "kept" }]).then(() => (isAnswered = true));
  await until(() => a.said.includes("Not on the bus"), "the node's word");
  assert.equal(isAnswered, false);
  await server.start();
  await posted;
  for (const node of cluster.nodes)
    await until(async () => JSON.stringify(await messagesAt(node, "cut")) === '["kept"]', `it at ${node.name}`);
});

test("a watched file is read once, whatever is killed", async () => {
  const [a, b] = cluster.nodes;
  const path = join(cluster.folder, "watched.log");
  const lines = (from, to) => Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join("");
  await writeFile(path, lines(0, 2000));
  await promisify(execFile)(process.env.VIGIE_BINARY, ["watch", "add", "--past", "--app", "file", "--data-dir", a.dataDir, path]);
  await until(async () => (await messagesAt(b, "file")).length > 0, "the first lines");
  for (let round = 1; round <= 3; round++) {
    await appendFile(path, lines(round * 2000, (round + 1) * 2000));
    await sleep(100 * round);
    await a.kill();
    await a.start();
  }
  for (const node of cluster.nodes) {
    await until(async () => (await messagesAt(node, "file")).length >= 8000, `8,000 lines at ${node.name}`);
    assert.deepEqual(await messagesAt(node, "file"), Array.from({ length: 8000 }, (_, i) => `line ${i}`));
  }
});

test("the settings name a bus as well as the command line", async (t) => {
  const dataDir = join(cluster.folder, "by-settings");
  await mkdir(dataDir);
  await writeFile(join(dataDir, "settings.json"), JSON.stringify({ bus: cluster.bus, node: "by-settings" }));
  const child = spawn(process.env.VIGIE_BINARY, ["--headless", "--port", "0", "--data-dir", dataDir], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  t.after(() => child.kill());
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  await until(() => said.includes("Joined the bus"), "that it joins");
});

test("a bus beyond this machine needs credentials and TLS", async () => {
  for (const [flags, what] of [[["--bus", "nats://192.0.2.1:4222"], /credentials/], [["--bus", "ftp://127.0.0.1"], /nats:\/\/host/],
                               [["--bus", "tls://192.0.2.1:4222"], /credentials/]]) {
    const run = promisify(execFile)(process.env.VIGIE_BINARY, ["--headless", "--port", "0", "--data-dir", join(cluster.folder, "none"), ...flags],
                                    { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    await assert.rejects(run, what);
  }
});
