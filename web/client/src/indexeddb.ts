// SPDX-License-Identifier: GPL-3.0-or-later
import type { EntryStorage, QueuedEntry } from "./queue.js";

const store = "entries";

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("The browser stored nothing."));
  });
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Stores a page's entries in IndexedDB, in a database for each application. */
export class IndexedDbStorage implements EntryStorage {
  readonly #name: string;
  #opened: Promise<IDBDatabase> | undefined;

  constructor(name = "vigie-client") {
    this.#name = name;
  }

  async load(): Promise<QueuedEntry[]> {
    const database = await this.#open();
    // Ids ascend, so the order of the keys is the order of arrival.
    return answer<QueuedEntry[]>(database.transaction(store).objectStore(store).getAll());
  }

  async append(entries: readonly QueuedEntry[]): Promise<void> {
    const transaction = (await this.#open()).transaction(store, "readwrite");
    for (const entry of entries) transaction.objectStore(store).put(entry);
    await done(transaction);
  }

  async remove(entries: readonly QueuedEntry[]): Promise<void> {
    const transaction = (await this.#open()).transaction(store, "readwrite");
    for (const { id } of entries) transaction.objectStore(store).delete(id);
    await done(transaction);
  }

  async close(): Promise<void> {
    (await this.#opened)?.close();
    this.#opened = undefined;
  }

  #open(): Promise<IDBDatabase> {
    this.#opened ??= (() => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
      return answer(request);
    })();
    return this.#opened;
  }
}
