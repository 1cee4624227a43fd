// SPDX-License-Identifier: GPL-3.0-or-later

const minRangeMs = 10_000;
const maxRangeMs = 800 * 86_400_000; // longer than Vigie stores anything
const maxZooms = 50; // remembered
const liveShare = 0.95; // a zoom further right than this keeps the present

/** The visible time range, ms since the epoch. If live, it ends at the present. */
export interface View {
  fromMs: number;
  toMs: number;
  isLive: boolean;
}

interface Place {
  rangeMs: number;
  endMs: number | undefined; // none: the present
}

/**
 * The one time that charts, bars, log and processes share: the stretch shown, whether it is live, and the moment that is pinned.
 * With a moment pinned it is never live.
 */
export class Timeline {
  #rangeMs: number;
  #endMs: number | undefined; // none: the present
  #presentMs: number;
  #momentMs: number | undefined;
  #isPaused = false;
  #isPausedByPin = false;
  #isZooming = false; // a run of steps is one zoom
  #zooms: Place[] = [];
  readonly #listeners: ((view: View) => void)[] = [];

  /** `presentMs`: an estimate, until Vigie reports its time. */
  constructor(rangeMs: number, presentMs: number) {
    this.#rangeMs = rangeMs;
    this.#presentMs = presentMs;
  }

  get presentMs(): number {
    return this.#presentMs;
  }
  get momentMs(): number | undefined {
    return this.#momentMs;
  }
  /** Frozen where it was live, and not moved since. */
  get isPaused(): boolean {
    return this.#isPaused;
  }
  get view(): View {
    const toMs = this.#endMs ?? this.#presentMs;
    return { fromMs: toMs - this.#rangeMs, toMs, isLive: this.#endMs === undefined };
  }

  /** Also called when the moment changes. */
  onChange(listener: (view: View) => void): void {
    this.#listeners.push(listener);
  }

  /** Sets the present to Vigie's clock, which may be set back. */
  setPresent(ms: number): void {
    if (ms === this.#presentMs) return;
    this.#presentMs = ms;
    if (this.#endMs === undefined) this.#tell();
  }

  /** Another range with the same end. What a pin holds it goes on holding. */
  setRange(rangeMs: number): void {
    this.#isPaused = this.#isZooming = false;
    this.#setRange(rangeMs);
    this.#tell();
  }

  /** Zooms to a stretch. */
  show(fromMs: number, toMs: number): void {
    this.beginZoom();
    this.place(fromMs, toMs);
  }

  /** Remembers the stretch for back(), before place() changes it step by step. */
  beginZoom(): void {
    this.#zooms.push({ rangeMs: this.#rangeMs, endMs: this.#endMs });
    if (this.#zooms.length > maxZooms) this.#zooms.shift();
  }

  /** Goes to a stretch without remembering the one before. */
  place(fromMs: number, toMs: number): void {
    this.#setRange(toMs - fromMs);
    this.#goTo(fromMs + (toMs - fromMs + this.#rangeMs) / 2);
  }

  /** Goes to a stretch that stays as it is, even if it ends later than now. */
  showPast(fromMs: number, toMs: number): void {
    this.beginZoom();
    this.#moved();
    this.#setRange(toMs - fromMs);
    this.#endMs = fromMs + (toMs - fromMs + this.#rangeMs) / 2;
    this.#tell();
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
    if (!this.#isZooming) this.beginZoom();
    this.#setRange(this.#rangeMs * factor);
    if (isLive && share > liveShare) this.#tell();
    else this.#goTo(keptMs + (1 - share) * this.#rangeMs);
    this.#isZooming = true;
  }

  /** Goes back to the stretch before the last zoom, or to now. One that was live is live again, with no moment pinned. */
  back(): void {
    const place = this.#zooms.pop();
    if (!place) return this.toPresent();
    if (place.endMs === undefined) this.#momentMs = undefined;
    this.#setRange(place.rangeMs);
    this.#goTo(place.endMs ?? Infinity);
  }

  /** Freezes the stretch as it is. */
  pause(): void {
    if (this.#endMs !== undefined) return;
    this.#endMs = this.#presentMs;
    this.#isPaused = true;
    this.#tell();
  }

  /** The one way back to now, for all that shows time. */
  toPresent(): void {
    this.#moved();
    this.#zooms = [];
    this.#endMs = undefined;
    this.#momentMs = undefined;
    this.#tell();
  }

  /** Pins a moment. Where time was live, it stands until the moment is unpinned. */
  pin(ms: number): void {
    const wholeMs = Math.round(ms); // as an address says it
    if (wholeMs === this.#momentMs) return;
    this.#momentMs = wholeMs;
    if (this.#endMs === undefined) {
      this.#endMs = this.#presentMs;
      this.#isPaused = this.#isPausedByPin = true;
    }
    this.#tell();
  }

  /** Pins a moment, and brings it to the middle of the stretch if it is not in view. */
  pinInView(ms: number): void {
    const { fromMs, toMs } = this.view;
    if (ms >= fromMs && ms <= toMs) return this.pin(ms);
    this.beginZoom();
    this.#momentMs = Math.round(ms);
    this.#goTo(ms + this.#rangeMs / 2);
  }

  /** False: no moment was pinned. */
  unpin(): boolean {
    if (this.#momentMs === undefined) return false;
    this.#momentMs = undefined;
    if (this.#isPausedByPin) {
      this.#moved();
      this.#endMs = undefined;
    }
    this.#tell();
    return true;
  }

  #setRange(rangeMs: number): void {
    this.#rangeMs = Math.min(maxRangeMs, Math.max(minRangeMs, rangeMs));
  }

  #goTo(endMs: number): void {
    this.#moved();
    const reached = Math.max(endMs, this.#presentMs - maxRangeMs + this.#rangeMs); // nothing is older
    if (reached < this.#presentMs) this.#endMs = reached;
    else this.#endMs = this.#momentMs === undefined ? undefined : this.#presentMs;
    this.#tell();
  }

  #moved(): void {
    this.#isPaused = this.#isPausedByPin = this.#isZooming = false;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.view);
  }
}
