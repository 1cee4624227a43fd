// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../dist/backoff.js";
import { EntryIds } from "../dist/entryid.js";
import { Listeners } from "../dist/listeners.js";
import { decode } from "../dist/messages.js";
import { EntryQueue } from "../dist/queue.js";

test("ids ascend and are unique, whatever the clock does", () => {
  const ids = new EntryIds();
  const other = new EntryIds();
  const times = [1000, 1000, 1000, 2000, 1500, 0, 2 ** 47];
  const made = times.flatMap((time) => Array.from({ length: 100 }, () => ids.next(time)));
  assert.deepEqual(made, [...made].sort());
  assert.equal(new Set([...made, ...times.map((time) => other.next(time))]).size, made.length + times.length);
  for (const id of made) assert.match(id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  // As in the specification's own example of a time.
  assert.ok(new EntryIds().next(1469918176385).startsWith("01ARYZ6S41"));
});

test("waits are anything up to a bound that doubles", () => {
  const longest = new Backoff({ baseMs: 100, capMs: 1000 }, () => 1);
  assert.deepEqual(Array.from({ length: 6 }, () => longest.next()), [100, 200, 400, 800, 1000, 1000]);
  longest.reset();
  assert.equal(longest.next(), 100);
  assert.equal(new Backoff({}, () => 0).next(), 0);
  for (let i = 0; i < 100; ++i) assert.ok(longest.next() <= 1000); // also when 2^i is beyond numbers
});

test("a queue gives batches and takes back what did not come", () => {
  const queue = new EntryQueue(6);
  const entry = (id: string, length = 1) => ({ id, json: "x".repeat(length) });
  for (const id of ["a", "b", "c", "d"]) queue.push(entry(id));
  queue.push(entry("e", 100));
  queue.push(entry("f"));
  assert.ok(queue.isFull);
  const ids = (batch: readonly { id: string }[]) => batch.map(({ id }) => id).join("");
  assert.equal(ids(queue.take(3, 50)), "abc");
  assert.equal(ids(queue.oldestBatch), "abc");
  assert.equal(ids(queue.take(3, 50)), "d");
  assert.equal(ids(queue.take(3, 50)), "e"); // alone, however large
  assert.equal(queue.dropOldest()!.id, "f");
  assert.equal(queue.dropOldest(), undefined); // what was sent stays
  assert.equal(ids(queue.finishBatch()), "abc");
  queue.unsend();
  assert.equal(queue.unsent, 2);
  queue.putFirst([entry("0")]);
  assert.equal(ids(queue.take(9, 500)), "0de");
  assert.deepEqual(queue.take(9, 500), []);
  assert.equal(queue.batchesSent, 1);
});

test("what is no message is none", () => {
  for (const text of ["", "null", "[]", "5", "{}", '{"type":5}', "{", undefined, 5,
      new ArrayBuffer(2)]) assert.equal(decode(text), undefined);
  assert.deepEqual(decode('{"type":"new","payload":[1]}'), { type: "new", payload: [1] });
});

test("a listener that throws keeps nobody from being told", () => {
  const listeners = new Listeners<number>();
  const told: number[] = [];
  const later: (() => void)[] = [];
  const real = globalThis.queueMicrotask;
  globalThis.queueMicrotask = (action) => void later.push(action);
  listeners.add(() => {
    throw new Error("mine");
  });
  const stop = listeners.add((value) => told.push(value));
  listeners.tell(1);
  stop();
  stop();
  listeners.tell(2);
  globalThis.queueMicrotask = real;
  assert.deepEqual(told, [1]);
  assert.equal(later.length, 2);
  assert.throws(() => later[0]!(), /mine/); // and so it is raised, where it can be seen
});
