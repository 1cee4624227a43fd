// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Severity } from "vigie-client";
import { element } from "./dom.js";
import type { LogLine } from "./logstore.js";
import type { Colours } from "./theme.js";
import type { View } from "./timeline.js";

const barPixels = 6;

/** How many entries of each severity there are in equal steps of a view. */
export class LogRate {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly counts: Map<Severity, number>[];

  constructor(lines: readonly LogLine[], view: View, bars: number) {
    // Steps stand at fixed places in time, so that bars keep their shape while the view moves.
    this.stepMs = Math.max(1, Math.ceil((view.toMs - view.fromMs) / Math.max(1, bars)));
    this.fromMs = Math.floor(view.fromMs / this.stepMs) * this.stepMs;
    this.counts = Array.from({ length: Math.ceil((view.toMs - this.fromMs) / this.stepMs) + 1 }, () => new Map());
    for (const { entry, severity, isNote } of lines) {
      const step = this.counts[Math.floor((entry.timestamp - this.fromMs) / this.stepMs)];
      if (step && !isNote) step.set(severity, (step.get(severity) ?? 0) + 1);
    }
  }

  /** The steps with errors, by their middle. */
  errors(): { timeMs: number; count: number }[] {
    return this.counts.flatMap((step, i) => {
      const count = (step.get("error") ?? 0) + (step.get("fatal") ?? 0);
      return count > 0 ? [{ timeMs: this.fromMs + (i + 0.5) * this.stepMs, count }] : [];
    });
  }

  get most(): number {
    return this.counts.reduce((most, step) => Math.max(most, [...step.values()].reduce((a, b) => a + b, 0)), 0);
  }
}

/** Bars of entries over time, a colour for each severity. */
export class Histogram {
  readonly root = element("section", { className: "histogram" });
  readonly #title = element("h2", {});
  readonly #most = element("span", { className: "figures" });
  readonly #canvas = element("canvas", { attributes: { role: "img" } });
  #view: View | undefined;

  onMoment: (timeMs: number) => void = () => {};

  constructor() {
    this.root.append(element("header", {}, this.#title, this.#most), this.#canvas);
    this.#canvas.addEventListener("click", (event) => {
      if (!this.#view) return;
      const share = event.offsetX / this.#canvas.clientWidth;
      this.onMoment(this.#view.fromMs + share * (this.#view.toMs - this.#view.fromMs));
    });
  }

  get bars(): number {
    return Math.max(1, Math.floor(this.#canvas.clientWidth / barPixels));
  }

  setTitle(title: string): void {
    this.#title.textContent = title;
    this.#canvas.setAttribute("aria-label", title);
  }

  draw(rate: LogRate, view: View, colours: Colours, perSecond: (rate: number) => string): void {
    this.#view = view;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const scale = devicePixelRatio;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(height * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
    }
    const context = this.#canvas.getContext("2d")!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    context.fillStyle = colours.grid;
    context.fillRect(0, height - 1, width, 1);
    const most = rate.most;
    this.#most.textContent = most > 0 ? perSecond((most * 1000) / rate.stepMs) : "";
    if (most === 0) return;
    const pixelsPerMs = width / (view.toMs - view.fromMs);
    rate.counts.forEach((step, i) => {
      const left = (rate.fromMs + i * rate.stepMs - view.fromMs) * pixelsPerMs;
      let bottom = height;
      for (const severity of [...severities].reverse()) {
        const count = step.get(severity) ?? 0;
        if (count === 0) continue;
        const tall = Math.max(1, (count / most) * (height - 2));
        context.fillStyle = colours.levels[severity]!;
        context.fillRect(left + 0.5, bottom - tall, Math.max(1, rate.stepMs * pixelsPerMs - 1), tall);
        bottom -= tall;
      }
    });
  }
}
