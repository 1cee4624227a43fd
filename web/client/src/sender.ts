// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeExit } from "#platform";
import { EntryIds } from "./entryid.js";
import { makeEntry, maxFrameBytes, wireText } from "./entry.js";
import { Listeners } from "./listeners.js";
import type { LogsAck, ServerError } from "./messages.js";
import { EntryQueue, type EntryStorage, type QueuedEntry } from "./queue.js";

export interface QueueOptions {
  /** Size of the queue; default 10,000. */
  maxEntries?: number;
  /** When the queue is full: drop the oldest entry and call onDropped (the default), or let log() throw. */
  whenFull?: "dropOldest" | "throw";
  /** Stores queued entries persistently. */
  storage?: EntryStorage;
}

/** Entries that will never reach Vigie, and the reason. */
export interface Dropped {
  reason: "queueFull" | "refused";
  ids: string[];
  message: string;
}

const gatherMs = 10;
const batchEntries = 500;
const heldUpMs = 10_000;
const maxBatchesInFlight = 4; // 2,000 entries: Vigie remembers the last 10,000 ids of an application

/** Errors that are about a message's content, not its sender or time. */
const codesOfMessages = new Set(["invalid_json", "invalid_message", "batch_too_large"]);

/** Delivers each entry to Vigie once, in order. */
export class Sender {
  readonly dropped: Listeners<Dropped>;
  readonly failed = new Listeners<Error>();
  readonly #send: (text: string) => boolean;
  readonly #ids = new EntryIds();
  readonly #queue: EntryQueue;
  readonly #whenFull: "dropOldest" | "throw";
  readonly #storage: EntryStorage | undefined;
  #storing: Promise<void> = Promise.resolve();
  #toStore: QueuedEntry[] = [];
  #beingStored: QueuedEntry[] = [];
  #forgetExit: () => void = () => {};
  #isLoaded: boolean;
  #isSignedIn = false;
  #batchLimit = batchEntries;
  #repliesToIgnore = 0; // replies for batches that will be sent again
  #isHeldUp = false; // Vigie accepted nothing at the last attempt
  #isWaiting = false; // until the next attempt
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #waiters: { isMet: () => boolean; tell: () => void }[] = [];

  constructor(
    send: (text: string) => boolean, dropped: Listeners<Dropped>,
    { maxEntries = 10_000, whenFull = "dropOldest", storage }: QueueOptions = {},
  ) {
    this.#send = send;
    this.dropped = dropped;
    this.#queue = new EntryQueue(Math.max(1, maxEntries));
    this.#whenFull = whenFull;
    this.#storage = storage;
    this.#isLoaded = storage === undefined;
    if (!storage) return;
    if (storage.appendNow) this.#forgetExit = beforeExit(() => storage.appendNow!([...this.#beingStored, ...this.#toStore]));
    this.#store(async () => this.#takeStored(await storage.load())).finally(() => this.#start());
  }

