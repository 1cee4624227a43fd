// SPDX-License-Identifier: GPL-3.0-or-later
import type { Crosshair } from "./crosshair.js";
import { element } from "./dom.js";
import type { Timeline } from "./timeline.js";

const clickPixels = 4; // a shorter drag counts as a click
const notchFactor = 1.25;
const panShare = 0.1; // of the stretch, a notch
const notchPixels = 100;
const notchLines = 3;
const minSpread = 0.02; // of the width, between two fingers

/** What a pressed pointer does. */
type Drag = { kind: "zoom"; startX: number } | { kind: "pan"; startX: number; toMs: number };

/** How many notches a turn of the wheel is. A touchpad sends many small parts of one. */
function notchesOf(delta: number, deltaMode: number): number {
  const notch = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? notchPixels : deltaMode === WheelEvent.DOM_DELTA_LINE ? notchLines : 1;
  return Math.max(-1, Math.min(1, delta / notch));
}

/** The gestures of docs/design-language.md on one chart. */
export class TimeGestures {
  readonly #stretch = element("div", { className: "stretch", hidden: true });
  readonly #fingers = new Map<number, number>(); // touches: x by pointer
  #held: { timesMs: [number, number] } | undefined; // the times under two fingers
  #drag: Drag | undefined;
  #pinnedBefore: number | undefined;
  #wasUsed = false; // a click that follows is none

