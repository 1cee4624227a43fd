// SPDX-License-Identifier: GPL-3.0-or-later
import { appendFileSync } from "node:fs";
import { open, rename, type FileHandle } from "node:fs/promises";
import type { EntryStorage, QueuedEntry } from "./queue.js";

const linesOf = (entries: Iterable<QueuedEntry>): string => [...entries].map((entry) => JSON.stringify(entry) + "\n").join("");

const maxRemoved = 1_000; // removed entries in the file before it is rewritten

/**
 * Stores a program's entries in a file of its own: one JSON line for each entry, and a line of ids for removed ones.
 * Everything logged survives the end of the program by an error or process.exit(). A signal may lose the last moment; a crash
 * of the machine may lose more.
 */
export class FileStorage implements EntryStorage {
  readonly #path: string;
  #file: FileHandle | undefined;
  #held = new Map<string, QueuedEntry>();
  #removed = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async load(): Promise<QueuedEntry[]> {
    this.#held.clear();
    this.#file = await open(this.#path, "a+");
    for (const line of (await this.#file.readFile("utf8")).split("\n")) this.#read(line);
    // Rewrite the file, so that a truncated last line is neither read nor appended to.
    await this.#writeAnew();
    return [...this.#held.values()];
  }

  async append(entries: readonly QueuedEntry[]): Promise<void> {
    for (const entry of entries) this.#held.set(entry.id, entry);
    await this.#file?.appendFile(linesOf(entries));
  }

  appendNow(entries: readonly QueuedEntry[]): void {
    // The line before may be incomplete, so start a new one. An entry written twice counts once.
    if (entries.length > 0) appendFileSync(this.#path, "\n" + linesOf(entries), { mode: 0o600 });
  }

  async remove(entries: readonly QueuedEntry[]): Promise<void> {
    for (const { id } of entries) this.#held.delete(id);
    this.#removed += entries.length;
    if (this.#held.size === 0) await this.#file?.truncate();
    else if (this.#removed > Math.max(maxRemoved, this.#held.size)) await this.#writeAnew();
    else await this.#file?.appendFile(JSON.stringify({ done: entries.map(({ id }) => id) }) + "\n");
    if (this.#held.size === 0) this.#removed = 0;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  #read(line: string): void {
    try {
      const said = JSON.parse(line) as Partial<QueuedEntry> & { done?: string[] };
      if (Array.isArray(said.done)) for (const id of said.done) this.#held.delete(id);
      else if (typeof said.id === "string" && typeof said.json === "string") {
        this.#held.set(said.id, { id: said.id, json: said.json });
      }
    } catch {
      // The line that was being written when the program ended.
    }
  }

  async #writeAnew(): Promise<void> {
    const beside = `${this.#path}.new`;
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(linesOf(this.#held.values()));
    } finally {
      await file.close();
    }
    await rename(beside, this.#path);
    await this.#file?.close();
    this.#file = await open(this.#path, "a");
    this.#removed = 0;
  }
}
