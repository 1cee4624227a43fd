// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when it is first opened.
import { element } from "./dom.js";
import type { Texts } from "./texts.js";

/** Lists the keyboard shortcuts and the gestures. It is gone once it is closed. */
export class HelpDialog {
  readonly root = element("dialog", { className: "help" });

  constructor(texts: Texts) {
    const close = element("button", { className: "primary" }, texts.close);
    close.onclick = () => this.root.close();
    const list = (rows: readonly [key: string, what: string][]): HTMLElement =>
      element("dl", {}, ...rows.flatMap(([key, what]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)]));
    this.root.setAttribute("aria-label", texts.help);
    this.root.append(
      element("h2", {}, texts.help),
      element("div", { className: "columns" }, list(texts.keys), element("div", {}, list(texts.gestures), element("h2", {}, texts.chartKeysTitle), list(texts.chartKeys))),
      close);
    this.root.addEventListener("close", () => this.root.remove());
    document.body.append(this.root);
    this.root.showModal();
  }
}
