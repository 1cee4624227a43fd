// SPDX-License-Identifier: GPL-3.0-or-later
// The client and the real program.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { WebSocketClient, type ClientOptions, type LogEntry, type WebSocketConstructor } from "../dist/index.js";
import { Vigie } from "./vigie.js";

const vigie = new Vigie();
before(() => vigie.start());
after(() => vigie.remove());

function connect(userId: string, appId: string, options: ClientOptions = {}): WebSocketClient {
  const client = new WebSocketClient(vigie.url, {
    WebSocket: WebSocket as unknown as WebSocketConstructor, backoff: { baseMs: 20, capMs: 200 }, ...options,
  });
  client.authenticate(userId, appId);
  return client;
}

/** Resolves when it holds; what it looks at changes with what `client` hears. */
function until(client: WebSocketClient, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stops = [client.onLogs(look), client.onMetrics(look), client.onStateChanged(look), client.onAppMetrics(look),
        client.onCommand(look)];
    function look(): void {
      if (!holds()) return;
      for (const stop of stops) stop();
      resolve();
    }
    look();
  });
}

// Without it, what was sent and not written when Vigie was killed may be missed.
const messages = new URL("../../../tests/data/protocol/", import.meta.url);
const saysStored = readdirSync(messages).some((file) => /"type": "stored"/.test(readFileSync(new URL(file, messages), "utf8")));
const killed = { timeout: 300_000, skip: saysStored ? false : "this Vigie does not say what is on its disk" };

test("killed and started again under load, every viewer has every entry once, in its producer's order", killed, async () => {
  const producers = [0, 1].map((i) => connect(`producer${i}`, "load", { queue: { maxEntries: 200_000 } }));
  const problems: string[] = [];
  for (const producer of producers) {
    producer.subscribe({ logs: false });
    producer.onDropped(({ message }) => problems.push(message));
    producer.onError(({ message }) => problems.push(message));
  }
  const viewers = [0, 1, 2].map((i) => {
    const seen: LogEntry[] = [];
    const client = connect(`viewer${i}`, "load");
    client.onLogs((entries) => void seen.push(...entries));
    client.onGap((gap) => problems.push(JSON.stringify(gap)));
    return { client, seen };
  });
  await Promise.all(viewers.map(({ client }) => until(client, () => client.state.name === "signedIn")));
  producers[0]!.log("info", "first", { i: 0 });
  await Promise.all(viewers.map(({ client, seen }) => until(client, () => seen.length > 0)));

  const sent = [1, 0];
  const kills = 20;
  const perKill = 300;
  for (let kill = 0; kill < kills; ++kill) {
    // The kill comes in the midst of them: some have come, some are on their way, some wait.
    for (let i = 0; i < perKill; ++i) {
      producers.forEach((producer, p) => producer.log("info", `entry ${sent[p]}`, { i: sent[p]! }));
      sent[0]!++;
      sent[1]!++;
      if (i === (kill * 37) % perKill) await until(viewers[0]!.client, () => viewers[0]!.seen.length > (kill * perKill) / 2);
    }
    await vigie.stop("SIGKILL");
    for (let i = 0; i < 50; ++i) producers.forEach((producer, p) => producer.log("info", "while it is away", { i: sent[p]!++ }));
    await vigie.start();
  }
  const total = sent[0]! + sent[1]!;
  await Promise.all(producers.map((producer) => producer.flushed()));
  await Promise.all(viewers.map(({ client, seen }) => until(client, () => seen.length >= total)));
  for (const { seen } of viewers) {
    assert.equal(seen.length, total);
    for (const [p, count] of sent.entries()) {
      const places = seen.filter(({ userId }) => userId === `producer${p}`).map(({ metadata }) => (metadata as { i: number }).i);
      assert.deepEqual(places, Array.from({ length: count }, (_, i) => i));
    }
    assert.equal(new Set(seen.map(({ id }) => id)).size, total);
  }
  assert.deepEqual(problems, []);
  await Promise.all([...producers, ...viewers.map(({ client }) => client)].map((client) => client.close()));
});

