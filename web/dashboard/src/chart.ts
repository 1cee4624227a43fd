// SPDX-License-Identifier: GPL-3.0-or-later
import uPlot from "uplot";
import { ChartFocus } from "./chartfocus.js";
import { ChartTip } from "./charttip.js";
import { element } from "./dom.js";
import type { Figures, Values } from "./series.js";
import type { Colours } from "./theme.js";
import type { Timeline, View } from "./timeline.js";
import { timeMarks } from "./timemarks.js";

/** One line of a chart: its series, label and colour. */
export interface Line {
  name: string;
  label: string;
  colour: string;
  /** Fills the area down to zero. */
  isFilled: boolean;
}

export interface ChartLook {
  title: string;
  help: string;
  /** Formats a value for people. */
  format: (value: number) => string;
  /** Formats a value for the axis. */
  formatAxis: (value: number) => string;
  /** The top of the axis if it is fixed. */
  top: number | undefined;
  /** Whether axis steps are powers of two, as for bytes. */
  isBinary: boolean;
  colours: Colours;
  /** Formats a tick of the time axis; ticks are `stepMs` apart. */
  formatTime: (ms: number, stepMs: number) => string;
  /** Formats a complete date and time. */
  formatMoment: (ms: number) => string;
}

/** A marked moment, with the number of events. */
export interface Mark {
  timeMs: number;
  count: number;
}

const syncKey = "vigie";
const edgePixels = 20;
const nearPixels = 30; // values further from the pointer are not shown
const markPixels = 64; // minimum distance of ticks on the time axis
const namedLines = 3; // if there are more lines, the highest ones are named
const seriesOfLine = 3; // average, low, high
const clickPixels = 4; // a shorter drag counts as a click
const binarySteps = Array.from({ length: 55 }, (_, power) => 2 ** power);
const alonePixels = 4;
const nothing: Values = { average: [], low: [], high: [] };

/** Values without neighbours, which a line would not show. */
function alone(plot: uPlot, series: number): number[] | null {
  const values = plot.data[series]!;
  const found: number[] = [];
  for (let i = 0; i < values.length; ++i)
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) found.push(i);
  return found.length > 0 ? found : null;
}

/** A line chart over time, with a band between low and high where the series has one. */
export class Chart {
  readonly root = element("section", { className: "chart" });
  readonly #title = element("h2", {});
  readonly #figures = element("p", { className: "figures" });
  readonly #note = element("p", { className: "chartnote" });
  readonly #tip = new ChartTip();
  #focus: ChartFocus | undefined;
  readonly #plotArea = element("div", { className: "plot" });
  #plot: uPlot | undefined;
  #lines: readonly Line[] = [];
  #look: ChartLook | undefined;
  #drawn: Figures = { times: [], values: new Map() };
  #view: View | undefined;
  #marks: readonly Mark[] = [];
  #momentMs: number | undefined;
  #markStepMs = 1_000;

  onMoment: (timeMs: number) => void = () => {};

