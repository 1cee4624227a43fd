// SPDX-License-Identifier: GPL-3.0-or-later
// Resume against a model of Vigie that is killed at any moment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Resume } from "../dist/resume.js";

type Message = { entry: string } | { stored: string | null };

/** A Vigie with two producers, which send again what was not acknowledged, and one viewer. */
class Model {
  readonly resume = new Resume(undefined);
  readonly shown: string[] = [];
  log: string[] = [];
  #onDisk = 0; // of log
  #onWay: Message[] | undefined; // to the viewer, while it is signed in
  #made = 0;
  #unacknowledged: string[][] = [[], []];

  constructor(readonly random: (below: number) => number) {}

  append(): void {
    const id = `e${++this.#made}`;
    this.#unacknowledged[this.random(2)]!.push(id);
    this.#take(id);
  }

  write(): void {
    this.#onDisk += this.random(this.log.length - this.#onDisk + 1);
    const safe = new Set(this.log.slice(0, this.#onDisk));
    this.#unacknowledged = this.#unacknowledged.map((ids) => ids.filter((id) => !safe.has(id)));
    this.#onWay?.push({ stored: this.log[this.#onDisk - 1] ?? null });
  }

  deliver(count: number): void {
    for (const message of this.#onWay?.splice(0, count) ?? []) {
      if ("stored" in message) this.resume.noteStored(message.stored);
      else this.shown.push(...this.#fresh(message.entry));
    }
  }

  /** What is not on disk, and what is on its way, is gone, but for some that were written without a word. */
  kill(): void {
    const left = this.#onDisk + this.random(this.log.length - this.#onDisk + 1);
    this.log.length = left;
    this.#onDisk = left;
    this.#onWay = undefined;
    // Who comes back first differs: the viewer, or the producers, whose entries then stand in another order.
    const viewerAfter = this.random(20);
    const again = this.#unacknowledged.map((ids) => [...ids]);
    for (let i = 0; i < viewerAfter; ++i) this.#take(again[this.random(2)]!.shift());
    this.signIn();
    for (let some = again.filter(({ length }) => length > 0); some.length > 0; some = again.filter(({ length }) => length > 0)) {
      this.#take(some[this.random(some.length)]!.shift());
      if (this.random(10) === 0) this.write();
      if (this.random(4) === 0) this.deliver(this.random(4));
    }
  }

  signIn(): void {
    const { since } = this.resume;
    this.resume.begin();
    const place = since === undefined ? this.log.length : this.log.indexOf(since) + 1;
    assert.ok(place > 0 || since === undefined || this.resume.isExpected(since), "it goes on from what Vigie never had on disk");
    this.#onWay = [...this.log.slice(place).map((entry) => ({ entry })), { stored: this.log[this.#onDisk - 1] ?? null }];
  }

  #take(id: string | undefined): void {
    if (id === undefined || this.log.includes(id)) return;
    this.log.push(id);
    this.#onWay?.push({ entry: id });
  }

  #fresh(id: string): string[] {
    const entry = { id, timestamp: 0, level: "info", message: "", appId: "a", userId: "u" };
    return this.resume.fresh([entry]).map((fresh) => fresh.id);
  }
}

/** Always the same numbers (a linear congruence). */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 % 2 ** 32;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whenever Vigie is killed, a viewer is shown every entry, and none twice", () => {
  for (let seed = 1; seed <= 500; ++seed) {
    const random = numbers(seed);
    const model = new Model(random);
    model.signIn();
    model.deliver(1); // and so knows that there is nothing
    for (let step = 0; step < 200; ++step) {
      const what = random(40);
      if (what < 20) model.append();
      else if (what < 34) model.deliver(random(6));
      else if (what < 39) model.write();
      else model.kill();
    }
    model.deliver(Infinity);
    assert.deepEqual([...model.shown].sort(), [...model.log].sort(), `seed ${seed}`);
  }
});
