// SPDX-License-Identifier: GPL-3.0-or-later
import type { Source } from "./api.js";

/** How many entries a second came of each source between two looks. */
export class SourceRates {
  #looks = new Map<string, { entries: number; atMs: number }>();

  /** By id; those seen for the first time have none. */
  look(sources: readonly Source[], atMs: number): Map<string, number> {
    const rates = new Map<string, number>();
    const looks = new Map<string, { entries: number; atMs: number }>();
    for (const { id, entries } of sources) {
      const before = this.#looks.get(id);
      if (before && atMs > before.atMs && entries >= before.entries) rates.set(id, ((entries - before.entries) * 1000) / (atMs - before.atMs));
      looks.set(id, { entries, atMs });
    }
    this.#looks = looks;
    return rates;
  }
}
