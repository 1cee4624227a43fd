// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes } from "#platform";

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeLength = 10;
const randomLength = 16;

/**
 * Makes unique ids that sort by creation time: ULIDs (https://github.com/ulid/spec). The ids of one instance always ascend,
 * even if the clock is set back.
 */
export class EntryIds {
  #timeMs = 0;
  #random: number[] = [];

  next(nowMs: number): string {
    if (nowMs > this.#timeMs || !this.#increment()) {
      this.#timeMs = Math.max(nowMs, this.#timeMs + (nowMs > this.#timeMs ? 0 : 1));
      this.#random = Array.from(randomBytes(randomLength), (byte) => byte & 31);
    }
    let time = "";
    for (let rest = this.#timeMs, i = 0; i < timeLength; ++i, rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
    return time + this.#random.map((digit) => digits[digit]).join("");
  }

  /** False if there is no higher id in this millisecond. */
  #increment(): boolean {
    for (let place = this.#random.length - 1; place >= 0; --place) {
      const digit = this.#random[place]!;
      this.#random[place] = (digit + 1) % 32;
      if (digit < 31) return true;
    }
    return false;
  }
}
