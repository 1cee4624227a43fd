// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Severity } from "vigie-client";
import type { AxisMark } from "./axistexts.js";
import type { Shared } from "./chart.js";
import { ChartKeys } from "./chartkeys.js";
import { ChartTip, type TipRow } from "./charttip.js";
import { element } from "./dom.js";
import type { Format } from "./format.js";
import type { LogRate } from "./lograte.js";
import { axisFont, drawMoment } from "./plotlook.js";
import type { Colours } from "./theme.js";
import { TimeGestures } from "./timegestures.js";
import type { View } from "./timeline.js";

const barPixels = 6;
const axisPixels = 16;

export interface HistogramLook {
  colours: Colours;
  format: Format;
  /** Formats the number of entries in a step. */
  rate: (count: number, stepMs: number) => string;
  levelName: (severity: Severity) => string;
  /** What stands at the ends of the time axis; undefined: marks, as between them. */
  ends: [string, string] | undefined;
  /** The marks of the time axis so many pixels long. */
  marks: (pixels: number) => AxisMark[];
  /** A description of the chart in words. */
  summary: string;
}

/** A bar chart of entries over time, coloured by severity. */
export class Histogram {
  readonly root = element("section", { className: "histogram" });
  readonly #title = element("h2", {});
  readonly #maxRate = element("span", { className: "figures" });
  readonly #canvas = element("canvas", { attributes: { role: "img" } });
  readonly #cross = element("div", { className: "cross", hidden: true });
  readonly #problem = element("span", { className: "missing", attributes: { role: "status" } });
  readonly #tip = new ChartTip();
  readonly #bars: HTMLElement;
  #view: View | undefined;
  #drawn: { rate: LogRate; look: HistogramLook } | undefined;

  /** The size changed, so the chart must be redrawn. */
  onResize: () => void = () => {};

  constructor(private readonly shared: Shared) {
    this.#bars = element("div", { className: "bars" }, this.#canvas, this.#cross, this.#tip.root);
    this.root.append(element("header", {}, this.#title, this.#problem, this.#maxRate), this.#bars);
    new ResizeObserver(() => this.onResize()).observe(this.#canvas);
    const { timeline, crosshair, say } = shared;
    new TimeGestures(this.#bars, () => this.#canvas, timeline, crosshair);
    new ChartKeys(this.#bars, () => this.#steps(), timeline, crosshair, (timeMs) => say(this.describe(timeMs)));
    crosshair.watch(() => this.#point());
  }

  get bars(): number {
    return Math.max(1, Math.floor(this.#canvas.clientWidth / barPixels));
  }

  setTexts(title: string, help: string): void {
    this.#title.textContent = title;
    this.#title.title = help;
    this.#bars.setAttribute("aria-label", title);
    this.#bars.setAttribute("aria-description", help);
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
    const { momentMs } = this.shared.timeline;
    // On bars of every colour, only that of text is seen.
    if (momentMs !== undefined) drawMoment(context, (momentMs - view.fromMs) * pixelsPerMs, 0, height, colours.text);
    this.#point();
  }

  /** What stands at a moment, in words. */
  describe(timeMs: number): string {
    if (!this.#drawn) return "";
    const { look: { format } } = this.#drawn;
    const { rows, beginMs } = this.#countsAt(timeMs);
    const counts = rows.map(({ label, value }) => `${label} ${value}`).join(", ");
    return `${format.moment(beginMs)}, ${this.#title.textContent} ${counts || format.count(0)}`;
  }

  /** The middles of the steps in view. */
  #steps(): readonly number[] {
    if (!this.#drawn || !this.#view) return [];
    const { rate } = this.#drawn;
    const { fromMs, toMs } = this.#view;
    return rate.counts.map((_, i) => rate.fromMs + (i + 0.5) * rate.stepMs).filter((ms) => ms >= fromMs && ms <= toMs);
  }

  #countsAt(timeMs: number): { rows: TipRow[]; beginMs: number; endMs: number; total: number } {
    const { rate, look: { colours, format, levelName } } = this.#drawn!;
    const step = Math.floor((timeMs - rate.fromMs) / rate.stepMs);
    const beginMs = rate.fromMs + step * rate.stepMs;
    let total = 0;
    const rows = [...severities].reverse().flatMap((severity) => {
      const count = rate.counts[step]?.get(severity) ?? 0;
      total += count;
      return count > 0 ? [{ label: levelName(severity), colour: colours.levels[severity]!, value: format.count(count) }] : [];
    });
    return { rows, beginMs, endMs: beginMs + rate.stepMs, total };
  }

  /** Draws the crosshair, and the counts there; elsewhere the highest rate. */
  #point(): void {
    if (!this.#drawn || !this.#view) return;
    const pointed = this.shared.crosshair.value;
    const { rate, look } = this.#drawn;
    const { fromMs, toMs } = this.#view;
    const isInView = pointed !== undefined && pointed.timeMs >= fromMs && pointed.timeMs <= toMs;
    this.#cross.hidden = !isInView;
    if (!isInView) {
      this.#tip.hide();
      this.#maxRate.textContent = rate.max > 0 ? look.rate(rate.max, rate.stepMs) : "";
      return;
    }
    const width = this.#canvas.clientWidth;
    const x = ((pointed.timeMs - fromMs) / (toMs - fromMs)) * width;
    this.#cross.style.left = `${x}px`;
    const { rows, beginMs, endMs, total } = this.#countsAt(pointed.timeMs);
    this.#maxRate.textContent = look.rate(total, rate.stepMs);
    if (pointed.on !== this.#bars || rows.length === 0) this.#tip.hide();
    else this.#tip.show(`${look.format.moment(beginMs)} – ${look.format.time(endMs)}`, rows, x, width);
  }

  #drawTimes(context: CanvasRenderingContext2D, view: View, pixelsPerMs: number, { colours, ends, marks }: HistogramLook): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    context.font = axisFont;
    context.fillStyle = colours.muted;
    context.textBaseline = "bottom";
    context.textAlign = "center";
    for (const { timeMs, text } of marks(width)) context.fillText(text, (timeMs - view.fromMs) * pixelsPerMs, height);
    if (!ends) return;
    context.textAlign = "left";
    context.fillText(ends[0], 0, height);
    context.textAlign = "right";
    context.fillText(ends[1], width, height);
  }
}