test("everything else that a client may want", async () => {
  const till = connect("till", "shop");
  const ann = connect("ann", "shop");
  const told: [string, unknown][] = [];
  ann.onAppMetrics(({ metrics }) => told.push(["figures", metrics]));
  ann.onClear(({ userId }) => told.push(["clear", userId]));
  ann.onMetricsDetail((detail) => told.push(["detail", typeof detail.uptime]));
  till.onCommand(({ type, data }) => told.push(["command", [type, data]]));
  await Promise.all([till, ann].map((client) => until(client, () => client.state.name === "signedIn")));
  till.log("info", "opened");
  till.log("error", "stuck", { till: 3, nested: { of: [1, 2n] } }, 1_700_000_000_000);
  await till.flushed();
  const history = await ann.requestHistory({ limit: 10 });
  assert.deepEqual(history.map(({ level, message, userId }) => [level, message, userId]), [["info", "opened", "till"], ["error",
      "stuck", "till"]]);
  assert.deepEqual(history[1]!.metadata, { till: 3, nested: { of: [1, "2"] } });
  assert.equal(history[1]!.timestamp, 1_700_000_000_000);
  assert.deepEqual((await ann.requestHistory({ before: history[1]!.id })).map(({ message }) => message), ["opened"]);
  ann.setFilters({ level: "error" });
  assert.equal((await ann.requestHistory()).length, 1);
  assert.equal((await ann.checkStatus()).status.appIsActive, true);
  assert.equal((await ann.command("restart", { soon: true })).success, true);
  assert.deepEqual((await ann.lastActions()).map(({ type }) => type), ["restart"]);
  assert.ok(till.sendMetrics({ queue: 3 }));
  await until(ann, () => told.some(([what]) => what === "figures"));
  ann.subscribe({ metrics: { intervalMs: 250 }, detail: true });
  await until(ann, () => told.some(([what]) => what === "detail"));
  till.clearLogs();
  assert.deepEqual(await till.requestHistory(), []);
  await ann.checkStatus();
  const of = (what: string) => told.find(([name]) => name === what)?.[1];
  assert.deepEqual([of("figures"), of("clear"), of("command"), of("detail")], [{ queue: 3 }, "till", ["restart",
      { soon: true }], "number"]);
  await Promise.all([till.close(), ann.close()]);
});

test("long texts that are not ASCII arrive as they are", async () => {
  const till = connect("till", "long");
  const texts = ["é".repeat(70_000), "データ".repeat(20_000), "😀".repeat(40_000), "x".repeat(700_000) + "é"];
  for (const text of texts) till.log("info", text);
  await till.flushed();
  assert.deepEqual((await till.requestHistory()).map(({ message }) => message), texts);
  await till.close();
});

test("whatever is logged arrives, and its neighbours with it", async () => {
  const till = connect("till", "odd");
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  till.onDropped(({ message }) => assert.fail(message));
  for (const odd of [proxy, { get a() { throw new Error("no"); } }, Object.create(null), "cut \ud83d", [NaN, 1n],
      Symbol("s")]) till.log("info", odd, odd);
  till.log("info", "neighbour");
  await till.flushed();
  const history = await till.requestHistory();
  assert.deepEqual(history.slice(1).map(({ message }) => message), ['{"a":"[unreadable: no]"}', "{}", "cut \ufffd",
      '["NaN","1"]', "Symbol(s)", "neighbour"]);
  assert.match(history[0]!.message, /revoked/);
  await till.close();
});

test("nine questions at once are answered, each its own", async () => {
  const till = connect("till", "nine");
  for (let i = 0; i < 9; ++i) till.log("info", String(i));
  await till.flushed();
  const pages = await Promise.all(Array.from({ length: 9 }, (_, i) => till.requestHistory({ limit: i + 1 })));
  assert.deepEqual(pages.map(({ length }) => length), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await till.close();
});

test("a name that is none is refused in words", async () => {
  const client = connect("", "shop");
  const message = await new Promise<string>((resolve) => client.onAuthError(({ message }) => resolve(message)));
  assert.match(message, /userId/);
  assert.equal(client.state.name, "closed");
  await client.close();
});

test("without being given one, the client finds a WebSocket", async () => {
  const client = new WebSocketClient(vigie.url);
  client.authenticate("ann", "shop");
  await new Promise<void>((resolve) => client.onAuthSuccess(() => resolve()));
  await client.close();
});
