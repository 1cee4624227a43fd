// SPDX-License-Identifier: GPL-3.0-or-later
// How a plot looks: the options that uPlot draws it by.
import type uPlot from "uplot";
import type { AxisMark } from "./axistexts.js";
import type { Colours } from "./theme.js";
import type { View } from "./timeline.js";

/** One line of a chart: its series, label and colour. */
export interface Line {
  name: string;
  label: string;
  colour: string;
  /** Fills the area down to zero. */
  isFilled: boolean;
  /** Formats its values for people, where the chart's way does not do. */
  format?: (value: number) => string;
  /** The same beside the title, where a note has the rest. */
  formatShort?: (value: number) => string;
}

export interface ChartLook {
  title: string;
  help: string;
  foldHint: string;
  /** Formats a value for people. */
  format: (value: number) => string;
  /** Formats a value for the axis. */
  formatAxis: (value: number) => string;
  /** The top of the axis if it is fixed. */
  top: number | undefined;
  /** Whether axis steps are powers of two, as for bytes. */
  isBinary: boolean;
  colours: Colours;
  /** The marks of a time axis so many pixels long. */
  marks: (view: View, pixels: number) => AxisMark[];
  /** Formats a complete date and time. */
  formatMoment: (ms: number) => string;
  /** What stands at the ends of the time axis; undefined: marks, as between them. */
  ends: (view: View) => [string, string] | undefined;
}

export const seriesOfLine = 3; // average, low, high
export const axisFont = "11px system-ui, sans-serif";
const alonePixels = 4;
const binarySteps = Array.from({ length: 55 }, (_, power) => 2 ** power);

/** Draws the line of the pinned moment; `scale`: of the canvas. */
export function drawMoment(context: CanvasRenderingContext2D, x: number, top: number, bottom: number, colour: string, scale = 1): void {
  const middle = Math.round(x) + (Math.round(scale) % 2) / 2; // sharp
  context.strokeStyle = colour;
  context.lineWidth = scale;
  context.setLineDash([4 * scale, 2 * scale]);
  context.beginPath();
  context.moveTo(middle, top);
  context.lineTo(middle, bottom);
  context.stroke();
  context.setLineDash([]);
}

/** Values without neighbours, which a line would not show. */
function alone(plot: uPlot, series: number): number[] | null {
  const values = plot.data[series]!;
  const found: number[] = [];
  for (let i = 0; i < values.length; ++i)
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) found.push(i);
  return found.length > 0 ? found : null;
}

function seriesOf(lines: readonly Line[]): Pick<uPlot.Options, "series" | "bands"> {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  const dots = { show: false, filter: alone, size: alonePixels, width: 0 };
  for (const line of lines) {
    const at = series.length;
    const fill = line.isFilled ? { fill: `color-mix(in srgb, ${line.colour} 14%, transparent)` } : {};
    series.push(
      { label: line.label, stroke: line.colour, width: 1.5, points: { ...dots, fill: line.colour }, ...fill },
      { stroke: "transparent", points: { show: false } },
      { stroke: "transparent", points: { show: false } },
    );
    bands.push({ series: [at + 2, at + 1], fill: `color-mix(in srgb, ${line.colour} 22%, transparent)` });
  }
  return { series, bands };
}

function axesOf(look: ChartLook, view: () => View | undefined): uPlot.Axis[] {
  const { colours } = look;
  const common = { stroke: colours.muted, font: axisFont, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false } };
  let marks: AxisMark[] = [];
  return [
    {
      ...common, size: 20, gap: 2,
      splits: (plot) => {
        const shown = view();
        marks = shown ? look.marks(shown, plot.bbox.width / devicePixelRatio) : [];
        return marks.map(({ timeMs }) => timeMs / 1000);
      },
      values: () => marks.map(({ text }) => text),
    },
    {
      ...common, size: 62, gap: 4, space: 26, values: (_plot, splits) => splits.map(look.formatAxis),
      ...(look.isBinary ? { incrs: binarySteps } : {}),
    },
  ];
}

/** `isFolded`: only the lines, without axes. */
export function plotOptions(
  lines: readonly Line[], look: ChartLook, { isFolded, view, hooks }: { isFolded: boolean; view: () => View | undefined; hooks: uPlot.Hooks.Arrays },
): Omit<uPlot.Options, "width" | "height"> {
  const none = (): null => null;
  return {
    ...seriesOf(lines),
    legend: { show: false },
    padding: isFolded ? [2, 0, 0, 0] : [6, 8, 0, 0],
    scales: {
      x: { time: true, auto: false },
      y: { range: (_plot, _min, max) => [0, look.top ?? Math.max((max ?? 0) * 1.1, 1)] },
    },
    axes: isFolded ? [{ show: false }, { show: false }] : axesOf(look, view),
    // The crosshair is moved by the chart, which shares it.
    cursor: {
      show: !isFolded, points: { show: false }, y: false, drag: { x: false, y: false, click: () => {} }, // which would keep clicks by touch to itself
      bind: { mousedown: none, mouseup: none, click: none, dblclick: none, mousemove: none, mouseleave: none, mouseenter: none },
    },
    hooks,
  };
}
