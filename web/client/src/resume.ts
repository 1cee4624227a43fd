// SPDX-License-Identifier: GPL-3.0-or-later
import { EntryIds } from "./entryid.js";
import type { LogEntry } from "./messages.js";

/** How many shown entries are kept in mind, of a Vigie that does not say which are on its disk, and of one that does. */
const remembered = 20_000;
const mostNotStored = 500_000;

/**
 * How far a viewer has come, and which entries it must not be shown again. Entries are shown before they are on Vigie's
 * disk: should it be killed, it may not know the last ones, or, as their producers send them again, know them after
 * others that were not shown. So we go on from the last place that Vigie said is on its disk, and leave out what was
 * shown. A Vigie that says none (an older one, or one without history) is gone on from the last entry shown.
 */
export class Resume {
  /** An id that no entry has, as nobody can foresee it: Vigie answers it with everything that is held. */
  readonly #beforeAll = new EntryIds().next(Date.now());
  #lastId: string | undefined;
  #storedId: string | undefined;
  #since: string | undefined;
  #began: string | undefined; // #since when we were let in
  #saysStored = false; // Vigie tells what is on its disk
  #shown = new Set<string>(); // over this connection and behind #since, in Vigie's order
  #before = new Set<string>(); // over earlier ones, and not come again: where Vigie has them by now is not known

  constructor(since: string | undefined) {
    this.#lastId = this.#since = this.#began = since;
  }

  /** The last entry that was shown. */
  get lastId(): string | undefined {
    return this.#lastId;
  }

  /** The last entry known to be on Vigie's disk, as all are that came before it. */
  get storedId(): string | undefined {
    return this.#storedId;
  }

  /** What to go on from; undefined: from now on. */
  get since(): string | undefined {
    return this.#since;
  }

  /** We are let in: what comes now comes in Vigie's order, from `since` on. */
  begin(): void {
    this.#began = this.#since;
    for (const id of this.#shown) this.#before.add(id);
    this.#shown.clear();
    this.#bound();
  }

  /** All up to this entry is on disk, and was sent to us; null: nothing is known to be. */
  noteStored(lastId: string | null): void {
    const isFirst = !this.#saysStored;
    this.#saysStored = true;
    if (lastId === null) {
      // That nothing more is known takes no place away that was.
      if (isFirst) this.#since = this.#began ?? this.#beforeAll;
      return;
    }
    this.#since = this.#storedId = lastId;
    if (!this.#shown.has(lastId)) return; // one that a filter keeps from us: where it stands is not known
    for (const id of this.#shown) {
      this.#shown.delete(id);
      if (id === lastId) break;
    }
  }

  /** The history is empty: all that there will be is new. */
  noteCleared(): void {
    this.#since = this.#beforeAll;
    this.#storedId = undefined;
  }

  /** Whether a gap is only of our asking for everything. */
  isExpected(fromId: string | null): boolean {
    return fromId === this.#beforeAll;
  }

  /** Of these, in the order they came, those that were not shown. */
  fresh(entries: readonly LogEntry[]): LogEntry[] {
    const fresh: LogEntry[] = [];
    for (const entry of entries) {
      if (!this.#before.delete(entry.id) && !this.#shown.has(entry.id)) fresh.push(entry);
      this.#shown.add(entry.id);
    }
    const last = entries.at(-1);
    if (last) {
      this.#lastId = last.id;
      if (!this.#saysStored) this.#since = last.id;
    }
    this.#bound();
    return fresh;
  }

  /** The next entries are of another application. */
  forget(): void {
    this.#lastId = this.#since = this.#began = this.#storedId = undefined;
    this.#saysStored = false;
    this.#shown.clear();
    this.#before.clear();
  }

  #bound(): void {
    const most = this.#saysStored ? mostNotStored : remembered;
    for (const ids of [this.#before, this.#shown]) {
      for (const id of ids) {
        if (this.#before.size + this.#shown.size <= most) return;
        ids.delete(id);
      }
    }
  }
}
