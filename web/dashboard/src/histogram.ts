// SPDX-License-Identifier: GPL-3.0-or-later
import { severities } from "vigie-client";
import { element } from "./dom.js";
import type { LogRate } from "./lograte.js";
import type { Colours } from "./theme.js";
import type { View } from "./timeline.js";

const barPixels = 6;

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
  }

  /** `summary`: what is to be seen, in words. */
  draw(rate: LogRate, view: View, colours: Colours, perSecond: (rate: number) => string, summary: string): void {
    this.#view = view;
    this.#canvas.setAttribute("aria-label", summary);
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
