// SPDX-License-Identifier: GPL-3.0-or-later
import type { Process } from "vigie-client";
import { RequestFailed, type ProcessMoment } from "./api.js";
import { element, icon } from "./dom.js";
import { whyText } from "./failure.js";
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";
import { drawn, visibleText } from "./visible.js";

/** The processes that used the most at one moment. */
export class MomentPanel {
  readonly root = element("section", { className: "moment", hidden: true });
  onClose: () => void = () => {};

  /** `moment`: undefined until it is loaded, or the failure. */
  show(timeMs: number, moment: ProcessMoment | RequestFailed | undefined, format: Format, texts: Texts): void {
    const close = element("button", { className: "quiet", title: texts.close, attributes: { "aria-label": texts.close } }, icon("M4 4l8 8M12 4l-8 8"));
    close.onclick = () => this.onClose();
    const failure = moment instanceof RequestFailed ? moment : undefined;
    const known = moment instanceof RequestFailed || moment?.timestamp === null ? undefined : moment;
    this.root.replaceChildren(element("header", {}, element("h2", {}, texts.moment(format.moment(timeMs))), close));
    if (known && known.byCpu.length + known.byMemory.length > 0) {
      this.root.append(this.#table(texts.byCpu, known.byCpu, format, texts));
      this.root.append(this.#table(texts.byMemory, known.byMemory, format, texts));
    } else if (failure) this.root.append(element("p", { className: "empty" }, texts.processesFailed(whyText(failure, texts))));
    else if (moment) this.root.append(element("p", { className: "empty" }, texts.noProcesses));
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
  }

  #table(caption: string, processes: readonly Process[], format: Format, texts: Texts): HTMLElement {
    const head = element("tr", {}, ...[texts.process, texts.cpu, texts.memory].map((text) => element("th", { scope: "col" }, text)));
    const rows = processes.slice(0, 5).map(({ pid, name, cpu, memory }) => {
      const title = `${visibleText(name)} (${pid})`; // untrusted: a process can choose its name
      const figures = [format.percent(cpu), format.bytes(memory)].map((text) => element("td", {}, text));
      return element("tr", {}, element("td", { title }, ...drawn(name)), ...figures);
    });
    return element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows));
  }
}
