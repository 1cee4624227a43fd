// SPDX-License-Identifier: GPL-3.0-or-later

const minRangeMs = 10_000;
const maxRangeMs = 800 * 86_400_000; // longer than Vigie stores anything

/** The visible time range, ms since the epoch. If live, it ends at the present. */
export interface View {
  fromMs: number;
  toMs: number;
  isLive: boolean;
}

/** The time range that all charts share. */
export class Timeline {
  #rangeMs: number;
  #endMs: number | undefined; // none: the present
  #presentMs: number;
  readonly #listeners: ((view: View) => void)[] = [];

  /** `presentMs`: an estimate, until Vigie reports its time. */
  constructor(rangeMs: number, presentMs: number) {
    this.#rangeMs = rangeMs;
    this.#presentMs = presentMs;
  }

  get presentMs(): number {
    return this.#presentMs;
  }

  get view(): View {
    const toMs = this.#endMs ?? this.#presentMs;
    return { fromMs: toMs - this.#rangeMs, toMs, isLive: this.#endMs === undefined };
  }

  onChange(listener: (view: View) => void): void {
    this.#listeners.push(listener);
  }

  /** Sets the present to Vigie's clock, which may be set back. */
  setPresent(ms: number): void {
    if (ms === this.#presentMs) return;
    this.#presentMs = ms;
    if (this.#endMs === undefined) this.#tell();
  }

  setRange(rangeMs: number): void {
    this.#rangeMs = Math.min(maxRangeMs, Math.max(minRangeMs, rangeMs));
    this.#tell();
  }

  show(fromMs: number, toMs: number): void {
    this.#rangeMs = Math.min(maxRangeMs, Math.max(minRangeMs, toMs - fromMs));
    this.#goTo(fromMs + (toMs - fromMs + this.#rangeMs) / 2);
  }

  /** Moves by `share` of the range; negative: back. */
  move(share: number): void {
    this.#goTo(this.view.toMs + share * this.#rangeMs);
  }

  moveTo(toMs: number): void {
    this.#goTo(toMs);
  }

  /** Scales the range by `factor`; keeps the moment at `share` of its width in place. */
  zoom(factor: number, share = 1): void {
    const { fromMs, isLive } = this.view;
    const keptMs = fromMs + share * this.#rangeMs;
    this.#rangeMs = Math.min(maxRangeMs, Math.max(minRangeMs, this.#rangeMs * factor));
    if (isLive && share > 0.95) this.#tell();
    else this.#goTo(keptMs + (1 - share) * this.#rangeMs);
  }

  toPresent(): void {
    this.#endMs = undefined;
    this.#tell();
  }

  #goTo(endMs: number): void {
    this.#endMs = endMs >= this.#presentMs ? undefined : endMs;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.view);
  }
}
