// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogLine } from "./logstore.js";

/** The selected range of lines, from one line to another in either direction, whether visible or not. */
export class LineSelection {
  #anchor: LogLine | undefined;
  #current: LogLine | undefined;

  /** The end from which the selection is extended. */
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

  /** Indexes of the first and last selected line in `shown`. */
  range(shown: readonly LogLine[]): [first: number, last: number] | undefined {
    if (!this.#anchor || !this.#current) return undefined;
    // A line that is no longer held was before all that are.
    const places = [this.#anchor, this.#current].map((line) => shown.lastIndexOf(line));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    return last < 0 ? undefined : [Math.max(0, first), last];
  }

  /** The shown lines changed. */
  keep(shown: readonly LogLine[]): void {
    if (this.#current && !shown.includes(this.#current)) this.set(undefined);
    else if (this.#anchor && !shown.includes(this.#anchor)) this.#anchor = this.#current;
  }
}
