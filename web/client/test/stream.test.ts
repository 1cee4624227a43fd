// SPDX-License-Identifier: GPL-3.0-or-later
// The stream, with the real pino and winston, into the real program.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { pino, transport as pinoTransport } from "pino";
import winston from "winston";
import { WebSocketClient, type LogEntry } from "../dist/index.js";
import { logLine, logObject } from "../dist/lines.js";
import { createStream } from "../dist/stream.js";
import { FakeSocket, settle } from "./fakesocket.js";
import { Vigie } from "./vigie.js";

const vigie = new Vigie();
before(() => vigie.start());
after(() => vigie.remove());

async function stored(appId: string, count: number): Promise<LogEntry[]> {
  const client = new WebSocketClient(vigie.url);
  client.authenticate("ann", appId);
  await new Promise<void>((resolve) => client.onAuthSuccess(() => resolve()));
  let entries: LogEntry[] = [];
  // A transport of pino's runs on a thread of its own, which says nothing when it is done.
  while (entries.length < count) entries = await client.requestHistory({ limit: 1000 });
  await client.close();
  return entries;
}

const brief = ({ level, message, metadata }: LogEntry) => [level, message, metadata];

test("pino's lines", async () => {
  const stream = createStream({ url: vigie.url, appId: "pino", userId: "worker" });
  const log = pino({ level: "trace", base: { pid: 1 } }, stream);
  log.trace("one");
  log.warn({ order: 7 }, "two");
  log.fatal(new Error("three"));
  stream.end();
  await once(stream, "finish");
  const entries = await stored("pino", 3);
  assert.deepEqual(entries.slice(0, 2).map(brief), [["trace", "one", { pid: 1 }], ["warn", "two", { pid: 1, order: 7 }]]);
  assert.equal(entries[2]!.level, "fatal");
  assert.equal((entries[2]!.metadata as any).err.type, "Error");
  assert.ok(Math.abs(Date.now() - entries[0]!.timestamp) < 60_000);
});

test("pino's transport", async () => {
  const transport = pinoTransport({ target: new URL("../dist/pino.js", import.meta.url).href, options: { url: vigie.url,
      appId: "transport", userId: "worker" } });
  const log = pino(transport);
  log.error("from a thread");
  assert.deepEqual((await stored("transport", 1)).map(({ level, message }) => [level, message]), [["error", "from a thread"]]);
  transport.end();
  await once(transport, "close");
});

test("winston's lines", async () => {
  const stream = createStream({ url: vigie.url, appId: "winston", userId: "worker" });
  const log = winston.createLogger({
    level: "silly",
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Stream({ stream })],
  });
  log.silly("one");
  log.warn("two", { order: 7 });
  await new Promise((resolve) => log.end(resolve));
  stream.end();
  await once(stream, "finish");
  assert.deepEqual((await stored("winston", 2)).map(brief), [["silly", "one", undefined], ["warn", "two", { order: 7 }]]);
});

test("an error given to winston arrives whole, whatever the format", async () => {
  const { format } = winston;
  const formats = [undefined, format.json(), format.simple(), format.combine(format.colorize(),
      format.printf(({ message }) => `${message}!`)),
                   format.combine(format.errors({ stack: true }), format.json())];
  for (const [i, made] of formats.entries()) {
    const stream = createStream({ url: vigie.url, appId: `error${i}`, userId: "worker" });
    const log = winston.createLogger({ ...(made ? { format: made } : {}),
        transports: [new winston.transports.Stream({ stream })] });
    log.error(new RangeError("boom", { cause: new Error("root") }));
    log.error("told", new Error("boom"));
    log.warn("nested", { err: new Error("boom") });
    await new Promise((resolve) => log.end(resolve));
    stream.end();
    await once(stream, "finish");
    const [bare, told, nested] = await stored(`error${i}`, 3);
    assert.deepEqual([bare, told, nested].map((entry) => [entry!.level, entry!.message]), [["error", "boom"], ["error",
        "told boom"], ["warn", "nested"]], String(i));
    for (const { metadata } of [bare!, told!]) assert.match((metadata as any).stack, /Error: boom\n.*stream\.test/);
    if (i < 4) assert.equal((bare!.metadata as any).cause.message, "root"); // which format.errors() leaves out
    assert.equal((nested!.metadata as any).err.message, "boom");
  }
});

/** What lines are logged as. */
function logged(log: (client: { log(...said: unknown[]): string }) => void): unknown[][] {
  const entries: unknown[][] = [];
  log({ log: (...said) => (entries.push(said), "") });
  return entries;
}
const line = (text: string) => logged((client) => logLine(client, text))[0]!;

test("lines of anything", () => {
  for (const text of ["plain text", "[1]", "null", "{ no JSON"]) assert.deepEqual(line(text), ["info", text]);
  assert.deepEqual(line('{"level":35,"msg":{"a":1}}').slice(0, 3), ["info", '{"a":1}', undefined]);
  assert.deepEqual(line('{"level":"odd","message":"m","timestamp":"2026-01-31T13:00:00Z","x":1}'), ["odd", "m", { x: 1 },
      Date.parse("2026-01-31T13:00:00Z")]);
  for (const text of ["{}", '{"level":"error"}', '{"level":"error","a":1}']) assert.equal(line(text)[1], text); // no empty line
  assert.deepEqual(line('{"level":"info","message":"","a":1}').slice(0, 3), ["info", "", { a: 1 }]);
});

