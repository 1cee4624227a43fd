// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a server that is this test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConnectionLost } from "../dist/index.js";
import { client, comeBack, entry, signIn, start, tick } from "./fakeclient.js";
import { FakeSocket, settle } from "./fakesocket.js";

test("signs in as soon as it can, and again after each break", async () => {
  const states: string[] = [];
  const socket = await start();
  client.onStateChanged((state) => states.push(state.name));
  assert.deepEqual(socket.of("auth"), []);
  socket.open();
  assert.deepEqual(socket.of("auth"), [{ userId: "ann", appId: "shop", token: "secret" }]);
  socket.letIn();
  const next = await comeBack();
  assert.equal(next.of("auth").length, 1);
  next.letIn();
  assert.deepEqual(states, ["open", "signedIn", "waiting", "connecting", "open", "signedIn"]);
});

test("a token that is no longer good ends it for good, one that has to wait does not", async () => {
  const refusals: string[] = [];
  let socket = await start();
  client.onAuthError(({ message }) => refusals.push(message));
  socket.open();
  socket.say("auth_error", { code: "too_many_failures", message: "later", retryAfterMs: 4_000 });
  assert.equal(client.state.name, "waiting");
  await tick(3_990);
  assert.equal(FakeSocket.all.length, 1);
  await tick(20);
  assert.equal(FakeSocket.all.length, 2);
  socket = FakeSocket.last;
  socket.open();
  socket.letIn();
  assert.equal(client.state.name, "signedIn");
  assert.deepEqual(refusals, []);
  socket.break(4001);
  await tick(60_000);
  assert.equal(FakeSocket.all.length, 2);
  assert.deepEqual(client.state, { name: "closed", reason: "", isFinal: true, code: 4001 });
});

test("what is said before we are signed in waits, or is not said", async () => {
  const socket = await start();
  socket.open();
  client.setFilters({ level: "error" });
  client.subscribe({ detail: true });
  assert.deepEqual([client.requestMetrics(), client.clearLogs(), client.sendMetrics({ a: 1 })], [false, false, false]);
  await assert.rejects(client.checkStatus(), ConnectionLost);
  // An application is signed in to, its filter set, and signed in to again: all before an answer.
  assert.deepEqual(socket.sent.map(({ type }) => type), ["auth", "auth", "filter", "auth"]);
  let count = 0;
  client.onAuthSuccess(() => ++count);
  for (let i = 0; i < 3; ++i) {
    assert.equal(client.state.name, "open");
    socket.say("auth_success", { userId: "ann", appId: "shop" });
  }
  assert.deepEqual([client.state.name, count], ["signedIn", 1]);
  assert.deepEqual(socket.of("subscribe"), [{ detail: true }]);
});

test("a filter that is set without a connection waits for one", async () => {
  const socket = await start();
  client.setFilters({ level: "error" });
  client.setFilters({ level: "warn" });
  socket.open();
  assert.deepEqual(socket.of("filter"), [{ level: "warn" }]);
});

test("a silent connection that is not signed in is asked nothing, and given up", async () => {
  const socket = await start();
  socket.open();
  for (let i = 0; i < 3; ++i) await tick(25_000);
  assert.deepEqual(socket.sent.map(({ type }) => type), ["auth"]);
  assert.ok(socket.isClosed);
});

test("who is signed in and refused under another name is told so", async () => {
  const socket = await signIn();
  const refusals: string[] = [];
  client.onAuthError(({ message }) => refusals.push(message));
  client.authenticate("bob", "..", "wrong");
  socket.say("error", { code: "forbidden", message: "appId must not be . or ..", requestType: "auth" });
  assert.deepEqual(refusals, ["appId must not be . or .."]);
  assert.deepEqual(client.state, { name: "closed", reason: "appId must not be . or ..", isFinal: true });
});

test("a filter holds for what is caught up, too", async () => {
  const socket = await start();
  client.setFilters({ level: "error" });
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  socket.open();
  assert.deepEqual(socket.sent.map(({ type }) => type), ["auth", "filter", "auth"]);
  socket.say("auth_success", { userId: "ann", appId: "shop" });
  socket.say("logs", [entry("of the time between")]);
  assert.equal(client.state.name, "open");
  socket.say("auth_success", { userId: "ann", appId: "shop" });
  socket.say("logs", [entry("1")]);
  assert.deepEqual(seen, ["1"]);
  const next = await comeBack();
  assert.deepEqual(next.sent.map(({ type }) => type), ["auth", "filter", "auth"]);
  assert.equal(next.of("auth")[0].since, undefined);
  assert.equal(next.of("auth")[1].since, "1");
});

test("a subscription is made again", async () => {
  await signIn();
  client.subscribe({ metrics: { intervalMs: 1000 } });
  client.subscribe({ detail: true });
  const next = await comeBack();
  next.letIn();
  assert.deepEqual(next.of("subscribe"), [{ metrics: { intervalMs: 1000 }, detail: true }]);
});

test("a refusal is final until there is another name", async () => {
  const socket = await start();
  const refusals: string[] = [];
  client.onAuthError(({ message }) => refusals.push(message));
  socket.open();
  socket.say("auth_error", { message: "unknown token" });
  assert.deepEqual(refusals, ["unknown token"]);
  assert.deepEqual(client.state, { name: "closed", reason: "unknown token", isFinal: true });
  await tick(60_000);
  assert.equal(FakeSocket.all.length, 1);
  client.authenticate("ann", "shop", "right");
  await settle();
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.last.open();
  FakeSocket.last.letIn();
  assert.equal(client.state.name, "signedIn");
});

test("a silent connection is asked, and then given up", async () => {
  const socket = await signIn();
  await tick(25_000);
  await tick(25_000);
  assert.equal(socket.of("request_metrics").length, 1);
  socket.say("metrics", {});
  await tick(25_000);
  await tick(25_000);
  assert.equal(socket.of("request_metrics").length, 2);
  assert.equal(client.state.name, "signedIn");
  await tick(25_000);
  assert.ok(socket.isClosed);
  assert.equal(client.state.name, "waiting");
});

test("close() waits for what was logged, but not for ever", async () => {
  const socket = await signIn();
  const id = client.log("info", "last words");
  let isClosed = false;
  void client.close({ waitMs: 1000 }).then(() => (isClosed = true));
  await tick(10);
  assert.equal(isClosed, false);
  socket.say("logs_ack", { count: 1, lastId: id });
  await settle();
  assert.ok(isClosed && socket.isClosed);
  await tick(60_000);
  assert.equal(FakeSocket.all.length, 1);
  await signIn();
  client.log("info", "nobody hears");
  isClosed = false;
  void client.close({ waitMs: 1000 }).then(() => (isClosed = true));
  await tick(1000);
  assert.equal(isClosed, true);
});

test("nonsense of a server hurts nobody", async () => {
  const socket = await signIn();
  for (const data of ["", "{", "[]", '{"type":"logs"}', '{"type":"logs","payload":{"a":1}}', '{"type":"logs_ack"}',
      '{"type":"error"}', '{"type":"stored","payload":5}', new ArrayBuffer(3)]) socket.onmessage?.({ data });
  socket.say("from a later version", { x: 1 });
  assert.equal(client.state.name, "signedIn");
});

test("an address that is none is said at once", async () => {
  class Refusing extends FakeSocket {
    constructor(url: string) {
      super(url);
      throw new SyntaxError("not an address");
    }
  }
  await start({ WebSocket: Refusing });
  assert.deepEqual(client.state, { name: "closed", reason: "not an address", isFinal: true });
});