  /** `area`: what is touched; `plot`: the element in it whose width is the stretch. */
  constructor(
    private readonly area: HTMLElement, private readonly plot: () => HTMLElement, private readonly timeline: Timeline,
    private readonly crosshair: Crosshair,
  ) {
    area.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    area.addEventListener("mousedown", (event) => event.button === 1 && event.preventDefault()); // would scroll by itself
    area.addEventListener("pointerdown", (event) => this.#press(event));
    area.addEventListener("pointermove", (event) => this.#move(event));
    area.addEventListener("pointerup", (event) => this.#release(event));
    area.addEventListener("pointercancel", (event) => this.#cancel(event));
    area.addEventListener("pointerleave", () => this.#fingers.size === 0 && crosshair.leave(area));
    area.addEventListener("click", (event) => this.#click(event));
    area.addEventListener("dblclick", (event) => this.#isOnPlot(event) && this.#doubleClick());
  }

  /** Beside the plot, on the axis of values, there is no time. */
  #isOnPlot({ clientX }: MouseEvent): boolean {
    const { left, right } = this.plot().getBoundingClientRect();
    return clientX >= left && clientX <= right;
  }

  get #width(): number {
    return Math.max(1, this.plot().clientWidth);
  }

  #shareAt(x: number): number {
    const { left, width } = this.plot().getBoundingClientRect();
    return Math.min(1, Math.max(0, (x - left) / Math.max(1, width)));
  }

  #timeAt(x: number): number {
    const { fromMs, toMs } = this.timeline.view;
    return fromMs + this.#shareAt(x) * (toMs - fromMs);
  }

  #wheel(event: WheelEvent): void {
    const { deltaX, deltaY, deltaMode } = event;
    if ((deltaX === 0 && deltaY === 0) || !this.#isOnPlot(event)) return;
    event.preventDefault();
    const isSideways = Math.abs(deltaX) > Math.abs(deltaY);
    const share = this.#shareAt(event.clientX);
    if (event.ctrlKey) this.timeline.zoom(Math.exp(notchesOf(deltaY, deltaMode)), share); // a pinch
    else if (isSideways && deltaMode === WheelEvent.DOM_DELTA_PIXEL && !event.shiftKey) this.timeline.move(deltaX / this.#width);
    else if (isSideways || event.shiftKey) this.timeline.move(notchesOf(deltaX || deltaY, deltaMode) * panShare);
    else this.timeline.zoom(notchFactor ** notchesOf(deltaY, deltaMode), share);
  }

  #press(event: PointerEvent): void {
    this.#wasUsed = !this.#isOnPlot(event);
    if (this.#wasUsed) return;
    if (event.pointerType === "touch") this.#fingers.set(event.pointerId, event.clientX);
    if (this.#fingers.size === 2) return this.#takeHold();
    if (this.#fingers.size > 2 || event.button > 1) return;
    this.area.setPointerCapture(event.pointerId);
    const pans = event.button === 1 || event.shiftKey;
    if (pans) event.preventDefault();
    this.#drag = pans ? { kind: "pan", startX: event.clientX, toMs: this.timeline.view.toMs } : { kind: "zoom", startX: event.clientX };
  }

  #move(event: PointerEvent): void {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, event.clientX);
    if (this.#held) return this.#pinch();
    if (event.pointerType !== "touch" && !this.#drag && !this.#isOnPlot(event)) this.crosshair.leave(this.area);
    else if (event.pointerType !== "touch") {
      const y = event.clientY - this.plot().getBoundingClientRect().top;
      this.crosshair.set({ timeMs: this.#timeAt(event.clientX), on: this.area, y });
    }
    const drag = this.#drag;
    if (!drag || (!this.#wasUsed && Math.abs(event.clientX - drag.startX) < clickPixels)) return;
    this.#wasUsed = true;
    if (drag.kind === "zoom") return this.#showStretch(drag.startX, event.clientX);
    const { fromMs, toMs } = this.timeline.view;
    this.timeline.moveTo(drag.toMs - ((event.clientX - drag.startX) / this.#width) * (toMs - fromMs));
  }

  #release(event: PointerEvent): void {
    const drag = this.#drag;
    const zooms = drag?.kind === "zoom" && this.#wasUsed && !this.#held;
    this.#cancel(event);
    if (!zooms || Math.abs(event.clientX - drag.startX) < clickPixels) return;
    const [a, b] = [this.#timeAt(drag.startX), this.#timeAt(event.clientX)];
    this.timeline.show(Math.min(a, b), Math.max(a, b));
  }

  #cancel(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size < 2) this.#held = undefined;
    this.#drag = undefined;
    this.#stretch.hidden = true;
  }

  /** Two fingers hold the times under them, wherever they move. */
  #takeHold(): void {
    this.#wasUsed = true;
    this.#drag = undefined;
    this.#stretch.hidden = true;
    const [a, b] = [...this.#fingers.values()].map((x) => this.#timeAt(x)) as [number, number];
    this.#held = { timesMs: [a, b] };
    this.timeline.beginZoom();
  }

  #pinch(): void {
    const [a, b] = [...this.#fingers.values()].map((x) => this.#shareAt(x)) as [number, number];
    const [aMs, bMs] = this.#held!.timesMs;
    const spread = Math.abs(b - a) < minSpread ? Math.sign(b - a || 1) * minSpread : b - a;
    const rangeMs = (bMs - aMs) / spread;
    if (rangeMs <= 0) return; // the fingers have crossed
    this.timeline.place(aMs - a * rangeMs, aMs + (1 - a) * rangeMs);
  }

  #showStretch(fromX: number, toX: number): void {
    const { left } = this.area.getBoundingClientRect();
    const plot = this.plot().getBoundingClientRect();
    const [a, b] = [fromX, toX].map((x) => Math.min(plot.right, Math.max(plot.left, x)) - left) as [number, number];
    if (!this.#stretch.isConnected) this.area.append(this.#stretch);
    this.#stretch.hidden = false;
    this.#stretch.style.left = `${Math.min(a, b)}px`;
    this.#stretch.style.width = `${Math.abs(b - a)}px`;
  }

  #click(event: MouseEvent): void {
    if (this.#wasUsed || event.shiftKey) return;
    if (event.detail < 2) this.#pinnedBefore = this.timeline.momentMs;
    this.timeline.pin(this.#timeAt(event.clientX));
  }

  /** The two clicks of it pinned a moment. */
  #doubleClick(): void {
    if (this.#wasUsed) return;
    if (this.#pinnedBefore === undefined) this.timeline.unpin();
    else this.timeline.pin(this.#pinnedBefore);
    this.timeline.back();
  }
}
