// SPDX-License-Identifier: GPL-3.0-or-later
import uPlot from "uplot";
import { ChartFocus } from "./chartfocus.js";
import { ChartKeys } from "./chartkeys.js";
import { ChartTip } from "./charttip.js";
import type { Crosshair, Pointed } from "./crosshair.js";
import { element, icon } from "./dom.js";
import { axisFont, drawMoment, plotOptions, seriesOfLine, type ChartLook, type Line } from "./plotlook.js";
import type { Figures, Values } from "./series.js";
import { TimeGestures } from "./timegestures.js";
import type { Timeline, View } from "./timeline.js";

/** A marked moment, with the number of events. */
export interface Mark {
  timeMs: number;
  count: number;
}

/** What all charts share. */
export interface Shared {
  timeline: Timeline;
  crosshair: Crosshair;
  /** Speaks to those who do not see. */
  say: (text: string) => void;
}

const namedLines = 3; // if there are more lines, the highest ones are named
const nearPixels = 30; // values further from the crosshair are not shown
const nothing: Values = { average: [], low: [], high: [] };

function nearestIndex(times: readonly number[], timeMs: number): number {
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= timeMs) low = middle;
    else high = middle;
  }
  return timeMs - times[low]! <= times[high]! - timeMs ? low : high;
}

/** A line chart over time, with a band between low and high where the series has one. */
export class Chart {
  readonly root = element("section", { className: "chart" });
  readonly #title = element("h2", {});
  readonly #figures = element("p", { className: "figures" });
  readonly #note = element("p", { className: "chartnote" });
  readonly #unfold = element("button", { className: "unfold", hidden: true, attributes: { "aria-expanded": "false" } });
  readonly #fold = element("button", { className: "quiet small", hidden: true }, icon("M4 10l4-4l4 4"));
  readonly #tip = new ChartTip();
  readonly #plotArea = element("div", { className: "plot" });
  #focus: ChartFocus | undefined;
  #plot: uPlot | undefined;
  #lines: readonly Line[] = [];
  #look: ChartLook | undefined;
  #drawn: Figures = { times: [], values: new Map() };
  #view: View | undefined;
  #marks: readonly Mark[] = [];
  #isFolded = false;

  /** The reader wants the chart folded, or at full size. */
  onFold: (isFolded: boolean) => void = () => {};

