// SPDX-License-Identifier: GPL-3.0-or-later
// A regular expression runs in a worker; here, the test is the worker.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { LogEntry } from "vigie-client";
import { LogStore } from "../src/logstore.js";
import { RegexSearch, type RegexWorker } from "../src/regexsearch.js";
import type { Answer, Ask } from "../src/regexworker.js";
import { everything } from "../src/search.js";
import { spansOf } from "../src/spans.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const entry = (id: number, message = `message ${id}`): LogEntry =>
  ({ id: String(id), timestamp: id, level: "info", message, appId: "shop", userId: "till" });

/** Answers when it is told to. */
class FakeWorker {
  asked: Ask[] = [];
  isOver = false;
  onmessage: RegexWorker["onmessage"] = null;
  onerror: RegexWorker["onerror"] = null;
  postMessage(ask: Ask): void {
    this.asked.push(ask);
  }
  terminate(): void {
    this.isOver = true;
  }
  async say(data: Answer): Promise<void> {
    this.onmessage!.call(this as unknown as Worker, { data } as MessageEvent);
    await settled();
  }
  /** Answers the last question about entries as the expression does. */
  async answer(): Promise<void> {
    const [{ source, flags }, last] = [this.asked[0] as { source: string; flags: string }, this.asked.at(-1) as { choices: string[][] }];
    await this.say(last.choices.map((texts) => texts.some((text) => new RegExp(source, flags).test(text))));
  }
}

let worker: FakeWorker;
let store: LogStore;
const searchFor = (text: string) => new RegexSearch(text, () => worker as unknown as RegexWorker);
const shown = () => store.shown.map((line) => line.entry.id || line.entry.message);
beforeEach(() => {
  worker = new FakeWorker();
  store = new LogStore();
  Object.assign(globalThis, { requestAnimationFrame: () => 0 });
});

test("a regular expression is refused, or asked of Vigie in its words; matches end", () => {
  assert.throws(() => searchFor("("), SyntaxError);
  assert.equal(searchFor("o(\\d)").stored, "(?i)o(\\d)");
  assert.deepEqual(spansOf(/o(\d)/giu, "o1 O2 o"), [[0, 2], [3, 5]]);
  assert.deepEqual(spansOf(/x*/gu, "axa"), [[1, 2]]);
});

test("entries are shown in order once the worker has told that they match", async () => {
  store.add([entry(1), entry(2)]);
  store.setChoice({ ...everything, search: searchFor("age [13-5]") });
  assert.deepEqual(shown(), []);
  store.addNote("a word");
  store.add([entry(3), entry(6)]);
  store.addOlder([entry(0, "what Vigie found")]);
  assert.deepEqual(shown(), ["0"]);
  assert.equal(store.isUnsettled, true);
  await worker.say("ready");
  await worker.answer();
  assert.deepEqual(shown(), ["0", "1"]); // the others came later
  await worker.answer();
  assert.deepEqual(shown(), ["0", "1", "a word", "3"]);
  assert.equal(store.entriesShown, 3);
  assert.equal(store.isUnsettled, false);
});

test("it is asked in batches of bounded text, and of each entry about the first 64 KiB", async () => {
  store.add(Array.from({ length: 30 }, (_, i) => entry(i, "x".repeat(200_000))));
  store.add(Array.from({ length: 1_000 }, (_, i) => entry(100 + i)));
  store.setChoice({ ...everything, search: searchFor("x") });
  await worker.say("ready");
  const batches: string[][][] = [];
  while (store.isUnsettled) {
    batches.push((worker.asked.at(-1) as { choices: string[][] }).choices);
    await worker.answer();
  }
  assert.equal(batches.flat().length, 1_030);
  assert.ok(batches.flat(2).every((text) => text.length <= 65_536));
  assert.ok(batches.every((batch) => batch.length <= 500 && batch.flat().join("").length <= 5 * 65_536));
  assert.equal(store.entriesShown, 30);
});

test("what is evicted, cleared, or of another choice waits no longer", async () => {
  const search = searchFor("message");
  store.setChoice({ ...everything, search });
  store.add([entry(1), { ...entry(2), appId: "bank" }]);
  await worker.say("ready");
  store.removeApp("shop");
  await worker.answer();
  assert.deepEqual(shown(), ["2"]);
  store.add([entry(3)]);
  store.clear();
  store.add([entry(4)]);
  await worker.answer(); // about what was cleared
  assert.deepEqual(shown(), []);
  await worker.answer();
  assert.deepEqual(shown(), ["4"]);
  store.setChoice(everything);
  assert.deepEqual(shown(), ["4"]);
});

test("marks come before what waits, and none for what is not answered", async () => {
  const search = searchFor("a");
  store.add([entry(1)]);
  store.setChoice({ ...everything, search });
  const spans = search.spans("banana");
  await worker.say("ready");
  assert.deepEqual(worker.asked.at(-1), { text: "banana" });
  await worker.say([[1, 2]]);
  assert.deepEqual(await spans, [[1, 2]]);
  await worker.answer();
  assert.deepEqual(shown(), ["1"]);
});

test("a worker that does not answer within a second is ended, and only what Vigie finds is shown", async () => {
  const { setTimeout } = globalThis;
  const timers: { waitMs: number; action: () => void }[] = [];
  Object.assign(globalThis, { setTimeout: (action: () => void, waitMs: number) => timers.push({ waitMs, action }) });
  const pass = (waitMs: number): void => {
    const timer = timers.pop()!;
    assert.equal(timer.waitMs, waitMs);
    timer.action();
  };
  try {
    const search = searchFor("message");
    let slow = 0;
    search.onTooSlow = () => {
      ++slow;
      store.setChoice(store.choice);
    };
    store.add([entry(5)]);
    store.addNote("a word");
    store.setChoice({ ...everything, search });
    await worker.say("ready");
    await worker.answer();
    assert.deepEqual(shown(), ["5", "a word"]);
    store.add([entry(6)]);
    pass(1_000);
    assert.equal(worker.isOver, false);
    pass(50);
    assert.deepEqual([worker.isOver, slow, search.isTooSlow, store.isStoredOnly], [true, 1, true, true]);
    store.add([entry(7)]);
    assert.deepEqual([...store.entries()], []); // Vigie is asked about all of it
    store.addOlder([entry(4), entry(5)]);
    assert.deepEqual(shown(), ["4", "5", "a word"]);
    assert.equal(store.oldest?.id, "4");
    assert.deepEqual(search.spans("message"), []);
    assert.equal(worker.asked.length, 3); // the pattern and two batches
    // A stretch whose entries Vigie found is shown whole.
    const past = new LogStore();
    past.setChoice({ ...everything, search });
    past.add([entry(2), entry(3)], true);
    assert.deepEqual([past.entriesShown, past.isStoredOnly, past.oldest?.id], [2, false, "2"]);
    store.setChoice(everything);
    assert.deepEqual(shown(), ["5", "a word", "6", "7"]);
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
});
