// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Severity } from "vigie-client";
import { ChartTip } from "./charttip.js";
import { element } from "./dom.js";
import type { Format } from "./format.js";
import type { LogRate } from "./lograte.js";
import type { Colours } from "./theme.js";
import type { View } from "./timeline.js";
import { timeMarks } from "./timemarks.js";

const barPixels = 6;
const labelPixels = 90; // distance of ticks on the time axis
const axisPixels = 16;

export interface HistogramLook {
  colours: Colours;
  format: Format;
  /** Formats the number of entries in a step. */
  rate: (count: number, stepMs: number) => string;
  levelName: (severity: Severity) => string;
  /** A description of the chart in words. */
  summary: string;
}

/** A bar chart of entries over time, coloured by severity. */
export class Histogram {
  readonly root = element("section", { className: "histogram" });
  readonly #title = element("h2", {});
  readonly #maxRate = element("span", { className: "figures" });
  readonly #canvas = element("canvas", { attributes: { role: "img" } });
  readonly #stretch = element("button", { className: "quiet small", hidden: true });
  readonly #problem = element("span", { className: "missing", attributes: { role: "status" } });
  readonly #tip = new ChartTip();
  #view: View | undefined;
  #drawn: { rate: LogRate; look: HistogramLook } | undefined;

  /** The size changed, so the chart must be redrawn. */
  onResize: () => void = () => {};
  /** Show the entries of the selected time range. */
  onStretch: (view: View) => void = () => {};
  onMoment: (timeMs: number) => void = () => {};

  constructor() {
    this.root.append(element("header", {}, this.#title, this.#stretch, this.#problem, this.#maxRate),
                     element("div", { className: "bars" }, this.#canvas, this.#tip.root));
    new ResizeObserver(() => this.onResize()).observe(this.#canvas);
    this.#stretch.onclick = () => this.#view && this.onStretch(this.#view);
    this.#canvas.addEventListener("click", (event) => {
      if (!this.#view) return;
      const share = event.offsetX / this.#canvas.clientWidth;
      this.onMoment(this.#view.fromMs + share * (this.#view.toMs - this.#view.fromMs));
    });
    this.#canvas.addEventListener("mousemove", (event) => this.#showTip(event.offsetX));
    this.#canvas.addEventListener("mouseleave", () => this.#tip.hide());
  }

  get bars(): number {
    return Math.max(1, Math.floor(this.#canvas.clientWidth / barPixels));
  }

  setTexts(title: string, showStretch: string): void {
    this.#title.textContent = title;
    this.#stretch.textContent = showStretch;
  }

  /** Why some entries are not counted; empty: all are. */
  setProblem(text: string): void {
    if (this.#problem.textContent !== text) this.#problem.textContent = text;
    this.#problem.title = text;
  }

  draw(rate: LogRate, view: View, look: HistogramLook): void {
    const { colours } = look;
    this.#drawn = { rate, look };
    this.#view = view;
    this.#stretch.hidden = view.isLive;
    this.#canvas.setAttribute("aria-label", look.summary);
    const { clientWidth: width, clientHeight } = this.#canvas;
    const height = clientHeight - axisPixels;
    const scale = devicePixelRatio;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(clientHeight * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(clientHeight * scale);
    }
    const context = this.#canvas.getContext("2d")!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, clientHeight);
    context.fillStyle = colours.grid;
    context.fillRect(0, height - 1, width, 1);
    const pixelsPerMs = width / (view.toMs - view.fromMs);
    this.#drawTimes(context, view, pixelsPerMs, look);
    const max = rate.max;
    this.#maxRate.textContent = max > 0 ? look.rate(max, rate.stepMs) : "";
    if (max === 0) return;
    rate.counts.forEach((step, i) => {
      const left = (rate.fromMs + i * rate.stepMs - view.fromMs) * pixelsPerMs;
      let bottom = height;
      for (const severity of [...severities].reverse()) {
        const count = step.get(severity) ?? 0;
        if (count === 0) continue;
        const tall = Math.max(1, (count / max) * (height - 2));
        context.fillStyle = colours.levels[severity]!;
        context.fillRect(left + 0.5, bottom - tall, Math.max(1, rate.stepMs * pixelsPerMs - 1), tall);
        bottom -= tall;
      }
    });
  }

  #showTip(x: number): void {
    if (!this.#drawn || !this.#view) return;
    const { rate, look: { colours, format, levelName } } = this.#drawn;
    const { fromMs, toMs } = this.#view;
    const width = this.#canvas.clientWidth;
    const step = Math.floor((fromMs + (x / width) * (toMs - fromMs) - rate.fromMs) / rate.stepMs);
    const counts = [...severities].reverse().flatMap((severity) => {
      const count = rate.counts[step]?.get(severity) ?? 0;
      return count > 0 ? [{ label: levelName(severity), colour: colours.levels[severity]!, value: format.count(count) }] : [];
    });
    const beginMs = rate.fromMs + step * rate.stepMs;
    if (counts.length === 0) this.#tip.hide();
    else this.#tip.show(`${format.moment(beginMs)} – ${format.time(beginMs + rate.stepMs)}`, counts, x, width);
  }

  #drawTimes(context: CanvasRenderingContext2D, view: View, pixelsPerMs: number, { colours, format }: HistogramLook): void {
    const { times, stepMs } = timeMarks(view.fromMs, view.toMs, labelPixels / pixelsPerMs);
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = colours.muted;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    for (const ms of times) {
      const x = (ms - view.fromMs) * pixelsPerMs;
      const text = format.tick(ms, stepMs);
      const half = context.measureText(text).width / 2;
      if (x >= half && x + half <= this.#canvas.clientWidth) context.fillText(text, x, this.#canvas.clientHeight);
    }
  }
}
