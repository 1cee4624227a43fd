// SPDX-License-Identifier: GPL-3.0-or-later
import { severityOf, type LogEntry, type Severity } from "vigie-client";
import type { Api } from "./api.js";
import type { StoredCounts } from "./lograte.js";

const againMs = 5_000;
const aheadMs = 366 * 86_400_000; // entries may bear later times than Vigie's own

/** How many entries of an application are stored, of each level: asked for once, and counted on as they come. */
export class StoredTotals {
  #counts: Map<Severity, number> | undefined;
  #isAsking = false;
  #isUnsure = false; // some came while it was asked: the answer may have them, or not
  #timer: ReturnType<typeof setTimeout> | undefined;

  onChange: () => void = () => {};

  constructor(private readonly api: Pick<Api, "counts">, private readonly appId: string, private readonly presentMs: () => number) {}

  /** undefined: not known. */
  get counts(): ReadonlyMap<Severity, number> | undefined {
    return this.#counts;
  }

  /** Of these levels; empty: of all. undefined: not known. */
  of(levels: readonly Severity[] = []): number | undefined {
    if (!this.#counts) return undefined;
    const wanted = levels.length > 0 ? levels : [...this.#counts.keys()];
    return wanted.reduce((sum, severity) => sum + (this.#counts!.get(severity) ?? 0), 0);
  }

  add(entries: readonly LogEntry[]): void {
    this.#isUnsure ||= this.#isAsking && entries.length > 0;
    if (!this.#counts) return;
    for (const { level } of entries) this.#add(severityOf(level), 1);
    this.onChange();
  }

  cleared(): void {
    this.#counts = new Map();
    this.onChange();
  }

  end(): void {
    this.onChange = () => {};
    clearTimeout(this.#timer);
  }

  /** Asks anew. Without an answer, the totals stay as they are. */
  async ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#isUnsure = false;
    clearTimeout(this.#timer);
    const endMs = Math.floor(this.presentMs()) + aheadMs;
    try {
      const counts: StoredCounts = await this.api.counts(this.appId, 0, endMs, endMs, "totals");
      this.#counts = new Map();
      for (const [severity, list] of Object.entries(counts.levels) as [Severity, number[]][]) {
        for (const count of list) this.#add(severity, count);
      }
      this.onChange();
    } catch {
      // The list says by itself that Vigie does not answer.
    } finally {
      this.#isAsking = false;
      if (this.#isUnsure) this.#timer = setTimeout(() => void this.ask(), againMs);
    }
  }

  #add(severity: Severity, count: number): void {
    this.#counts!.set(severity, (this.#counts!.get(severity) ?? 0) + count);
  }
}