  /** Number of entries not yet confirmed by Vigie. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Queues an entry and returns its id. */
  log(level: unknown, message: unknown, metadata: unknown, timestampMs: unknown): string {
    if (this.#queue.isFull) this.#makeRoom();
    const id = this.#ids.next(Date.now());
    const { json } = makeEntry(id, timestampMs, level, message, metadata);
    const entry = { id, json };
    this.#queue.push(entry);
    if (this.#storage) {
      if (this.#toStore.length === 0) this.#store(() => this.#append());
      this.#toStore.push(entry);
    }
    this.#pumpSoon();
    return id;
  }

  /** Resolves when every entry so far is safe in Vigie, or was dropped. */
  flushed(): Promise<void> {
    return this.#when(() => this.#isLoaded && this.#queue.length === 0).then(() => this.#storing);
  }

  /** Resolves when an entry can be queued without dropping one. */
  roomy(): Promise<void> {
    return this.#when(() => !this.#queue.isFull);
  }

  signedIn(): void {
    this.#isSignedIn = true;
    this.#isHeldUp = false; // unless we learn otherwise
    this.#retry();
  }

  /** Unacknowledged entries may not have arrived. */
  disconnected(): void {
    this.#isSignedIn = false;
    this.#repliesToIgnore = 0;
    this.#queue.unsend();
  }

  /** Vigie has accepted a batch, except perhaps some entries, which will never be stored. */
  acknowledged({ count, lastId, refused: list }: LogsAck): void {
    if (this.#isStale()) return;
    const refused = Array.isArray(list) ? list : [];
    const batch = this.#queue.oldestBatch;
    // If the last entry got another id, lastId differs.
    if (batch.at(-1)?.id !== lastId && count + refused.length !== batch.length) return;
    this.#finish(this.#queue.finishBatch());
    for (const { index, message } of refused) if (batch[index]) this.#tellRefused(batch[index], message);
    this.#batchLimit = batchEntries;
    this.#isHeldUp = false;
    this.#pump();
  }

  /** Vigie refused a batch or part of it. Returns whether this is handled and need not be reported. */
  refused(error: ServerError): boolean {
    if (error.code === "entries_refused") return this.#queue.batchesSent > 0; // the acknowledgement lists them, too
    if (this.#repliesToIgnore === 0 && this.#queue.batchesSent === 0) return false; // we have sent no such message
    if (this.#isStale()) return true;
    const isHeldUp = this.#isHeldUp;
    if (codesOfMessages.has(error.code)) this.#narrow(error.message);
    else this.#holdUp();
    this.#queue.unsend();
    this.#pump();
    return isHeldUp || !this.#isHeldUp;
  }

  /** Vigie does not say which entry is wrong, so send them again in ever smaller batches. */
  #narrow(message: string): void {
    if (this.#batchLimit > 1) {
      this.#batchLimit = Math.max(1, Math.floor(this.#batchLimit / 8));
      this.#repliesToIgnore = this.#queue.batchesSent - 1;
      return;
    }
    const entries = this.#queue.finishBatch();
    this.#finish(entries);
    for (const entry of entries) this.#tellRefused(entry, message);
    this.#batchLimit = batchEntries;
  }

  /** Vigie accepts nothing at the moment: keep the entries and retry later. */
  #holdUp(): void {
    this.#repliesToIgnore = this.#queue.batchesSent - 1;
    this.#isHeldUp = true;
    this.#isWaiting = true;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#retry(), heldUpMs);
  }

  #retry(): void {
    clearTimeout(this.#retryTimer);
    this.#isWaiting = false;
    this.#pump();
  }

  #tellRefused({ id }: QueuedEntry, message: string): void {
    this.dropped.tell({ reason: "refused", ids: [id], message });
  }

  #isStale(): boolean {
    if (this.#repliesToIgnore === 0) return this.#queue.batchesSent === 0;
    if (--this.#repliesToIgnore === 0) this.#pump();
    return true;
  }

  /** Stops sending. Resolves when pending storage operations are done. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#retryTimer);
    this.#isSignedIn = false;
    return this.#storage ? this.#store(() => this.#storage!.close()).finally(this.#forgetExit) : Promise.resolve();
  }

  async #append(): Promise<void> {
    this.#beingStored = this.#toStore.splice(0);
    await this.#storage!.append(this.#beingStored);
    this.#beingStored = [];
  }

  #makeRoom(): void {
    if (this.#whenFull === "throw") throw new Error("Too many entries wait to be sent to Vigie.");
    const oldest = this.#queue.dropOldest();
    if (!oldest) return; // all are in flight: exceed the limit by one
    if (this.#storage) this.#store(() => this.#storage!.remove([oldest]));
    this.dropped.tell({ reason: "queueFull", ids: [oldest.id], message: "Too many entries wait to be sent." });
  }

  #takeStored(entries: readonly QueuedEntry[]): void {
    this.#queue.putFirst(entries.map(({ id, json }) => ({ id, json: wireText(json) })));
  }

  #start(): void {
    this.#isLoaded = true;
    this.#pump();
    this.#tellWaiters();
  }

  #pumpSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#pump();
    }, gatherMs);
  }

  #pump(): void {
    // While narrowing down, keep one batch in flight, so that it is clear which one a refusal is about.
    const ahead = this.#batchLimit < batchEntries || this.#isHeldUp ? 1 : maxBatchesInFlight;
    const maySend = this.#isSignedIn && this.#isLoaded && !this.#isWaiting && this.#repliesToIgnore === 0;
    while (maySend && this.#queue.unsent > 0 && this.#queue.batchesSent < ahead) {
      const batch = this.#queue.take(this.#batchLimit, maxFrameBytes);
      const entries = batch.map((entry) => entry.json).join(",");
      if (!this.#send(`{"type":"logs","data":{"logs":[${entries}],"ack":true}}`)) return this.disconnected();
    }
  }

  #finish(entries: readonly QueuedEntry[]): void {
    if (this.#storage && entries.length > 0) this.#store(() => this.#storage!.remove(entries));
    this.#tellWaiters();
  }

  /** Runs storage operations one by one. If one fails, its entries remain in memory only, and the error is reported. */
  #store(action: () => Promise<void>): Promise<void> {
    this.#storing = this.#storing.then(action).catch((error: unknown) => {
      this.failed.tell(error instanceof Error ? error : new Error(String(error)));
    });
    return this.#storing;
  }

  #when(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    return new Promise((tell) => this.#waiters.push({ isMet, tell }));
  }

  #tellWaiters(): void {
    const met = this.#waiters.filter((waiter) => waiter.isMet());
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.tell();
  }
}
