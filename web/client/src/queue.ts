// SPDX-License-Identifier: GPL-3.0-or-later
import { byteLength } from "./entry.js";

/** An entry that waits, with the text it is sent as. */
export interface QueuedEntry {
  id: string;
  json: string;
}

/**
 * Where entries wait besides memory, so that they outlive the program or the page. Calls come one after the other,
 * each when the one before is done.
 */
export interface EntryStorage {
  /** What an earlier run left, in the order it came. */
  load(): Promise<QueuedEntry[]>;
  append(entries: readonly QueuedEntry[]): Promise<void>;
  /** The program ends with this call: an append() of these may be on its way, or have to wait. */
  appendNow?(entries: readonly QueuedEntry[]): void;
  /** These are safe in Vigie, or given up: they are the oldest of what is stored, or some of them. */
  remove(entries: readonly QueuedEntry[]): Promise<void>;
  /** The client is closed; what is stored stays. */
  close(): Promise<void>;
}

/**
 * Entries on their way to Vigie, oldest first. The first of them are sent, in batches, and wait for their
 * acknowledgement; the rest wait to be sent.
 */
export class EntryQueue {
  readonly #most: number;
  #entries: QueuedEntry[] = [];
  #batches: number[] = []; // how many entries each has that was sent
  #sent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#entries.length;
  }
  get isFull(): boolean {
    return this.#entries.length >= this.#most;
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

  /** Puts what an earlier run left before all others; nothing must have been sent. */
  putFirst(entries: readonly QueuedEntry[]): void {
    this.#entries = [...entries, ...this.#entries];
  }

  /** Gives up the oldest entry that was not sent. */
  dropOldest(): QueuedEntry | undefined {
    return this.unsent > 0 ? this.#entries.splice(this.#sent, 1)[0] : undefined;
  }

  /** The next batch to send: no more than `most` entries, and of no more than `mostBytes` of UTF-8 if it has two. */
  take(most: number, mostBytes: number): readonly QueuedEntry[] {
    let end = this.#sent;
    for (let bytes = 0; end < this.#entries.length && end - this.#sent < most; ++end) {
      bytes += byteLength(this.#entries[end]!.json) + 1; // and a comma
      if (bytes > mostBytes && end > this.#sent) break;
    }
    const batch = this.#entries.slice(this.#sent, end);
    if (batch.length > 0) this.#batches.push(batch.length);
    this.#sent = end;
    return batch;
  }

  /** The oldest that was sent. */
  get oldestBatch(): readonly QueuedEntry[] {
    return this.#entries.slice(0, this.#batches[0] ?? 0);
  }

  /** The oldest batch that was sent is done with. */
  finishBatch(): readonly QueuedEntry[] {
    const length = this.#batches.shift() ?? 0;
    this.#sent -= length;
    return this.#entries.splice(0, length);
  }

  /** Nothing that was sent has come: all of it is to be sent again. */
  unsend(): void {
    this.#sent = 0;
    this.#batches = [];
  }
}
