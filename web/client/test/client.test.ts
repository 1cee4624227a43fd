// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a server that is this test.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ConnectionLost, WebSocketClient, type ClientOptions, type LogEntry } from "../dist/index.js";
import { FakeSocket, settle } from "./fakesocket.js";
import { fakeTimers, pass, realTimers } from "./faketimers.js";

let client: WebSocketClient;
const entry = (id: string): LogEntry => ({ id, timestamp: 1, level: "info", message: id, appId: "shop", userId: "till" });

async function start(options: ClientOptions = {}): Promise<FakeSocket> {
  FakeSocket.all = [];
  client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, backoff: { baseMs: 1, capMs: 1 }, ...options });
  client.authenticate("ann", "shop", "secret");
  await settle();
  return FakeSocket.last;
}

async function signIn(options?: ClientOptions): Promise<FakeSocket> {
  const socket = await start(options);
  socket.open();
  socket.letIn();
  return socket;
}

/** The connection breaks, and a new one is made. */
async function comeBack(): Promise<FakeSocket> {
  const before = FakeSocket.all.length;
  FakeSocket.last.break();
  await tick(5);
  await settle();
  assert.equal(FakeSocket.all.length, before + 1);
  FakeSocket.last.open();
  return FakeSocket.last;
}

async function tick(ms: number): Promise<void> {
  pass(ms);
  await settle();
}

beforeEach(() => fakeTimers());
afterEach(async () => {
  await client.close({ waitMs: 0 });
  realTimers();
});

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

test("a viewer goes on where it was, and sees nothing twice", async () => {
  const socket = await start();
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  socket.open();
  socket.letIn();
  socket.say("logs", [entry("1"), entry("2")]);
  // The last may not have been on disk: what was seen is left out.
  const next = await comeBack();
  assert.equal(next.of("auth")[0].since, "2");
  next.letIn();
  next.say("logs", [entry("2"), entry("3")]);
  assert.deepEqual(seen, ["1", "2", "3"]);
  assert.equal(client.lastId, "3");
});

test("a viewer that saw little goes on from the newest that was on disk", async () => {
  const socket = await start();
  client.onLogs(() => {});
  client.onGap(() => assert.fail("nothing is missing"));
  socket.open();
  socket.letIn();
  assert.deepEqual(socket.of("history"), [{ limit: 1, stored: true }]);
  socket.tellHistory([entry("7")]);
  await settle();
  const next = await comeBack();
  assert.equal(next.of("auth")[0].since, "7");
  // What came by then was not.
  await client.close({ waitMs: 0 });
  const quick = await start();
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  quick.open();
  quick.letIn();
  quick.say("logs", [entry("8")]);
  quick.tellHistory([entry("7")]);
  await settle();
  const back = await comeBack();
  assert.equal(back.of("auth")[0].since, "7");
  back.letIn();
  back.say("logs", [entry("other"), entry("8"), entry("9")]);
  assert.deepEqual(seen, ["8", "other", "9"]);
  // And where there was none, from the beginning.
  await client.close({ waitMs: 0 });
  const other = await start();
  client.onLogs(() => {});
  client.onGap(() => assert.fail("nothing is missing"));
  other.open();
  other.letIn();
  other.tellHistory([]);
  await settle();
  const again = await comeBack();
  const { since } = again.of("auth")[0];
  assert.ok(since);
  again.letIn();
  again.say("gap", { fromId: since, toId: null, count: null });
});

test("a viewer of another application does not go on from where the first stood", async () => {
  const socket = await start();
  client.onLogs(() => {});
  socket.open();
  socket.letIn();
  client.authenticate("ann", "till");
  socket.tellHistory([entry("of the shop")]);
  await settle();
  socket.say("auth_success", { userId: "ann", appId: "till" });
  socket.tellHistory([entry("of the till")]);
  await settle();
  assert.equal((await comeBack()).of("auth")[0].since, "of the till");
});

test("a viewer that signs in anew misses nothing meanwhile", async () => {
  const socket = await signIn();
  client.onLogs(() => {});
  socket.say("logs", [entry("1")]);
  client.authenticate("ann", "shop", "a newer token");
  assert.equal(socket.of("auth").at(-1).since, "1");
});

test("how late a break is noticed makes no entry safe", async () => {
  const socket = await start();
  client.onLogs(() => {});
  socket.open();
  socket.letIn();
  socket.tellHistory([entry("7")]);
  await settle();
  socket.say("logs", [entry("8")]);
  await tick(60_000);
  assert.equal((await comeBack()).of("auth")[0].since, "7");
});

test("a viewer that is refused the newest there was asks again, and bothers nobody with it", async () => {
  const socket = await start();
  client.onLogs(() => {});
  client.onError(() => assert.fail("the program asked nothing"));
  socket.open();
  socket.letIn();
  socket.say("error", { code: "too_many_requests", message: "wait", requestType: "history" });
  await settle();
  assert.equal(socket.of("history").length, 1);
  await tick(1_000);
  assert.equal(socket.of("history").length, 2);
  socket.tellHistory([entry("7")]);
  await settle();
  await tick(10_000);
  assert.equal(socket.of("history").length, 2);
  assert.equal((await comeBack()).of("auth")[0].since, "7");
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

test("questions have their answers, and end with the connection", async () => {
  const socket = await signIn();
  const pages = [client.requestHistory({ limit: 2 }), client.requestHistory({ before: "x" })];
  assert.deepEqual(socket.of("history").slice(-2), [{ limit: 2 }, { before: "x" }]);
  socket.tellHistory([]); // in whatever order
  socket.tellHistory([entry("1")], -2);
  assert.deepEqual(await Promise.all(pages), [[entry("1")], []]);
  const refused = client.command("x".repeat(200));
  socket.say("error", { code: "invalid_message", message: "type is too long", requestType: "command" });
  await assert.rejects(refused, /too long/);
  const lost = client.checkStatus();
  socket.break();
  await assert.rejects(lost, ConnectionLost);
  await assert.rejects(client.checkStatus(), ConnectionLost);
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
  for (const data of ["", "{", "[]", '{"type":"logs"}', '{"type":"logs","payload":{"a":1}}', new ArrayBuffer(3)]) socket.onmessage?.({ data });
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
  client = new WebSocketClient("nonsense", { WebSocket: Refusing });
  await settle();
  assert.deepEqual(client.state, { name: "closed", reason: "not an address", isFinal: true });
});
