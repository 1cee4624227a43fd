// SPDX-License-Identifier: GPL-3.0-or-later
import { byteLength } from "./entry.js";

/** A queued entry and its JSON. */
export interface QueuedEntry {
  id: string;
  json: string;
}

/**
 * Persistent storage for queued entries, so that they outlive the program or page. Calls are serialised: each starts when the
 * one before is done.
 */
export interface EntryStorage {
  /** The entries that an earlier run left, in order. */
  load(): Promise<QueuedEntry[]>;
  append(entries: readonly QueuedEntry[]): Promise<void>;
  /** The program ends after this call. An append() of the same entries may be in progress or pending. */
  appendNow?(entries: readonly QueuedEntry[]): void;
  /** These entries were stored by Vigie or dropped. They are among the oldest stored here. */
  remove(entries: readonly QueuedEntry[]): Promise<void>;
  /** The client is closed. Keep what is stored. */
  close(): Promise<void>;
}

/**
 * The queue of entries for Vigie, oldest first. At the front are batches that were sent and await their acknowledgement; then
 * come unsent entries.
 */
export class EntryQueue {
  readonly #max: number;
  #entries: QueuedEntry[] = [];
  #batches: number[] = []; // size of each batch in flight
  #sent = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get length(): number {
    return this.#entries.length;
  }
  get isFull(): boolean {
    return this.#entries.length >= this.#max;
  }
  get batchesSent(): number {
    return this.#batches.length;
  }
  get unsent(): number {
    return this.#entries.length - this.#sent;
  }

  push(entry: QueuedEntry): void {
    this.#entries.push(entry);
  }

  /** Adds the entries of an earlier run at the front. Nothing may have been sent yet. */
  putFirst(entries: readonly QueuedEntry[]): void {
    this.#entries = [...entries, ...this.#entries];
  }

  /** Drops the oldest unsent entry. */
  dropOldest(): QueuedEntry | undefined {
    return this.unsent > 0 ? this.#entries.splice(this.#sent, 1)[0] : undefined;
  }

  /** Takes the next batch to send: at most `max` entries and `maxBytes` of UTF-8, but at least one entry. */
  take(max: number, maxBytes: number): readonly QueuedEntry[] {
    let end = this.#sent;
    for (let bytes = 0; end < this.#entries.length && end - this.#sent < max; ++end) {
      bytes += byteLength(this.#entries[end]!.json) + 1; // plus a comma
      if (bytes > maxBytes && end > this.#sent) break;
    }
    const batch = this.#entries.slice(this.#sent, end);
    if (batch.length > 0) this.#batches.push(batch.length);
    this.#sent = end;
    return batch;
  }

  /** The oldest batch in flight. */
  get oldestBatch(): readonly QueuedEntry[] {
    return this.#entries.slice(0, this.#batches[0] ?? 0);
  }

  /** Removes the oldest batch in flight. */
  finishBatch(): readonly QueuedEntry[] {
    const length = this.#batches.shift() ?? 0;
    this.#sent -= length;
    return this.#entries.splice(0, length);
  }

  /** Everything in flight was lost and must be sent again. */
  unsend(): void {
    this.#sent = 0;
    this.#batches = [];
  }
}
