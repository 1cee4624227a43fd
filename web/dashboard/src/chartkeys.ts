// SPDX-License-Identifier: GPL-3.0-or-later
import type { Crosshair } from "./crosshair.js";
import type { Timeline } from "./timeline.js";

const leap = 10;

/** Moves the crosshair of a focused chart by keys, from value to value, and pins the moment. */
export class ChartKeys {
  /** `times`: of the values in view, ascending. `say`: tells what stands at a moment. */
  constructor(
    private readonly area: HTMLElement, private readonly times: () => readonly number[], private readonly timeline: Timeline,
    private readonly crosshair: Crosshair, private readonly say: (timeMs: number) => void,
  ) {
    area.tabIndex = 0;
    area.setAttribute("role", "application");
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("blur", () => crosshair.leave(area));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pointed = this.crosshair.value?.on === this.area ? this.crosshair.value.timeMs : undefined;
    const steps = event.shiftKey ? leap : 1;
    const step = { ArrowLeft: -steps, ArrowRight: steps, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) this.#move(pointed, step);
    else if (event.key === "Enter" && pointed !== undefined) this.timeline.pin(pointed);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(pointed: number | undefined, step: number): void {
    const times = this.times();
    if (times.length === 0) return;
    // The crosshair begins at the newest value.
    const after = times.findIndex((time) => time >= (pointed ?? Infinity));
    const at = after < 0 ? times.length - (pointed === undefined && step < 0 ? 0 : 1) : after;
    const timeMs = times[Math.max(0, Math.min(times.length - 1, at + step))]!;
    this.crosshair.set({ timeMs, on: this.area, y: undefined });
    this.say(timeMs);
  }
}
