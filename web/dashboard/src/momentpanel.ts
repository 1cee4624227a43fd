// SPDX-License-Identifier: GPL-3.0-or-later
import type { Process } from "vigie-client";
import { RequestFailed, type Api, type ProcessMoment } from "./api.js";
import { copyText } from "./clipboard.js";
import { element, icon } from "./dom.js";
import { failureOf, whyText } from "./failure.js";
import type { Format } from "./format.js";
import { Retry } from "./retry.js";
import type { Texts } from "./texts.js";
import type { Timeline } from "./timeline.js";
import { drawn, visibleText } from "./visible.js";

const maxRows = 5;

/** The processes that used the most at the pinned moment. */
export class MomentPanel {
  readonly root = element("section", { className: "moment", hidden: true });
  #look: { format: Format; texts: Texts } | undefined;
  #api: Api | undefined;
  #momentMs: number | undefined;
  #known: ProcessMoment | RequestFailed | undefined; // none: not loaded yet
  readonly #again = new Retry(() => void this.#ask());

  constructor(private readonly timeline: Timeline) {
    timeline.onChange(() => this.#follow());
  }

  /** undefined: signed out. */
  setApi(api: Api | undefined): void {
    this.#api = api;
    this.#again.succeeded();
    this.#momentMs = undefined;
    this.#follow();
  }

  setLook(format: Format, texts: Texts): void {
    this.#look = { format, texts };
    this.#show();
  }

  /** Signed in again: a failed question may be answered now. */
  askAgain(): void {
    this.#again.now();
  }

  #follow(): void {
    const { momentMs } = this.timeline;
    if (momentMs === this.#momentMs) return;
    this.#momentMs = momentMs;
    this.#known = undefined;
    this.#again.succeeded();
    this.#show();
    if (momentMs !== undefined) void this.#ask();
  }

  async #ask(): Promise<void> {
    const timeMs = this.#momentMs;
    if (!this.#api || timeMs === undefined) return;
    const known = await this.#api.processes(timeMs).catch(failureOf);
    if (this.#momentMs !== timeMs || !known) return;
    this.#known = known;
    this.#show();
    if (known instanceof RequestFailed) this.#again.failed(known.mayRetry);
    else this.#again.succeeded();
  }

  #show(): void {
    const timeMs = this.#momentMs;
    this.root.hidden = timeMs === undefined || !this.#look;
    if (timeMs === undefined || !this.#look) return;
    const { format, texts } = this.#look;
    const close = element("button", { className: "quiet", title: texts.close, attributes: { "aria-label": texts.close } }, icon("M4 4l8 8M12 4l-8 8"));
    close.onclick = () => this.timeline.unpin();
    const head = element("header", {}, element("h2", {}, `${texts.processes}, ${format.full(timeMs)}`));
    this.root.replaceChildren(head);
    const failure = this.#known instanceof RequestFailed ? this.#known : undefined;
    const moment = this.#known instanceof RequestFailed || this.#known?.timestamp === null ? undefined : this.#known;
    if (moment && moment.byCpu.length + moment.byMemory.length > 0) {
      const copy = element("button", { className: "quiet small", textContent: texts.copyText });
      copy.onclick = async () => {
        await copyText(this.#text(timeMs, moment));
        copy.textContent = texts.copied;
      };
      head.append(copy);
      this.root.append(this.#table(texts.byCpu, texts.cpu, moment.byCpu), this.#table(texts.byMemory, texts.memory, moment.byMemory));
    } else if (failure) this.root.append(element("p", { className: "empty" }, texts.processesFailed(whyText(failure, texts))));
    else if (this.#known) this.root.append(element("p", { className: "empty" }, texts.noProcesses));
    head.append(close);
  }

  #columns(): string[] {
    const { texts } = this.#look!;
    return [texts.process, texts.processId, texts.cpu, texts.memory];
  }

  /** `sorted`: the column whose greatest figures come first. */
  #table(caption: string, sorted: string, processes: readonly Process[]): HTMLElement {
    const { format } = this.#look!;
    const columns = this.#columns();
    const head = element("tr", {}, ...columns.map((text) =>
      element("th", { scope: "col", ...(text === sorted ? { attributes: { "aria-sort": "descending" } } : {}) }, text)));
    const rows = processes.slice(0, maxRows).map(({ pid, name, cpu, memory }) => {
      const title = visibleText(name); // untrusted: a process can choose its name
      const figures = [String(pid), format.percent(cpu), format.bytes(memory)]
        .map((text, i) => element("td", { className: columns[i + 1] === sorted ? "sorted" : "" }, text));
      return element("tr", {}, element("td", { title }, ...drawn(name)), ...figures);
    });
    return element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows));
  }

  /** The tables as text, with tabs between columns. */
  #text(timeMs: number, { byCpu, byMemory }: ProcessMoment): string {
    const { format, texts } = this.#look!;
    const lines = (processes: readonly Process[]): string[] =>
      processes.map(({ pid, name, cpu, memory }) => [visibleText(name), String(pid), format.percent(cpu), format.bytes(memory)].join("\t"));
    const head = this.#columns().join("\t");
    return [format.full(timeMs), "", texts.byCpu, head, ...lines(byCpu), "", texts.byMemory, head, ...lines(byMemory)].join("\n");
  }
}
