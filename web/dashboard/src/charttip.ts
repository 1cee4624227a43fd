// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";

export interface TipRow {
  label: string;
  colour: string;
  value: string;
}

const besidePixels = 14;

/** The tool tip beside the pointer: the moment, and values by name. */
export class ChartTip {
  readonly root = element("div", { className: "tip", hidden: true, attributes: { "aria-hidden": "true" } });

  /** `left` and `width`: of the pointer and of the area below it, in pixels from the container's origin. */
  show(title: string, rows: readonly TipRow[], left: number, width: number): void {
    const lines = rows.map(({ label, colour, value }) => {
      const dot = element("i", {});
      dot.style.background = colour;
      return element("div", {}, dot, `${label} `, element("b", {}, value));
    });
    this.root.replaceChildren(element("div", { className: "when" }, title), ...lines);
    this.root.hidden = false;
    const isBefore = left > width / 2;
    this.root.style.left = isBefore ? "auto" : `${left + besidePixels}px`;
    this.root.style.right = isBefore ? `${width - left + besidePixels}px` : "auto";
  }

  hide(): void {
    this.root.hidden = true;
  }
}
