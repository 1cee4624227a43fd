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

test("entries that are refused among others are given up alone, once, with the reason", async () => {
  const socket = await signIn();
  const dropped: unknown[] = [];
  client.onDropped((what) => dropped.push(what));
  client.onError(() => assert.fail("told twice"));
  const ids = ["a", "b", "c", "d", "e"].map((text) => client.log("info", text));
  await tick(10);
  const refused = [{ index: 1, message: "level must be text" }, { index: 4, message: "not UTF-8" }, { index: 9, message: "there is none" }];
  socket.say("error", { code: "entries_refused", message: "2 of 5", requestType: "logs", refused });
  assert.equal(client.waiting, 5); // the others are not on disk yet
  assert.deepEqual(dropped, []);
  socket.say("logs_ack", { count: 3, lastId: ids[3], refused: refused.slice(0, 2) });
  assert.deepEqual(dropped, [{ reason: "refused", ids: [ids[1]], message: "level must be text" }, { reason: "refused", ids: [ids[4]], message: "not UTF-8" }]);
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

test("a viewer goes on from what Vigie has on its disk", async () => {
  const socket = await signIn();
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  client.onGap(() => assert.fail("nothing is missing"));
  socket.say("stored", { lastId: "0" });
  socket.say("logs", [entry("1"), entry("2")]);
  socket.say("stored", { lastId: "1" });
  assert.equal(client.storedId, "1");
  await tick(60_000); // how late the break is noticed makes no entry safe
  const next = await comeBack();
  assert.equal(next.of("auth")[0].since, "1");
  next.letIn();
  next.say("logs", [entry("of another"), entry("2"), entry("3")]);
  assert.deepEqual(seen, ["1", "2", "of another", "3"]);
  assert.deepEqual(next.of("history"), []);
});

test("a viewer of an application without entries goes on from its beginning", async () => {
  const socket = await signIn();
  client.onGap(() => assert.fail("nothing is missing"));
  socket.say("stored", { lastId: null });
  socket.say("logs", [entry("1")]);
  const next = await comeBack();
  const { since } = next.of("auth")[0];
  assert.ok(since && since !== "1");
  next.letIn();
  next.say("gap", { fromId: since, toId: null, count: null });
});

test("a viewer of another application does not go on from where the first stood", async () => {
  const socket = await signIn();
  client.authenticate("ann", "till");
  socket.say("stored", { lastId: "of the shop" }); // which was on its way
  socket.say("auth_success", { userId: "ann", appId: "till" });
  assert.equal((await comeBack()).of("auth")[0].since, undefined);
  FakeSocket.last.letIn();
  FakeSocket.last.say("stored", { lastId: "of the till" });
  assert.equal((await comeBack()).of("auth")[0].since, "of the till");
});

test("a viewer that signs in anew misses nothing meanwhile", async () => {
  const socket = await signIn();
  socket.say("stored", { lastId: "0" });
  socket.say("logs", [entry("1")]);
  socket.say("stored", { lastId: "1" });
  client.authenticate("ann", "shop", "a newer token");
  assert.equal(socket.of("auth").at(-1).since, "1");
  socket.say("logs", [entry("2")]); // not shown, as it comes again
  socket.say("stored", { lastId: "2" });
  socket.say("auth_success", { userId: "ann", appId: "shop" });
  assert.equal((await comeBack()).of("auth")[0].since, "1");
});

test("a place that was cleared away leaves no gap", async () => {
  const socket = await signIn();
  socket.say("stored", { lastId: "1" });
  socket.say("clear", { appId: "shop", userId: "bob" });
  assert.deepEqual(socket.of("clear"), []); // it is no question
  client.onGap(() => assert.fail("nothing is missing"));
  const next = await comeBack();
  next.letIn();
  next.say("gap", { fromId: next.of("auth")[0].since, toId: null, count: null });
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
  const values = (await outcome).map((one) => (one.status === "fulfilled" ? (one.value as LogEntry[])[0]!.id : one.reason.message));
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
  for (const data of ["", "{", "[]", '{"type":"logs"}', '{"type":"logs","payload":{"a":1}}', '{"type":"logs_ack"}', '{"type":"error"}', '{"type":"stored","payload":5}', new ArrayBuffer(3)]) socket.onmessage?.({ data });
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
