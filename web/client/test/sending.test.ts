// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of entries on their way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LogEntry } from "../dist/index.js";
import { client, comeBack, signIn, start, tick } from "./fakeclient.js";
import { settle } from "./fakesocket.js";

test("what was not acknowledged is sent again, with the same ids", async () => {
  const socket = await signIn();
  const ids = ["a", "b"].map((text) => client.log("info", text));
  assert.equal(client.waiting, 2);
  await tick(10);
  assert.deepEqual(socket.of("logs")[0].logs.map((log: LogEntry) => log.id), ids);
  assert.equal(socket.of("logs")[0].ack, true);
  ids.push(client.log("warn", "c", { n: 1 }));
  await tick(10);
  socket.say("logs_ack", { count: 2, lastId: ids[1] });
  assert.equal(client.waiting, 1);
  const next = await comeBack();
  assert.deepEqual(next.of("logs"), []); // not before it is let in
  next.letIn();
  await tick(10);
  assert.deepEqual(next.of("logs").flatMap(({ logs }) => logs).map((log: LogEntry) => log.id), [ids[2]]);
  let isFlushed = false;
  void client.flushed().then(() => (isFlushed = true));
  await settle();
  assert.equal(isFlushed, false);
  next.say("logs_ack", { count: 1, lastId: ids[2] });
  await settle();
  assert.equal(isFlushed, true);
});

test("no more than 2,000 entries are on their way", async () => {
  const socket = await signIn();
  const ids = Array.from({ length: 5_000 }, (_, i) => client.log("info", String(i)));
  await tick(10);
  const sent = () => socket.of("logs").flatMap(({ logs }) => logs as LogEntry[]).map(({ id }) => id);
  assert.deepEqual(sent(), ids.slice(0, 2_000));
  socket.say("logs_ack", { count: 500, lastId: ids[499] });
  assert.deepEqual(sent(), ids.slice(0, 2_500));
});

test("one entry that is refused does not hold up the others", async () => {
  const socket = await signIn();
  const dropped: string[] = [];
  client.onDropped(({ reason, ids }) => reason === "refused" && dropped.push(...ids));
  const ids = Array.from({ length: 1_200 }, (_, i) => client.log("info", i === 700 ? "bad" : String(i)));
  await tick(10);
  const taken: string[] = [];
  // A server that takes all but one entry, and answers each batch in its turn.
  for (let answered = 0; answered < socket.of("logs").length; ++answered) {
    assert.ok(answered < 500);
    const logs: LogEntry[] = socket.of("logs")[answered].logs;
    if (logs.some(({ message }) => message === "bad")) {
      socket.say("error", { code: "invalid_message", message: "no", requestType: "logs" });
    } else {
      taken.push(...logs.map(({ id }) => id).filter((id) => !taken.includes(id)));
      socket.say("logs_ack", { count: logs.length, lastId: logs.at(-1)!.id });
    }
  }
  assert.deepEqual(dropped, [ids[700]]);
  // What was already on its way behind it is not held up, and so comes before what is sent again.
  assert.deepEqual([...taken].sort(), ids.filter((id) => id !== ids[700]));
  assert.equal(client.waiting, 0);
});

test("entries that are refused among others are given up alone, once, with the reason", async () => {
  const socket = await signIn();
  const dropped: unknown[] = [];
  client.onDropped((what) => dropped.push(what));
  client.onError(() => assert.fail("told twice"));
  const ids = ["a", "b", "c", "d", "e"].map((text) => client.log("info", text));
  await tick(10);
  const refused = [{ index: 1, message: "level must be text" }, { index: 4, message: "not UTF-8" }, { index: 9,
      message: "there is none" }];
  socket.say("error", { code: "entries_refused", message: "2 of 5", requestType: "logs", refused });
  assert.equal(client.waiting, 5); // the others are not on disk yet
  assert.deepEqual(dropped, []);
  socket.say("logs_ack", { count: 3, lastId: ids[3], refused: refused.slice(0, 2) });
  assert.deepEqual(dropped, [{ reason: "refused", ids: [ids[1]], message: "level must be text" }, { reason: "refused",
      ids: [ids[4]], message: "not UTF-8" }]);
  assert.equal(client.waiting, 0);
  // All of them, and one whose id was that of another.
  const last = [client.log("info", "f")];
  await tick(10);
  socket.say("error", { code: "entries_refused", message: "all", requestType: "logs", refused: [{ index: 0, message: "no" }] });
  socket.say("logs_ack", { count: 0, lastId: "", refused: [{ index: 0, message: "no" }] });
  last.push(client.log("info", "g"));
  await tick(10);
  socket.say("logs_ack", { count: 1, lastId: "made by Vigie", renamed: 1 });
  assert.equal(client.waiting, 0);
  assert.equal(dropped.length, 3);
  assert.equal(socket.of("logs").length, 3);
});

for (const code of ["too_many_applications", "forbidden"]) {
  test(`entries that come at a bad time wait, and it is told once: ${code}`, async () => {
    const socket = await signIn();
    const told: string[] = [];
    client.onError((error) => told.push(error.code));
    client.onDropped(() => assert.fail("none is given up"));
    const ids = Array.from({ length: 1_100 }, (_, i) => client.log("info", String(i)));
    await tick(10);
    const refuse = () => socket.say("error", { code, message: "no", requestType: "logs" });
    for (let i = 0; i < 3; ++i) refuse();
    assert.deepEqual([told, client.waiting, socket.of("logs").length], [[code], 1_100, 3]);
    client.log("info", "one more");
    await tick(9_000);
    assert.equal(socket.of("logs").length, 3);
    await tick(1_000);
    assert.equal(socket.of("logs").length, 4); // one, to try
    refuse();
    await tick(10_000);
    assert.deepEqual(told, [code]);
    socket.say("logs_ack", { count: 500, lastId: ids[499] });
    assert.equal(client.waiting, 601);
    assert.equal(socket.of("logs").length, 7);
    // And a new connection is tried at once.
    for (let i = 0; i < 2; ++i) refuse();
    const next = await comeBack();
    next.letIn();
    assert.equal(next.of("logs").length, 2);
  });
}

test("a full queue all of which is on its way takes one more", async () => {
  const socket = await signIn({ queue: { maxEntries: 2 } });
  const dropped: string[] = [];
  client.onDropped(({ ids }) => dropped.push(...ids));
  const ids = ["a", "b"].map((text) => client.log("info", text));
  await tick(10);
  ids.push(client.log("info", "c"));
  assert.deepEqual([dropped, client.waiting], [[], 3]);
  ids.push(client.log("info", "d"));
  assert.deepEqual([dropped, client.waiting], [[ids[2]], 3]);
  socket.say("logs_ack", { count: 2, lastId: ids[1] });
  assert.equal(client.waiting, 1);
});

test("a full queue gives up the oldest and says so, or refuses", async () => {
  await start({ queue: { maxEntries: 3 } });
  const dropped: string[] = [];
  client.onDropped(({ ids }) => dropped.push(...ids));
  const ids = ["a", "b", "c", "d"].map((text) => client.log("info", text));
  assert.deepEqual(dropped, [ids[0]]);
  assert.equal(client.waiting, 3);
  await client.close({ waitMs: 0 });
  await start({ queue: { maxEntries: 1, whenFull: "throw" } });
  client.log("info", "a");
  assert.throws(() => client.log("info", "b"), /Too many/);
});
