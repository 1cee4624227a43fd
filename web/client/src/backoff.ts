// SPDX-License-Identifier: GPL-3.0-or-later

export interface BackoffOptions {
  /** The longest first wait. */
  baseMs?: number;
  /** The longest wait of all. */
  capMs?: number;
}

/**
 * How long to wait before each attempt: anything from nothing to a bound that doubles, so that many clients of one
 * server do not come back at the same moment ("full jitter").
 */
export class Backoff {
  readonly #baseMs: number;
  readonly #capMs: number;
  readonly #random: () => number;
  #attempt = 0;

  constructor({ baseMs = 500, capMs = 30_000 }: BackoffOptions = {}, random: () => number = Math.random) {
    this.#baseMs = baseMs;
    this.#capMs = capMs;
    this.#random = random;
  }

  get attempt(): number {
    return this.#attempt;
  }

  /** The wait before the next attempt, in ms. */
  next(): number {
    const bound = Math.min(this.#capMs, this.#baseMs * 2 ** Math.min(this.#attempt, 30));
    ++this.#attempt;
    return this.#random() * bound;
  }

  reset(): void {
    this.#attempt = 0;
  }
}
