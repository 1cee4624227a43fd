// SPDX-License-Identifier: GPL-3.0-or-later
import { EntryIds } from "./entryid.js";
import type { LogEntry } from "./messages.js";

/** How many ids of shown entries to remember: if Vigie does not report what is stored, and if it does. */
const maxRemembered = 20_000;
const maxNotStored = 500_000;

/**
 * Tracks where a viewer must resume, and which entries it must not show again. Entries are shown before they are on Vigie's
 * disk. After a crash, Vigie may lack the last ones or, once their producers send them again, have them in a different order.
 * So we resume from the last entry that Vigie reported as stored, and skip those already shown. If Vigie reports none (an
 * older version, or one without history), we resume from the last entry shown.
 */
export class Resume {
  /** An id that no entry can have. Vigie answers it with everything that it holds. */
  readonly #beforeAll = new EntryIds().next(Date.now());
  #lastId: string | undefined;
  #storedId: string | undefined;
  #since: string | undefined;
  #began: string | undefined; // #since at sign-in
  #saysStored = false; // Vigie reports what is stored
  #shown = new Set<string>(); // on this connection and after #since, in Vigie's order
  #before = new Set<string>(); // on earlier connections and not received again; their place in Vigie's order is unknown

  constructor(since: string | undefined) {
    this.#lastId = this.#since = this.#began = since;
  }

  /** The id of the last entry shown. */
  get lastId(): string | undefined {
    return this.#lastId;
  }

  /** The id of the last entry known to be on Vigie's disk together with all before it. */
  get storedId(): string | undefined {
    return this.#storedId;
  }

  /** Where to resume; undefined: from now on. */
  get since(): string | undefined {
    return this.#since;
  }

  /** We are signed in: entries now arrive in Vigie's order, starting after `since`. */
  begin(): void {
    this.#began = this.#since;
    for (const id of this.#shown) this.#before.add(id);
    this.#shown.clear();
    this.#bound();
  }

  /** All entries up to this one are on disk and were sent to us; null: none known. */
  noteStored(lastId: string | null): void {
    const isFirst = !this.#saysStored;
    this.#saysStored = true;
    if (lastId === null) {
      // A null does not discard an earlier resume point.
      if (isFirst) this.#since = this.#began ?? this.#beforeAll;
      return;
    }
    this.#since = this.#storedId = lastId;
    if (!this.#shown.has(lastId)) return; // a filter hides it from us, so its position is unknown
    for (const id of this.#shown) {
      this.#shown.delete(id);
      if (id === lastId) break;
    }
  }

  /** The history was cleared: all further entries are new. */
  noteCleared(): void {
    this.#since = this.#beforeAll;
    this.#storedId = undefined;
  }

  /** Whether a gap merely results from our request for everything. */
  isExpected(fromId: string | null): boolean {
    return fromId === this.#beforeAll;
  }

  /** The entries of these that were not shown yet, in order. */
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

  /** The next entries are from another application. */
  forget(): void {
    this.#lastId = this.#since = this.#began = this.#storedId = undefined;
    this.#saysStored = false;
    this.#shown.clear();
    this.#before.clear();
  }

  #bound(): void {
    const max = this.#saysStored ? maxNotStored : maxRemembered;
    for (const ids of [this.#before, this.#shown]) {
      for (const id of ids) {
        if (this.#before.size + this.#shown.size <= max) return;
        ids.delete(id);
      }
    }
  }
}
