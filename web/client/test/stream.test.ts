// SPDX-License-Identifier: GPL-3.0-or-later
// The stream, with the real pino and winston, into the real program.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { pino, transport as pinoTransport } from "pino";
import winston from "winston";
import { WebSocketClient, type LogEntry } from "../dist/index.js";
import { createStream, logLine } from "../dist/stream.js";
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
  const transport = pinoTransport({ target: new URL("../dist/pino.js", import.meta.url).href, options: { url: vigie.url, appId: "transport", userId: "worker" } });
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

test("lines of anything", () => {
  const logged: unknown[][] = [];
  const client = { log: (...said: unknown[]) => (logged.push(said), "") };
  for (const line of ["plain text", "[1]", "null", '{"level":35,"msg":{"a":1}}', '{"level":"odd","message":"m","timestamp":"2026-01-31T13:00:00Z","x":1}', "{}"])
    logLine(client, line);
  assert.deepEqual(logged.slice(0, 3), [["info", "plain text"], ["info", "[1]"], ["info", "null"]]);
  assert.deepEqual(logged[3]!.slice(0, 3), ["warn", '{"a":1}', undefined].map((value, i) => (i === 0 ? "info" : value)));
  assert.deepEqual(logged[4], ["odd", "m", { x: 1 }, Date.parse("2026-01-31T13:00:00Z")]);
  assert.deepEqual(logged[5]!.slice(0, 3), ["info", "", undefined]);
});

test("who writes faster than can wait is held up, and nothing is lost", async () => {
  const stream = createStream({ url: vigie.url, appId: "fast", userId: "worker", queue: { maxEntries: 50, whenFull: "throw" } });
  for (let i = 0; i < 20; ++i) stream.write(Array.from({ length: 50 }, (_, j) => `{"msg":"${i * 50 + j}"}\n`).join(""));
  stream.end('{"msg":"without an end of line"}');
  await once(stream, "finish");
  const messages = (await stored("fast", 1000)).map(({ message }) => message);
  assert.deepEqual(messages, [...Array.from({ length: 1000 }, (_, i) => String(i)).slice(1), "without an end of line"]);
});
