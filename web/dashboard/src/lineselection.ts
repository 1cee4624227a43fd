// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogLine } from "./logstore.js";

/** The lines that are chosen: from one to another, whichever comes first, whether they are in view or not. */
export class LineSelection {
  #anchor: LogLine | undefined;
  #current: LogLine | undefined;

  /** Where it goes on from. */
  get current(): LogLine | undefined {
    return this.#current;
  }
  get isOne(): boolean {
    return this.#anchor === this.#current;
  }

  set(line: LogLine | undefined): void {
    this.#anchor = this.#current = line;
  }

  extend(line: LogLine): void {
    this.#anchor ??= line;
    this.#current = line;
  }

  /** The first and the last of `shown` that are chosen. */
  range(shown: readonly LogLine[]): [first: number, last: number] | undefined {
    if (!this.#anchor || !this.#current) return undefined;
    // One that is held no longer was before all that are.
    const places = [this.#anchor, this.#current].map((line) => shown.lastIndexOf(line));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    return last < 0 ? undefined : [Math.max(0, first), last];
  }

  /** Other lines are shown. */
  keep(shown: readonly LogLine[]): void {
    if (this.#current && !shown.includes(this.#current)) this.set(undefined);
    else if (this.#anchor && !shown.includes(this.#anchor)) this.#anchor = this.#current;
  }
}
