// SPDX-License-Identifier: GPL-3.0-or-later
import type uPlot from "uplot";
import { element } from "./dom.js";

const thickPixels = 2.5;
const dotPixels = 3.5;

/** Draws one line of a chart above the others without redrawing these. */
export class ChartFocus {
  #canvas: HTMLCanvasElement | undefined;

  constructor(private readonly plot: uPlot) {}

  hide(): void {
    this.#canvas?.remove();
    this.#canvas = undefined;
  }

  /** `series`: index of the series in the plot; `index`: of the moment under the pointer. */
  show(series: number, index: number, colour: string): void {
    const { clientWidth: width, clientHeight: height } = this.plot.over;
    const scale = devicePixelRatio;
    if (!this.#canvas) this.plot.over.append((this.#canvas = element("canvas", { className: "focus" })));
    this.#canvas.width = Math.round(width * scale); // also clears it
    this.#canvas.height = Math.round(height * scale);
    const context = this.#canvas.getContext("2d")!;
    context.scale(scale, scale);
    context.strokeStyle = colour;
    context.lineWidth = thickPixels;
    context.lineJoin = "round";
    const times = this.plot.data[0];
    const values = this.plot.data[series]!;
    const { min = -Infinity, max = Infinity } = this.plot.scales["x"]!;
    let isDrawing = false;
    context.beginPath();
    times.forEach((time, i) => {
      const value = values[i];
      const isSeen = (times[i + 1] ?? time) >= min && (times[i - 1] ?? time) <= max && value != null;
      if (isSeen) context[isDrawing ? "lineTo" : "moveTo"](this.plot.valToPos(time, "x"), this.plot.valToPos(value, "y"));
      isDrawing = isSeen;
    });
    context.stroke();
    const pointed = values[index];
    if (pointed == null) return;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(this.plot.valToPos(times[index]!, "x"), this.plot.valToPos(pointed, "y"), dotPixels, 0, 2 * Math.PI);
    context.fill();
  }
}
