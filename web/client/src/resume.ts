// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogEntry } from "./messages.js";

const remembered = 20_000;
/** An id that no entry has: Vigie answers it with everything that is held. */
const beforeAll = "-";

/** An entry that came so long before a break is on Vigie's disk, also when Vigie was killed. */
const durableMs = 2_000;
const noteMs = 100;

/** How far a viewer has come: what it saw last, and which entries it must not be shown again. */
export class Resume {
  #lastId: string | undefined;
  #since: string | undefined;
  #notes: { id: string; timeMs: number }[] = []; // some of what came, of the last while
  #seen = new Set<string>();
  #older = new Set<string>();
  #turnedMs: number | undefined; // when #seen became #older, or the first entry came since the last break

  constructor(since: string | undefined) {
    this.#lastId = this.#since = since;
  }

  /** The last entry that came. */
  get lastId(): string | undefined {
    return this.#lastId;
  }

  /** What to go on from; undefined: from now on. */
  get since(): string | undefined {
    return this.#since;
  }

  /** The newest entry on Vigie's disk a moment after it began to send us what comes; undefined: there was none. */
  noteNewestStored(id: string | undefined): void {
    this.#since ??= id ?? beforeAll;
  }

  /**
   * The connection broke. Entries are shown before they are on disk: should Vigie have been killed, it may not know the
   * last ones, or, as their producers send them again, know them after others that we have not seen. So we go on from an
   * earlier one, and leave out what we have seen. Those that came later are never gone on from, however late the break is
   * noticed and however often we come back in vain: time makes no entry safe that Vigie may have lost. `heardMs`: when
   * Vigie was last heard.
   */
  noteBreak(heardMs: number): void {
    const last = this.#notes.findLast(({ timeMs }) => timeMs <= heardMs - durableMs);
    this.#since = last?.id ?? this.#since ?? this.#notes[0]?.id;
    this.#notes = [];
    this.#turnedMs = undefined;
  }

  /** Whether a gap is only of our asking for everything. */
  isExpected(fromId: string | null): boolean {
    return fromId === beforeAll;
  }

  /** Of these, in the order they came, those that were not seen. */
  fresh(entries: readonly LogEntry[], nowMs: number): LogEntry[] {
    const fresh = entries.filter(({ id }) => !this.#seen.has(id) && !this.#older.has(id));
    for (const { id } of fresh) this.#seen.add(id);
    this.#turnedMs ??= nowMs;
    // What came after a place that we may yet go on from is not forgotten: there is a newer one, of the last turn.
    const turns = this.#seen.size > remembered && nowMs - this.#turnedMs > durableMs;
    if (turns) {
      this.#older = this.#seen;
      this.#seen = new Set();
      this.#turnedMs = nowMs;
    }
    const last = entries.at(-1);
    if (last) this.#note(last.id, nowMs, turns);
    return fresh;
  }

  /** The next entries are of another application. */
  forget(): void {
    this.#lastId = this.#since = undefined;
    this.#notes = [];
    this.#seen.clear();
    this.#older.clear();
    this.#turnedMs = undefined;
  }

  #note(id: string, timeMs: number, always: boolean): void {
    this.#lastId = id;
    if (!always && timeMs - (this.#notes.at(-1)?.timeMs ?? -Infinity) < noteMs) return;
    this.#notes.push({ id, timeMs });
    const old = this.#notes.findLastIndex((note) => note.timeMs <= timeMs - durableMs);
    if (old > 0) this.#notes.splice(0, old);
  }
}
