// SPDX-License-Identifier: GPL-3.0-or-later

const missedBeats = 3;
const sleptMs = 1_500;

/** Whether something that is to be heard every `beatMs` is heard. Times are of a clock that only goes forward. */
export class Pulse {
  #heardMs = -Infinity;
  #lookedMs = -Infinity;

  constructor(private readonly beatMs: number) {}

  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /** True once three beats are missed. To be asked about twice a second. */
  isMissed(nowMs: number): boolean {
    // Who was not awake has not listened: what came meanwhile is yet to be heard.
    if (nowMs - this.#lookedMs > sleptMs) this.#heardMs = nowMs;
    this.#lookedMs = nowMs;
    return nowMs - this.#heardMs > (missedBeats + 0.5) * this.beatMs;
  }
}
