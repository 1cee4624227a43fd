// SPDX-License-Identifier: GPL-3.0-or-later

export interface BackoffOptions {
  /** The upper bound of the first wait. */
  baseMs?: number;
  /** The upper bound of all waits. */
  capMs?: number;
}

/**
 * Exponential backoff with full jitter: each wait is random, from 0 to a bound that doubles. So many clients of one server do
 * not reconnect at the same moment.
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