  constructor(private readonly timeline: Timeline, tools: HTMLElement[] = []) {
    this.root.append(element("header", {}, this.#title, ...tools, this.#note, this.#figures), this.#plotArea);
    new ResizeObserver(() => this.#fit()).observe(this.#plotArea);
    this.#listen();
  }

  /** Sets other lines or another look; rebuilds the plot. */
  setLines(lines: readonly Line[], look: ChartLook): void {
    this.#lines = lines;
    this.#look = look;
    this.#title.textContent = look.title;
    this.#title.title = look.help;
    this.#plotArea.setAttribute("role", "img");
    this.#plotArea.setAttribute("aria-label", look.title);
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(look), this.#data(), this.#plotArea);
    this.#focus = new ChartFocus(this.#plot);
    this.#plotArea.append(this.#tip.root);
    this.#tip.hide();
    this.#showFigures(undefined);
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
    if (this.#plot.cursor.idx == null) this.#showFigures(undefined);
  }

  setMarks(marks: readonly Mark[], momentMs: number | undefined): void {
    this.#marks = marks;
    this.#momentMs = momentMs;
    this.#plot?.redraw(false, false);
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

  #options(look: ChartLook): uPlot.Options {
    const { colours } = look;
    const series: uPlot.Series[] = [{}];
    const bands: uPlot.Band[] = [];
    const dots = { show: false, filter: alone, size: alonePixels, width: 0 };
    for (const line of this.#lines) {
      const at = series.length;
      const fill = line.isFilled ? { fill: `color-mix(in srgb, ${line.colour} 14%, transparent)` } : {};
      series.push(
        { label: line.label, stroke: line.colour, width: 1.5, points: { ...dots, fill: line.colour }, ...fill },
        { stroke: "transparent", points: { show: false } },
        { stroke: "transparent", points: { show: false } },
      );
      bands.push({ series: [at + 2, at + 1], fill: `color-mix(in srgb, ${line.colour} 22%, transparent)` });
    }
    const font = "11px system-ui, sans-serif";
    const grid = { stroke: colours.grid, width: 1 };
    return {
      width: Math.max(1, this.#plotArea.clientWidth),
      height: Math.max(1, this.#plotArea.clientHeight),
      series,
      bands,
      legend: { show: false },
      padding: [6, 8, 0, 0],
      scales: {
        x: { time: true, auto: false },
        y: { range: (_plot, _min, max) => [0, look.top ?? Math.max((max ?? 0) * 1.1, 1)] },
      },
      axes: [
        {
          stroke: colours.muted, font, grid, ticks: { show: false }, size: 20, gap: 2,
          splits: (plot, _axis, min, max) => {
            const width = Math.max(1, plot.bbox.width / devicePixelRatio);
            const { times, stepMs } = timeMarks(min * 1000, max * 1000, ((max - min) * 1000 * markPixels) / width);
            this.#markStepMs = stepMs;
            return times.map((ms) => ms / 1000);
          },
          values: (plot, splits) => splits.map((seconds) => {
            const x = plot.valToPos(seconds, "x");
            // Here it would overlap the other axis or leave the plot.
            if (x < edgePixels || x > plot.bbox.width / devicePixelRatio - edgePixels) return "";
            return look.formatTime(Math.round(seconds * 1000), this.#markStepMs);
          }),
        },
        { stroke: colours.muted, font, grid, ticks: { show: false }, size: 62, gap: 4, space: 26, values: (_plot, splits) => splits.map(look.formatAxis), ...(look.isBinary ? { incrs: binarySteps } : {}) },
      ],
      cursor: {
        sync: { key: syncKey, setSeries: false },
        drag: { x: true, y: false, setScale: false },
        points: { show: false },
        y: false,
      },
      hooks: {
        setCursor: [(plot) => {
          this.#showFigures(plot.cursor.idx ?? undefined);
          this.#showTip(plot);
        }],
        setSelect: [(plot) => this.#select(plot)],
        draw: [(plot) => this.#drawMarks(plot)],
      },
    };
  }

  #showFigures(at: number | undefined): void {
    if (!this.#look) return;
    const { format } = this.#look;
    const index = at ?? this.#lastKnown();
    this.#figures.replaceChildren(...this.#foremost(index).map((line) => {
      const value = this.#valueAt(line, index);
      const dot = element("i", { attributes: { "aria-hidden": "true" } });
      dot.style.background = line.colour;
      return element("span", {}, dot, `${line.label} `, element("b", {}, value === undefined ? "–" : format(value)));
    }));
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

  /** Shows the values at the pointer. If there are many lines, the nearest comes first and is highlighted. */
  #showTip(plot: uPlot): void {
    const { idx: index, left, top } = plot.cursor;
    const time = index == null ? undefined : this.#drawn.times[index];
    // The pointer may be over another chart, or where there are no values.
    const isNear = time !== undefined && Math.abs(plot.valToPos(time / 1000, "x") - (left ?? 0)) <= nearPixels;
    const isPointedAt = isNear && this.#plotArea.matches(":hover");
    const known = this.#lines.filter((line) => time !== undefined && this.#valueAt(line, index!) !== undefined);
    if (!this.#look || !isPointedAt || time === undefined || left === undefined || left < 0 || known.length === 0) {
      this.#tip.hide();
      this.#focus?.hide();
      return;
    }
    const { format, formatMoment } = this.#look;
    const isMany = this.#lines.length > namedLines;
    const distance = (line: Line): number => Math.abs(plot.valToPos(this.#valueAt(line, index!)!, "y") - (top ?? 0));
    const nearest = isMany ? known.reduce((a, b) => (distance(b) < distance(a) ? b : a)) : undefined;
    if (nearest) this.#focus?.show(1 + this.#lines.indexOf(nearest) * seriesOfLine, index!, nearest.colour);
    const named = this.#foremost(index!).filter((line) => line !== nearest && known.includes(line));
    const rows = (nearest ? [nearest, ...named] : named).map((line) => {
      const { label, colour } = line;
      return { label, colour, value: format(this.#valueAt(line, index!)!) };
    });
    const over = plot.over;
    this.#tip.show(formatMoment(time), rows, over.offsetLeft + left, this.#plotArea.clientWidth);
  }

  /** Index of the last known value in view. */
  #lastKnown(): number {
    const end = this.#view?.toMs ?? Infinity;
    let index = this.#drawn.times.length - 1;
    while (index > 0 && this.#drawn.times[index]! > end) --index;
    return index;
  }

  #select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < clickPixels) return;
    this.timeline.show(plot.posToVal(left, "x") * 1000, plot.posToVal(left + width, "x") * 1000);
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  #drawMarks(plot: uPlot): void {
    if (!this.#look) return;
    const { ctx, bbox } = plot;
    const { colours } = this.#look;
    ctx.save();
    ctx.fillStyle = colours.levels["error"]!;
    const size = 4 * devicePixelRatio;
    for (const { timeMs } of this.#marks) {
      const x = plot.valToPos(timeMs / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x - size, bbox.top);
      ctx.lineTo(x + size, bbox.top);
      ctx.lineTo(x, bbox.top + 1.6 * size);
      ctx.fill();
    }
    if (this.#momentMs !== undefined) {
      const x = plot.valToPos(this.#momentMs / 1000, "x", true);
      ctx.fillStyle = colours.text;
      if (x >= bbox.left && x <= bbox.left + bbox.width) ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height);
    }
    ctx.restore();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#plotArea;
    if (!this.#plot || width === 0 || (width === this.#plot.width && height === this.#plot.height)) return;
    this.#plot.setSize({ width, height });
    if (this.#view) this.draw(this.#drawn, this.#view);
  }

  #shareAt(event: MouseEvent): number {
    const box = this.#plotArea.querySelector(".u-over")!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  }

  #listen(): void {
    const area = this.#plotArea;
    area.addEventListener("wheel", (event) => {
      if (event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      if (event.shiftKey) this.timeline.move(Math.sign(event.deltaY) * -0.1);
      else this.timeline.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#shareAt(event));
    }, { passive: false });
    let pressedX = 0;
    // Runs before uPlot's handler, which would start a selection.
    area.addEventListener("mousedown", (event) => {
      pressedX = event.clientX;
      if (!event.shiftKey || event.button !== 0) return;
      event.stopPropagation();
      event.preventDefault();
      this.#pull(event);
    }, { capture: true });
    area.addEventListener("click", (event) => {
      if (event.shiftKey || Math.abs(event.clientX - pressedX) >= clickPixels || !this.#view) return;
      const { fromMs, toMs } = this.#view;
      this.onMoment(fromMs + this.#shareAt(event) * (toMs - fromMs));
    });
    area.addEventListener("dblclick", () => this.timeline.toPresent());
  }

  #pull(pressed: MouseEvent): void {
    const { toMs, fromMs } = this.timeline.view;
    const width = this.#plotArea.querySelector(".u-over")!.clientWidth;
    const move = (event: MouseEvent): void => this.timeline.moveTo(toMs - ((event.clientX - pressed.clientX) / width) * (toMs - fromMs));
    const release = (): void => {
      removeEventListener("mousemove", move);
      removeEventListener("mouseup", release);
    };
    addEventListener("mousemove", move);
    addEventListener("mouseup", release);
  }
}
