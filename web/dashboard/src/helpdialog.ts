// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import type { Texts } from "./texts.js";

/** Lists the keyboard shortcuts. */
export class HelpDialog {
  readonly root = element("dialog", { className: "help" });

  setTexts(texts: Texts): void {
    const close = element("button", { className: "primary" }, texts.close);
    close.onclick = () => this.root.close();
    this.root.setAttribute("aria-label", texts.help);
    this.root.replaceChildren(
      element("h2", {}, texts.help),
      element("dl", {}, ...texts.keys.flatMap(([key, what]) =>
        [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)])),
      element("p", {}, texts.chartHelp), close);
  }

  toggle(): void {
    if (this.root.open) this.root.close();
    else this.root.showModal();
  }
}