test("an error alone is its own message", () => {
  const err = { type: "Error", message: "outer: root", stack: "Error: outer…" };
  assert.deepEqual(line(JSON.stringify({ level: 50, err })).slice(0, 3), ["error", "outer: root", { err }]);
  assert.deepEqual(line(JSON.stringify({ level: 50, err, msg: "" })).slice(0, 3), ["error", "outer: root", { err }]);
  assert.deepEqual(line(JSON.stringify({ level: 50, err, msg: "said" })).slice(0, 2), ["error", "said"]);
  assert.equal(line('{"level":"error","stack":"Error: boom\\n    at x"}')[1], "Error: boom");
  assert.equal(line('{"event":"e","exception":"Traceback"}')[1], "e");
  assert.equal(line('{"exc_info":"Traceback\\n  File\\nValueError: bad"}')[1], "ValueError: bad");
  assert.equal(line('{"error":"refused"}')[1], "refused");
});

test("a name that stands twice: the logger's own counts, and the program's is kept", () => {
  const text = '{"level":30,"time":1769860800000,"pid":1,"hostname":"h","level":"mine","pid":7,'
    + '"time":"noon","msg":"the program\'s","x":{"level":1,"msg":["}"]},"msg":"hi"}';
  assert.deepEqual(line(text), ["info", "hi", { pid: 7, hostname: "h", x: { level: 1, msg: ["}"] }, level: "mine", time: "noon",
      msg: "the program's" }, 1769860800000]);
  assert.deepEqual(line('{"level":30,"x":{"level":"inner"},"msg":"\\"level\\": 5"}').slice(0, 3), ["info", '"level": 5',
      { x: { level: "inner" } }]);
});

test("numbers that JavaScript does not know arrive as they were written", async () => {
  const metadata = '{"id":9007199254740993,"n":12345678901234567890,"p":1.10,"e":1e2,"deep":[{"x": -0.50}],"s":"1.10 \\u00e9"}';
  const stream = createStream({ url: vigie.url, appId: "exact", userId: "worker" });
  stream.end(`{"level":30,"msg":"m",${metadata.slice(1)}\n`);
  await once(stream, "finish");
  await stored("exact", 1);
  const answer = await fetch(`${vigie.url.replace("ws", "http")}api/apps/exact/logs`);
  assert.ok((await answer.text()).includes(`"metadata":${metadata.replace("\": -", "\":-")}`));
  // Of what Vigie would not take, it is what is left.
  assert.deepEqual(line('{"msg":"m","cut":"\\ud83d","p":1.10}')[2], { cut: "\ud83d", p: 1.1 });
});

test("a time tells its unit by its size", () => {
  const at = 1769860800000;
  for (const time of [at, at / 1e3, at * 1e3, at * 1e6, String(at), String(at / 1e3),
      "2026-01-31T12:00:00Z"]) assert.equal(line(JSON.stringify({ time, msg: "" }))[3], at);
  const [, , metadata, now] = line('{"time":"noon","msg":"m"}');
  assert.deepEqual(metadata, { time: "noon" });
  assert.ok(Math.abs(Date.now() - (now as number)) < 60_000);
});

test("objects of loggers", () => {
  const object = (said: object) => logged((client) => logObject(client, said))[0]!;
  const time = new Date(5);
  assert.deepEqual(object({ level: 40, msg: "bunyan's", time, v: 0 }), ["warn", "bunyan's", { v: 0 }, 5]);
  assert.deepEqual(object({ level: "\u001b[31merror", [Symbol.for("level")]: "error", message: "m" }).slice(0, 3), ["error",
      "m", undefined]);
  const error = new Error("boom");
  assert.deepEqual(object({ level: "error", message: error }).slice(0, 3), ["error", "Error: boom", { error }]);
  assert.equal(object({ level: "info" })[1], '{"level":"info"}');
});

test("a chunk may end within a character, or within a line end", async () => {
  const stream = createStream({ url: vigie.url, appId: "chunks", userId: "worker" });
  const bytes = Buffer.from('é\r\n{"msg":"データ😀"}\r\n\r\nü');
  for (const byte of bytes) stream.write(Buffer.from([byte]));
  stream.write(new Uint8Array([0x21]));
  stream.write("w6kK", "base64");
  stream.end("last");
  await once(stream, "finish");
  assert.deepEqual((await stored("chunks", 4)).map(({ message }) => message), ["é", "データ😀", "ü!é", "last"]);
});

test("a stream that is not let in says so, and holds nobody up", async () => {
  const warned = once(process, "warning");
  const stream = createStream({ url: "ws://x/", appId: "a", userId: "u", WebSocket: FakeSocket, queue: { maxEntries: 10 } });
  for (let i = 0; i < 100; ++i) stream.write(`${i}\n`);
  await settle();
  FakeSocket.last.open();
  FakeSocket.last.say("auth_error", { code: "token_unknown", message: "the token is unknown" });
  stream.end();
  await once(stream, "finish");
  assert.match((await warned)[0].message, /the token is unknown/);
  assert.equal(stream.client.waiting, 10);
});

test("a line without an end is parted", async () => {
  const stream = createStream({ url: vigie.url, appId: "endless", userId: "worker" });
  for (let i = 0; i < 5; ++i) stream.write("x".repeat(600_000));
  stream.end();
  await once(stream, "finish");
  assert.equal((await stored("endless", 3)).length, 3);
});

test("who writes faster than can wait is held up, and nothing is lost", async () => {
  const stream = createStream({ url: vigie.url, appId: "fast", userId: "worker", queue: { maxEntries: 50, whenFull: "throw" } });
  for (let i = 0; i < 20; ++i) stream.write(Array.from({ length: 50 }, (_, j) => `{"msg":"${i * 50 + j}"}\n`).join(""));
  stream.end('{"msg":"without an end of line"}');
  await once(stream, "finish");
  const messages = (await stored("fast", 1000)).map(({ message }) => message);
  assert.deepEqual(messages, [...Array.from({ length: 1000 }, (_, i) => String(i)).slice(1), "without an end of line"]);
});
