// SPDX-License-Identifier: GPL-3.0-or-later
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FileStorage } from "../dist/file.js";
import { IndexedDbStorage, WebSocketClient, type EntryStorage } from "../dist/index.js";
import { FakeSocket, settle } from "./fakesocket.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigie-client-"));
});
after(() => rm(folder, { recursive: true }));

const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: String(from + i).padStart(6, "0"), json: `{"message":"é\\n${from + i}"}` }));

/** Until entries have been sent by it. */
async function logsAreSent(socket: FakeSocket): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (socket.of("logs").length === 0) {
    assert.ok(Date.now() < deadline, "no entries were sent");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const kinds: [string, (name: string) => EntryStorage][] = [
  ["a file", (name) => new FileStorage(join(folder, name))],
  ["IndexedDB", (name) => new IndexedDbStorage(name)],
];

for (const [kind, open] of kinds) {
  test(`${kind} keeps what is not done with, in order`, async () => {
    const first = open("kept");
    assert.deepEqual(await first.load(), []);
    await first.append(entries(0, 5_000));
    for (let i = 0; i < 4_990; i += 10) await first.remove(entries(i, i + 10));
    await first.append(entries(5_000, 5_002));
    await first.remove(entries(4_995, 4_996)); // given up before its turn
    await first.close();
    const second = open("kept");
    const left = [...entries(4_990, 4_995), ...entries(4_996, 5_002)];
    assert.deepEqual(await second.load(), left);
    await second.remove(left);
    await second.close();
    const third = open("kept");
    assert.deepEqual(await third.load(), []);
    await third.close();
  });

  test(`entries of an earlier run are sent first, out of ${kind}`, async () => {
    const kept = open("run");
    const append = kept.append.bind(kept);
    const appended = new Promise<void>((resolve, reject) => {
      kept.append = (entries) => {
        const done = append(entries);
        done.then(resolve, reject);
        return done;
      };
    });
    const before = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, queue: { storage: kept } });
    const ids = ["a", "b"].map((text) => before.log("info", text));
    await appended; // and the program ends, without a word
    const client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, queue: { storage: open("run") } });
    client.authenticate("ann", "shop");
    ids.push(client.log("info", "c"));
    await settle();
    const socket = FakeSocket.last;
    socket.open();
    socket.letIn();
    await logsAreSent(socket);
    assert.deepEqual(socket.of("logs").flatMap(({ logs }) => logs).map(({ id }) => id), ids);
    socket.say("logs_ack", { count: 3, lastId: ids[2] });
    await client.close();
    await before.close({ waitMs: 0 });
    const left = open("run");
    assert.deepEqual(await left.load(), []);
    await left.close();
  });
}

test("a file whose end was cut off keeps the rest", async () => {
  const path = join(folder, "cut");
  const storage = new FileStorage(path);
  await storage.load();
  await storage.append(entries(0, 3));
  await storage.close();
  await appendFile(path, '{"id":"000003","js');
  const next = new FileStorage(path);
  assert.deepEqual(await next.load(), entries(0, 3));
  await next.append(entries(4, 5));
  await next.close();
  assert.deepEqual(await next.load(), [...entries(0, 3), ...entries(4, 5)]);
  await next.close();
  assert.ok(!(await readFile(path, "utf8")).includes("000003"));
});

for (const [how, end] of [["an error", "throw new Error('lost')"], ["process.exit()", "process.exit(1)"], ["its last line",
    ""]] as const) {
  test(`what is logged right before a program ends by ${how} is in the file`, async () => {
    const path = join(folder, `ends by ${how}`);
    const url = (name: string) => JSON.stringify(new URL(`../dist/${name}.js`, import.meta.url).href);
    const script = `import { WebSocketClient, captureErrors } from ${url("index")};
      import { FileStorage } from ${url("file")};
      class Silent { send() {} close() {} }
      const client = new WebSocketClient("ws://x/",
        { WebSocket: Silent, queue: { storage: new FileStorage(${JSON.stringify(path)}) } });
      captureErrors(client);
      client.log("info", "at once");
      setTimeout(() => { for (const text of ["a", "b"]) client.log("info", text); ${end} }, 100);`;
    spawnSync(process.execPath, ["--input-type=module", "-e", script]);
    const storage = new FileStorage(path);
    const messages = (await storage.load()).map(({ json }) => JSON.parse(json).message);
    assert.deepEqual(messages, ["at once", "a", "b", ...(how === "an error" ? ["Error: lost"] : [])]);
    await storage.close();
  });
}

test("a file does not grow while entries come and go", async () => {
  const path = join(folder, "steady");
  const storage = new FileStorage(path);
  await storage.load();
  await storage.append(entries(0, 10));
  let largest = 0;
  for (let i = 10; i < 20_000; i += 10) {
    await storage.append(entries(i, i + 10));
    await storage.remove(entries(i - 10, i));
    if (i % 500 === 0) largest = Math.max(largest, (await stat(path)).size);
  }
  assert.ok(largest < 200_000, String(largest));
  await storage.close();
  assert.deepEqual(await storage.load(), entries(19_990, 20_000));
  await storage.close();
});

test("a storage that fails is told, and entries go on from memory", async () => {
  const broken: EntryStorage = {
    load: () => Promise.reject(new Error("no disk")),
    append: () => Promise.reject(new Error("no disk")),
    remove: () => Promise.reject(new Error("no disk")),
    close: () => Promise.resolve(),
  };
  const client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, queue: { storage: broken } });
  const codes: string[] = [];
  client.onError(({ code }) => codes.push(code));
  client.authenticate("ann", "shop");
  await settle();
  FakeSocket.last.open();
  FakeSocket.last.letIn();
  const id = client.log("info", "a");
  await logsAreSent(FakeSocket.last);
  FakeSocket.last.say("logs_ack", { count: 1, lastId: id });
  await client.flushed();
  assert.deepEqual(codes, ["storage_failed", "storage_failed", "storage_failed"]);
  await client.close({ waitMs: 0 });
});
