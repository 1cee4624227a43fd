// SPDX-License-Identifier: GPL-3.0-or-later

const missedBeats = 3;
const sleptMs = 1_500;

/** Detects missing heartbeats of interval `beatMs`. Times are monotonic. */
export class Pulse {
  #heardMs = -Infinity;
  #lookedMs = -Infinity;

  constructor(private readonly beatMs: number) {}

  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /** True once three beats were missed. Call about twice a second. */
  isMissed(nowMs: number): boolean {
    // After sleep, the messages that arrived meanwhile are still unread: count from now.
    if (nowMs - this.#lookedMs > sleptMs) this.#heardMs = nowMs;
    this.#lookedMs = nowMs;
    return nowMs - this.#heardMs > (missedBeats + 0.5) * this.beatMs;
  }
}
