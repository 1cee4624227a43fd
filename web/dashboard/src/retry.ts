// SPDX-License-Identifier: GPL-3.0-or-later

const firstMs = 1_000;
const longestMs = 30_000;

/** Does something again that failed: after a wait that doubles each time, or at once when told. */
export class Retry {
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly action: () => void) {}

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  failed(): void {
    this.#stopWaiting();
    const boundMs = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures++, 10));
    // Not all pages at the same moment.
    this.#timer = setTimeout(() => this.now(), boundMs * (0.5 + Math.random() / 2));
  }

  /** Nothing is to be done again. */
  succeeded(): void {
    this.#stopWaiting();
    this.#failures = 0;
  }

  /** If it waits, it waits no longer. */
  now(): void {
    if (!this.isWaiting) return;
    this.#stopWaiting();
    this.action();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
