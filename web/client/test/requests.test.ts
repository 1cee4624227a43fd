// SPDX-License-Identifier: GPL-3.0-or-later
// PendingRequests: which request an answer or a refusal belongs to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConnectionLost, type LogEntry } from "../dist/index.js";
import { client, entry, signIn } from "./fakeclient.js";

test("questions have their answers, and end with the connection", async () => {
  const socket = await signIn();
  const pages = [client.requestHistory({ limit: 2 }), client.requestHistory({ before: "x" })];
  assert.deepEqual(socket.of("history"), [{ limit: 2 }]);
  socket.tellHistory([entry("1")]);
  assert.deepEqual(socket.of("history"), [{ limit: 2 }, { before: "x" }]);
  socket.tellHistory([]);
  assert.deepEqual(await Promise.all(pages), [[entry("1")], []]);
  const lost = [client.checkStatus(), client.checkStatus()];
  socket.break();
  for (const question of [...lost, client.checkStatus()]) await assert.rejects(question, ConnectionLost);
});

test("a refusal is of the question that it is about", async () => {
  const socket = await signIn();
  const asked: Promise<unknown>[] = Array.from({ length: 9 }, (_, i) => client.requestHistory({ limit: i + 1 }));
  const long = client.command("x".repeat(200));
  const status = client.checkStatus();
  const outcome = Promise.allSettled([...asked, long]);
  socket.say("error", { code: "invalid_message", message: "type is too long", requestType: "command" });
  socket.say("status_response", { success: true });
  assert.deepEqual(await status, { success: true });
  for (let i = 1; i <= 9; ++i) {
    assert.equal(socket.of("history").length, i);
    if (i === 4) socket.say("error", { code: "too_many_requests", message: "wait", requestType: "history" });
    else socket.tellHistory([entry(String(i))]);
  }
  const values = (await outcome).map((one) =>
    one.status === "fulfilled" ? (one.value as LogEntry[])[0]!.id : one.reason.message);
  assert.deepEqual(values, ["1", "2", "3", "wait", "5", "6", "7", "8", "9", "type is too long"]);
});

test("questions that wait are not put to another application", async () => {
  const socket = await signIn();
  const [asked, waiting] = [client.requestHistory(), client.requestHistory()];
  client.authenticate("ann", "till");
  await assert.rejects(waiting!, ConnectionLost);
  socket.tellHistory([entry("1")]);
  assert.deepEqual(await asked, [entry("1")]);
  assert.equal(socket.of("history").length, 1);
});

test("whatever is sent with a command can be read", async () => {
  const socket = await signIn();
  let deep: unknown = "end";
  for (let i = 0; i < 50; ++i) deep = [deep];
  void client.command("go", { cut: "\ud83d", deep, none: NaN } as never).catch(() => {});
  const { data } = socket.of("command")[0];
  assert.deepEqual([data.cut, data.none], ["\ufffd", "NaN"]);
  assert.match(JSON.stringify(data.deep), /too deep/);
});

test("the last commands, as a new and as an older Vigie tells them", async () => {
  const socket = await signIn();
  const said = { id: "1", userId: "bob", appId: "shop", type: "pause", timestamp: 5, status: "delivered" };
  const old = { type: "restart", data: { soon: true }, userId: "ann", timestamp: 6 };
  const answers = [client.lastActions(), client.lastActions()];
  const command = (data: object) => ({ type: "pause", ...data, userId: "bob", appId: "shop" });
  socket.say("get_last_actions", [{ ...said, data: command({}) }, { ...said, data: command({ data: { long: 3 } }) }]);
  socket.say("get_last_actions", { actions: [old] });
  assert.deepEqual(await Promise.all(answers), [[said, { ...said, data: { long: 3 } }], [old]]);
});
