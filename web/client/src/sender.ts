// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeExit } from "#platform";
import { EntryIds } from "./entryid.js";
import { makeEntry, mostFrameBytes, wireText } from "./entry.js";
import { Listeners } from "./listeners.js";
import type { LogsAck, ServerError } from "./messages.js";
import { EntryQueue, type EntryStorage, type QueuedEntry } from "./queue.js";

export interface QueueOptions {
  /** How many entries may wait; 10,000 if absent. */
  maxEntries?: number;
  /** When they do: give up the oldest and tell onDropped (this, if absent), or let log() throw. */
  whenFull?: "dropOldest" | "throw";
  /** Where they wait besides memory. */
  storage?: EntryStorage;
}

/** Entries that will never be in Vigie, and why. */
export interface Dropped {
  reason: "queueFull" | "refused";
  ids: string[];
  message: string;
}

const gatherMs = 10;
const batchEntries = 500;
const heldUpMs = 10_000;
const batchesAhead = 4; // 2,000 entries: Vigie knows the last 10,000 ids of an application

/** What is wrong with a message, and not with who sends it, or when. */
const codesOfMessages = new Set(["invalid_json", "invalid_message", "batch_too_large"]);

/** Sees to it that each entry it is given is in Vigie once, in order. */
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
  #repliesToIgnore = 0; // of batches that are to be sent again
  #isHeldUp = false; // Vigie took nothing when it was last tried
  #isWaiting = false; // until it is tried again
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

  /** Entries that are not yet known to be in Vigie. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Takes an entry and gives its id. */
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

  /** Resolves when all entries given so far are in Vigie, or given up. */
  flushed(): Promise<void> {
    return this.#when(() => this.#isLoaded && this.#queue.length === 0).then(() => this.#storing);
  }

  /** Resolves when another entry can be taken without giving one up. */
  roomy(): Promise<void> {
    return this.#when(() => !this.#queue.isFull);
  }

  signedIn(): void {
    this.#isSignedIn = true;
    this.#isHeldUp = false; // as far as we know
    this.#retry();
  }

  /** What was sent and not acknowledged may not have come. */
  disconnected(): void {
    this.#isSignedIn = false;
    this.#repliesToIgnore = 0;
    this.#queue.unsend();
  }

  /** Vigie has taken a batch, all of it or all but some entries: these will never be in it. */
  acknowledged({ count, lastId, refused: list }: LogsAck): void {
    if (this.#isStale()) return;
    const refused = Array.isArray(list) ? list : [];
    const batch = this.#queue.oldestBatch;
    // An entry that was given another id may be the last.
    if (batch.at(-1)?.id !== lastId && count + refused.length !== batch.length) return;
    this.#finish(this.#queue.finishBatch());
    for (const { index, message } of refused) if (batch[index]) this.#tellRefused(batch[index], message);
    this.#batchLimit = batchEntries;
    this.#isHeldUp = false;
    this.#pump();
  }

  /** Vigie took none of a batch, or not all. Whether that is seen to, and need not be told. */
  refused(error: ServerError): boolean {
    if (error.code === "entries_refused") return this.#queue.batchesSent > 0; // the acknowledgement says so, too
    if (this.#repliesToIgnore === 0 && this.#queue.batchesSent === 0) return false; // there is no such message
    if (this.#isStale()) return true;
    const isHeldUp = this.#isHeldUp;
    if (codesOfMessages.has(error.code)) this.#narrow(error.message);
    else this.#holdUp();
    this.#queue.unsend();
    this.#pump();
    return isHeldUp || !this.#isHeldUp;
  }

  /** Which entry it is Vigie does not say, so they come again, each time in smaller parts. */
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

  /** It would take none of ours: they wait, and are sent again later. */
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

  /** Sends no more; resolves when what is stored is in its place. */
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
    if (!oldest) return; // all are on their way: one more waits than should
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
    // While a batch is being parted there is only one at a time, so that a refusal tells which.
    const ahead = this.#batchLimit < batchEntries || this.#isHeldUp ? 1 : batchesAhead;
    const maySend = this.#isSignedIn && this.#isLoaded && !this.#isWaiting && this.#repliesToIgnore === 0;
    while (maySend && this.#queue.unsent > 0 && this.#queue.batchesSent < ahead) {
      const batch = this.#queue.take(this.#batchLimit, mostFrameBytes);
      const entries = batch.map((entry) => entry.json).join(",");
      if (!this.#send(`{"type":"logs","data":{"logs":[${entries}],"ack":true}}`)) return this.disconnected();
    }
  }

  #finish(entries: readonly QueuedEntry[]): void {
    if (this.#storage && entries.length > 0) this.#store(() => this.#storage!.remove(entries));
    this.#tellWaiters();
  }

  /** One after the other; one that fails keeps its entries in memory only, which is told. */
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