  constructor(private readonly shared: Shared, tools: HTMLElement[] = []) {
    this.root.append(element("header", {}, this.#title, ...tools, this.#note, this.#figures, this.#fold), this.#plotArea, this.#unfold);
    new ResizeObserver(() => this.#fit()).observe(this.#plotArea);
    const { timeline, crosshair } = shared;
    new TimeGestures(this.#plotArea, () => this.#plotArea.querySelector<HTMLElement>(".u-over") ?? this.#plotArea, timeline, crosshair);
    new ChartKeys(this.#plotArea, () => this.#timesInView(), timeline, crosshair, (timeMs) => shared.say(this.describe(timeMs)));
    crosshair.watch((pointed) => this.#point(pointed));
    this.#unfold.onclick = () => this.onFold(false);
    this.#fold.onclick = () => this.onFold(true);
  }

  /** Sets other lines or another look; rebuilds the plot. */
  setLines(lines: readonly Line[], look: ChartLook): void {
    this.#lines = lines;
    this.#look = look;
    this.#title.textContent = look.title;
    this.#title.title = look.help;
    this.#plotArea.setAttribute("aria-label", look.title);
    this.#plotArea.setAttribute("aria-description", look.help);
    this.#unfold.setAttribute("aria-label", look.title);
    this.#fold.title = look.foldHint;
    this.#fold.setAttribute("aria-label", look.foldHint);
    this.#build();
  }

  /** Shows a small line with the newest value; a tap asks for the whole. `mayFold`: the whole offers to fold. */
  setFolded(isFolded: boolean, mayFold: boolean): void {
    this.#fold.hidden = isFolded || !mayFold;
    if (isFolded === this.#isFolded) return;
    this.#isFolded = isFolded;
    this.root.classList.toggle("folded", isFolded);
    this.#unfold.hidden = !isFolded;
    this.#plotArea.tabIndex = isFolded ? -1 : 0;
    this.#build();
  }

  /** Sets a short note beside the values, and a longer tool tip. */
  setNote(text: string, help: string): void {
    if (this.#note.textContent !== text) this.#note.textContent = text;
    if (this.#note.title !== help) this.#note.title = help;
  }

  draw(figures: Figures, view: View): void {
    this.#drawn = figures;
    this.#view = view;
    if (!this.#plot || this.#plot.width === 0) return;
    this.#plot.batch(() => {
      this.#plot!.setData(this.#data(), false);
      this.#plot!.setScale("x", { min: view.fromMs / 1000, max: view.toMs / 1000 });
      this.#plot!.redraw(false, true); // rescales the values to what is in view
    });
    this.#point(this.shared.crosshair.value);
  }

  setMarks(marks: readonly Mark[]): void {
    this.#marks = marks;
    this.#plot?.redraw(false, false);
  }

  /** What stands at a moment, in words: "14:03:12, CPU 42 %". */
  describe(timeMs: number): string {
    if (!this.#look) return "";
    const { title, formatMoment } = this.#look;
    const index = this.#indexAt(timeMs);
    const valueOf = (line: Line): string => {
      const value = index === undefined ? undefined : this.#valueAt(line, index);
      return value === undefined ? "–" : this.#text(line, value);
    };
    const values = this.#lines.length === 1
      ? valueOf(this.#lines[0]!)
      : this.#foremost(index ?? 0).map((line) => `${line.label} ${valueOf(line)}`).join(", ");
    return `${formatMoment(timeMs)}, ${title} ${values}`;
  }

  #build(): void {
    if (!this.#look) return;
    const hooks: uPlot.Hooks.Arrays = { draw: [(plot) => !this.#isFolded && this.#drawMarks(plot)] };
    const { clientWidth, clientHeight } = this.#plotArea;
    this.#plot?.destroy();
    this.#plot = new uPlot(
      { ...plotOptions(this.#lines, this.#look, { isFolded: this.#isFolded, view: () => this.#view, hooks }),
        width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) },
      this.#data(), this.#plotArea);
    this.#focus = new ChartFocus(this.#plot);
    this.#plotArea.append(this.#tip.root);
    this.#tip.hide();
    if (this.#view) this.draw(this.#drawn, this.#view);
    else this.#showFigures(undefined);
  }

  #valuesOf(line: Line): Values {
    return this.#drawn.values.get(line.name) ?? nothing;
  }

  #data(): uPlot.AlignedData {
    const known = (values: number[]) => values.map((value) => (Number.isNaN(value) ? null : value));
    const columns = this.#lines.flatMap((line) => {
      const { average, low, high } = this.#valuesOf(line);
      const isBand = low !== average;
      return [known(average), isBand ? known(low) : [], isBand ? known(high) : []];
    });
    return [this.#drawn.times.map((time) => time / 1000), ...columns] as uPlot.AlignedData;
  }

  #timesInView(): readonly number[] {
    const { fromMs = 0, toMs = 0 } = this.#view ?? {};
    return this.#drawn.times.filter((time) => time >= fromMs && time <= toMs);
  }

  /** Index of the value nearest to a moment; undefined: there is none close by. */
  #indexAt(timeMs: number): number | undefined {
    const { times } = this.#drawn;
    const plot = this.#plot;
    if (!plot || times.length === 0) return undefined;
    const index = nearestIndex(times, timeMs);
    const { fromMs = 0, toMs = 0 } = this.#view ?? {};
    const perPixel = (toMs - fromMs) / Math.max(1, plot.over.clientWidth);
    return Math.abs(times[index]! - timeMs) <= nearPixels * perPixel ? index : undefined;
  }

  /** Draws the crosshair and the values there. */
  #point(pointed: Pointed | undefined): void {
    const plot = this.#plot;
    if (!plot || !this.#view || this.#isFolded) return this.#showFigures(undefined);
    const { fromMs, toMs } = this.#view;
    const isInView = pointed !== undefined && pointed.timeMs >= fromMs && pointed.timeMs <= toMs;
    const left = isInView ? plot.valToPos(pointed.timeMs / 1000, "x") : -10;
    plot.setCursor({ left, top: isInView ? pointed.y ?? 0 : -10 }, false);
    this.#showFigures(isInView ? this.#indexAt(pointed.timeMs) : undefined);
    if (isInView && pointed.on === this.#plotArea) this.#showTip(plot, pointed, left);
    else this.#hideTip();
  }

  #showFigures(at: number | undefined): void {
    if (!this.#look) return;
    const index = at ?? this.#lastKnown();
    this.#figures.replaceChildren(...this.#foremost(index).map((line) => {
      const value = this.#valueAt(line, index);
      const dot = element("i", { attributes: { "aria-hidden": "true" } });
      dot.style.background = line.colour;
      return element("span", {}, dot, `${line.label} `, element("b", {}, value === undefined ? "–" : (line.formatShort ?? line.format ?? this.#look!.format)(value)));
    }));
  }

  #text(line: Line, value: number): string {
    return (line.format ?? this.#look!.format)(value);
  }

  #valueAt(line: Line, index: number): number | undefined {
    const value = this.#valuesOf(line).average[index];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** All lines or, if there are many, the highest ones. */
  #foremost(index: number): readonly Line[] {
    if (this.#lines.length <= namedLines) return this.#lines;
    const valueOf = (line: Line): number => this.#valueAt(line, index) ?? -1;
    return [...this.#lines].sort((a, b) => valueOf(b) - valueOf(a)).slice(0, namedLines);
  }

  #hideTip(): void {
    this.#tip.hide();
    this.#focus?.hide();
  }

  /** Shows the values at the pointer. If there are many lines, the nearest comes first and is highlighted. */
  #showTip(plot: uPlot, { timeMs, y }: Pointed, left: number): void {
    const index = this.#indexAt(timeMs);
    const known = this.#lines.filter((line) => index !== undefined && this.#valueAt(line, index) !== undefined);
    if (!this.#look || index === undefined || known.length === 0) return this.#hideTip();
    const { formatMoment } = this.#look;
    const isMany = this.#lines.length > namedLines && y !== undefined;
    const distance = (line: Line): number => Math.abs(plot.valToPos(this.#valueAt(line, index)!, "y") - (y ?? 0));
    const nearest = isMany ? known.reduce((a, b) => (distance(b) < distance(a) ? b : a)) : undefined;
    if (nearest) this.#focus?.show(1 + this.#lines.indexOf(nearest) * seriesOfLine, index, nearest.colour);
    const named = this.#foremost(index).filter((line) => line !== nearest && known.includes(line));
    const rows = (nearest ? [nearest, ...named] : named).map((line) => {
      const { label, colour } = line;
      return { label, colour, value: this.#text(line, this.#valueAt(line, index)!) };
    });
    this.#tip.show(formatMoment(this.#drawn.times[index]!), rows, plot.over.offsetLeft + left, this.#plotArea.clientWidth);
  }

  /** Index of the last known value in view. */
  #lastKnown(): number {
    const end = this.#view?.toMs ?? Infinity;
    let index = this.#drawn.times.length - 1;
    while (index > 0 && this.#drawn.times[index]! > end) --index;
    return index;
  }

  /** Marks errors and the pinned moment, and writes the ends of the time axis. */
  #drawMarks(plot: uPlot): void {
    if (!this.#look || !this.#view) return;
    const { ctx, bbox } = plot;
    const { colours } = this.#look;
    ctx.save();
    ctx.fillStyle = colours.levels["error"]!;
    const size = 4 * devicePixelRatio;
    const foot = bbox.top + bbox.height;
    for (const { timeMs } of this.#marks) {
      const x = plot.valToPos(timeMs / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x - size, foot);
      ctx.lineTo(x + size, foot);
      ctx.lineTo(x, foot - 1.6 * size);
      ctx.fill();
    }
    const { momentMs } = this.shared.timeline;
    if (momentMs !== undefined) {
      const x = plot.valToPos(momentMs / 1000, "x", true);
      if (x >= bbox.left && x <= bbox.left + bbox.width) drawMoment(ctx, x, bbox.top, foot, colours.accent, devicePixelRatio);
    }
    const ends = this.#look.ends(this.#view);
    if (ends) {
      ctx.font = axisFont.replace("11", String(11 * devicePixelRatio));
      ctx.fillStyle = colours.muted;
      ctx.textBaseline = "top";
      const y = bbox.top + bbox.height + 2 * devicePixelRatio;
      ctx.textAlign = "left";
      ctx.fillText(ends[0], bbox.left, y);
      ctx.textAlign = "right";
      ctx.fillText(ends[1], bbox.left + bbox.width, y);
    }
    ctx.restore();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#plotArea;
    if (!this.#plot || width === 0 || (width === this.#plot.width && height === this.#plot.height)) return;
    this.#plot.setSize({ width, height });
    if (this.#view) this.draw(this.#drawn, this.#view);
  }
}
