// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of anything that a program logs.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { byteLength, makeEntry } from "../dist/entry.js";
import { EntryQueue } from "../dist/queue.js";
import { textOf, toJson } from "../dist/tojson.js";

test("anything becomes JSON", () => {
  const round: { [key: string]: unknown } = { a: 1 };
  round["self"] = round;
  let deep: unknown = 0;
  for (let i = 0; i < 100; ++i) deep = [deep];
  const error = new TypeError("bad", { cause: new Error("worse") });
  const json = toJson({
    round, deep, error, big: 10n, nothing: undefined, call() {}, date: new Date(0), nan: NaN, half: "a\ud800b",
    map: new Map([["k", 1]]), set: new Set([1]), twice: [round["a"], round["a"]],
  }) as any;
  assert.deepEqual(json.round, { a: 1, self: "[circular]" });
  assert.ok(JSON.stringify(json.deep).includes("[too deep]"));
  assert.equal(json.error.name, "TypeError");
  assert.equal(json.error.cause.message, "worse");
  assert.match(json.error.stack, /entry\.test/);
  assert.deepEqual([json.big, json.date, json.nan, json.half], ["10", "1970-01-01T00:00:00.000Z", "NaN", "a\ufffdb"]);
  assert.deepEqual([json.map, json.set, json.twice], [{ k: 1 }, [1], [1, 1]]);
  assert.ok(!("nothing" in json) && !("call" in json));
});

/** Values whose reading throws, each in its own way. */
function hostile(): { [name: string]: unknown } {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const fails = (): never => {
    throw new Error("no");
  };
  return {
    proxy,
    getter: { good: 1, get bad() { return fails(); } },
    toJSON: { good: 1, toJSON: fails },
    keys: new Proxy({}, { ownKeys: fails }),
    bare: Object.create(null),
    error: Object.defineProperty(new Error("x"), "message", { get: fails }),
    throwsBare: { get bad() { throw Object.create(null); } },
    map: Object.defineProperty(new Map([[Object.create(null), 1]]), Symbol.iterator, { value: fails }),
    tag: { get [Symbol.toStringTag]() { return fails(); } },
    text: { toString: fails, valueOf: fails, [Symbol.toPrimitive]: fails },
  };
}

