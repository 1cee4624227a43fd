// SPDX-License-Identifier: GPL-3.0-or-later
import { Signal } from "./signal.js";

/** Where the pointer or the keyboard points, on all charts at once. */
export interface Pointed {
  timeMs: number;
  /** The chart that is pointed at. */
  on: HTMLElement;
  /** Pixels from the top of its plot; none: by the keyboard. */
  y: number | undefined;
}

/** The crosshair that all charts share; undefined: nothing is pointed at. */
export class Crosshair extends Signal<Pointed | undefined> {
  constructor() {
    super(undefined);
  }

  /** Hides it if this chart is pointed at. */
  leave(on: HTMLElement): void {
    if (this.value?.on === on) this.set(undefined);
  }
}
