// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when it is first opened.
import { severityOf, type LogEntry } from "vigie-client";
import type { Api } from "./api.js";
import { element } from "./dom.js";
import { failureOf, whyText } from "./failure.js";
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";
import { traceTreeOf, type TraceNode, type TraceTree } from "./tracetree.js";
import { drawn, visibleText } from "./visible.js";

const maxShown = 200; // characters of a message
const firstColour = 2; // of the golden angle's steps, the second is the red of errors
const indent = 14; // pixels a step of depth

/** A trace on the time axis: its spans below those that called them, and what was logged in each. */
export class TraceDialog {
  readonly root = element("dialog", { className: "tracedialog" });
  readonly #summary = element("p", { attributes: { role: "status" } });
  readonly #odd = element("p", { className: "muted" });
  readonly #rows = element("div", { className: "tracerows", attributes: { role: "list" } });
  readonly #axis = element("div", { className: "axis" });

  onEntry: (entry: LogEntry) => void = () => {};

  constructor(private readonly api: Api, private readonly traceId: string, private readonly format: Format, private readonly texts: Texts) {
    const { trace } = texts;
    const again = element("button", { textContent: trace.again });
    again.onclick = () => void this.#search();
    const close = element("button", { className: "primary", textContent: texts.close });
    close.onclick = () => this.root.close();
    const title = trace.title(visibleText(traceId).slice(0, 64));
    this.root.setAttribute("aria-label", title);
    this.root.append(element("h2", {}, title), this.#summary, this.#odd, this.#axis, this.#rows, element("div", { className: "buttons" }, again, close));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("close", () => {
      api.stop("trace");
      this.root.remove();
    });
    document.body.append(this.root);
    this.root.showModal();
    void this.#search();
  }

  async #search(): Promise<void> {
    this.#summary.textContent = this.texts.trace.searching;
    try {
      const { entries, more } = await this.api.trace(this.traceId);
      this.#show(traceTreeOf(entries), more);
    } catch (error) {
      const failure = failureOf(error);
      if (failure) this.#summary.textContent = this.texts.trace.failed(whyText(failure, this.texts));
    }
  }

  #show(tree: TraceTree, hasMore: boolean): void {
    const { trace } = this.texts;
    const { nodes, fromMs, toMs } = tree;
    const apps = [...new Set(nodes.map(({ entry }) => entry.appId))];
    const count = (few: (n: string, isOne: boolean) => string, n: number): string => few(this.format.count(n), n < 2);
    const spans = nodes.filter(({ isSpan }) => isSpan).length;
    this.#summary.textContent = nodes.length === 0 ? trace.none
      : [count(trace.spans, spans), count(trace.entries, nodes.length - spans), count(trace.apps, apps.length), this.#duration(toMs - fromMs), trace.from(this.format.full(fromMs))].join(" · ");
    const lacking = nodes.filter(({ lacksParent }) => lacksParent).length;
    const outside = nodes.filter(({ isOutside }) => isOutside).length;
    this.#odd.textContent = [hasMore ? trace.more : "", lacking > 0 ? trace.lacking(this.format.count(lacking)) : "", outside > 0 ? count(trace.outside, outside) : ""]
      .filter((one) => one).join(" ");
    this.#axis.replaceChildren(...(nodes.length === 0 ? [] : [element("span", {}, "0"), element("span", {}, this.#duration(toMs - fromMs))]));
    const colours = new Map(apps.map((app, i) => [app, `hsl(${(216 + (i + firstColour) * 137) % 360} 70% var(--app-lightness))`]));
    this.#rows.replaceChildren(...nodes.map((node) => this.#row(node, tree, colours.get(node.entry.appId)!)));
    this.#rows.querySelector("button")?.focus();
  }

  #row(node: TraceNode, { fromMs, toMs }: TraceTree, colour: string): HTMLElement {
    const { entry, isSpan, duration } = node;
    const { trace } = this.texts;
    const severity = severityOf(entry.level);
    const isError = severity === "error" || severity === "fatal";
    const whole = Math.max(1e-6, toMs - fromMs);
    const mark = element("i", { className: isSpan ? "bar" : "mark" });
    mark.style.left = `${(100 * (entry.timestamp - fromMs)) / whole}%`;
    if (isSpan) mark.style.width = `${(100 * duration) / whole}%`;
    mark.style.background = isError || !isSpan ? `var(--level-${severity})` : colour;
    const name = element("span", { className: "name" }, ...(isError ? ["⚠ "] : []), element("bdi", {}, ...drawn(entry.message, undefined, maxShown)));
    name.style.paddingLeft = `${node.depth * indent}px`;
    const app = element("span", { className: "app" }, element("bdi", {}, ...drawn(entry.appId)));
    app.style.borderColor = colour;
    const odd = [node.lacksParent ? trace.lacksParent : "", node.isOutside ? trace.isOutside : ""].filter((one) => one);
    const row = element("button", { className: "quiet", title: [this.format.full(entry.timestamp), visibleText(entry.level), ...odd].join("\n") },
                        name, app, element("span", { className: "duration" }, isSpan ? this.#duration(duration) : ""), element("span", { className: "track" }, mark));
    row.onclick = () => {
      this.root.close();
      this.onEntry(entry);
    };
    return element("div", { attributes: { role: "listitem", "aria-level": String(node.depth + 1) } }, row);
  }

  #duration(ms: number): string {
    return ms >= 1_000 ? `${this.format.fixed(ms / 1_000, ms < 100_000 ? 2 : 0)}\u00a0s` : `${this.format.fixed(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)}\u00a0ms`;
  }

  #key(event: KeyboardEvent): void {
    const rows = [...this.#rows.querySelectorAll<HTMLElement>("button")];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    rows[Math.max(0, Math.min(rows.length - 1, next))]!.focus();
    event.preventDefault();
  }
}