test("what cannot be read says so in its place, and the rest is read", () => {
  const json = toJson(hostile()) as any;
  assert.match(json.proxy, /^\[unreadable: .*revoked/);
  assert.deepEqual(json.getter, { good: 1, bad: "[unreadable: no]" });
  assert.deepEqual(json.toJSON, { good: 1, toJSON: "[unreadable: no]" });
  assert.equal(json.keys, "[unreadable: no]");
  assert.deepEqual(json.bare, {});
  assert.deepEqual([json.error.name, json.error.message], ["Error", "[unreadable: no]"]);
  assert.deepEqual(json.throwsBare, { bad: "[unreadable: no reason that can be read]" });
  assert.equal(json.map, "[unreadable: no]");
  assert.equal(json.tag, "[unreadable: no]");
  assert.ok("text" in json);
});

test("nothing that is logged throws: as level, message, metadata or time", () => {
  const values = [...Object.values(hostile()), Symbol("s"), 1n, undefined, null, () => 1, NaN, new Date(NaN),
      new Array(2 ** 32 - 1)];
  for (const value of values) {
    for (const place of [1, 2, 3, 4]) {
      const args: unknown[] = ["i", 5, "info", "text", undefined];
      args[place] = value;
      const entry = JSON.parse(makeEntry(...(args as Parameters<typeof makeEntry>)).json);
      assert.equal(typeof entry.level, "string");
      assert.equal(typeof entry.message, "string");
      assert.ok(entry.level.length > 0 && Number.isFinite(entry.timestamp));
    }
  }
});

test("JSON keeps what a value says", () => {
  const foreign = vm.runInNewContext("new RangeError('far')") as Error;
  assert.equal((toJson(foreign) as any).message, "far");
  assert.deepEqual((toJson(new AggregateError([new Error("a")], "all")) as any).errors[0].message, "a");
  assert.deepEqual(toJson(new Map<unknown, unknown>([[1, "a"], ["1", "b"]])), [[1, "a"], ["1", "b"]]);
  assert.deepEqual(toJson([new Date(NaN), /x/g, new String("s"), new Number(5)]), ["Invalid Date", "/x/g", "s", 5]);
  const self = { a: 1, toJSON: (): unknown => self };
  assert.deepEqual(toJson(self), { a: 1 });
  const proto = toJson(JSON.parse('{"__proto__":{"a":1}}'));
  assert.equal(JSON.stringify(proto), '{"__proto__":{"a":1}}');
  const text = "x".repeat(1024 * 1024);
  assert.ok(JSON.stringify(toJson(Array(100_000).fill(text))).length < 20 * 1024 * 1024);
});

test("a value as a text", () => {
  assert.deepEqual([undefined, null, -0, 5n, Symbol("s"), new Date(0), new TypeError(""), { a: [1] },
      function f() {}].map(textOf),
                   ["undefined", "null", "-0", "5n", "Symbol(s)", "1970-01-01T00:00:00.000Z", "TypeError", '{"a":[1]}',
                       "[Function: f]"]);
});

test("an error, or an object, that is logged as a message keeps what it holds", () => {
  const entry = JSON.parse(makeEntry("i", 5, "error", new RangeError("boom"), undefined).json);
  assert.equal(entry.message, "RangeError: boom");
  assert.match(entry.metadata.value.stack, /entry\.test/);
  assert.deepEqual(JSON.parse(makeEntry("i", 5, "error", new Error("boom"), { a: 1 }).json).metadata, { a: 1 });
});

test("a time is one", () => {
  const now = Date.now();
  const time = (timestamp: unknown) => JSON.parse(makeEntry("i", timestamp, "info", "", undefined).json).timestamp;
  assert.deepEqual([5, 5.7, 5n, new Date(5), "1970-01-01T00:00:00.005Z"].map(time), [5, 5, 5, 5, 5]);
  for (const none of [null, undefined, -1, Infinity, 1e17, {}, "soon", ""]) assert.ok(time(none) >= now);
});

test("an entry is what Vigie takes, whatever it was", () => {
  const read = (...values: Parameters<typeof makeEntry>) => JSON.parse(makeEntry(...values).json);
  assert.deepEqual(read("i", 5, "info", "text", undefined), { id: "i", timestamp: 5, level: "info", message: "text" });
  assert.equal(read("i", 5, " ", 7, undefined).level, "info");
  assert.equal(byteLength(read("i", 5, "é".repeat(100), "", undefined).level), 64);
  const large = makeEntry("i", 5, "info", "\u0001".repeat(2_000_000), { much: "x".repeat(2_000_000) });
  assert.ok(large.isCut);
  assert.ok(byteLength(large.json) < 1024 * 1024 - 1000);
  assert.ok(JSON.parse(large.json).metadata.cutFromBytes > 4_000_000);
  assert.ok(!makeEntry("i", 5, "info", "x".repeat(700_000), undefined).isCut);
});

test("what is longer than a frame is ASCII, so that no frame ends within a character", () => {
  for (const text of ["é".repeat(70_000), "データ".repeat(30_000), "x".repeat(200_000) + "😀"]) {
    const { json, isCut } = makeEntry("i", 5, "info", text, { é: "ü" });
    assert.equal(byteLength(json), json.length);
    assert.ok(!isCut);
    assert.equal(JSON.parse(json).message, text);
    assert.deepEqual(JSON.parse(json).metadata, { é: "ü" });
  }
  assert.ok(makeEntry("i", 5, "info", "é".repeat(1_000), undefined).json.includes("é"));
});

test("a cut is not within a character", () => {
  const { json, isCut } = makeEntry("i", 5, "info", "a" + "😀".repeat(400_000), undefined);
  assert.ok(isCut);
  assert.ok(JSON.parse(json).message.isWellFormed?.() ?? !/\\ud83d"/.test(json));
  assert.ok(byteLength(json) < 1024 * 1024);
});

test("no batch is longer than a frame, in bytes", () => {
  const queue = new EntryQueue(100);
  for (let i = 0; i < 10; ++i) queue.push({ id: String(i), json: JSON.stringify("é".repeat(20_000)) });
  assert.equal(queue.take(500, 130_000).length, 3);
});
