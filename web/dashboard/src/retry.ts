// SPDX-License-Identifier: GPL-3.0-or-later

const firstMs = 1_000;
const maxMs = 30_000;

/** Retries a failed action: after a wait that doubles each time, if that may help, or at once on request. */
export class Retry {
  #failures = 0;
  #isWaiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly action: () => void) {}

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** `mayHelp`: false waits for now(). */
  failed(mayHelp = true): void {
    this.#stopWaiting();
    this.#isWaiting = true;
    if (!mayHelp) return;
    const boundMs = Math.min(maxMs, firstMs * 2 ** Math.min(this.#failures++, 10));
    // Jitter, so that pages do not retry at the same moment.
    this.#timer = setTimeout(() => this.now(), boundMs * (0.5 + Math.random() / 2));
  }

  /** Cancels the retry. */
  succeeded(): void {
    this.#stopWaiting();
    this.#failures = 0;
  }

  /** Retries now if a retry is pending. */
  now(): void {
    if (!this.isWaiting) return;
    this.#stopWaiting();
    this.action();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#isWaiting = false;
  }
}
