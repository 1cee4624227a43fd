// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import { previewText } from "./entrytext.js";
import type { Format } from "./format.js";
import type { LogLine } from "./logstore.js";
import type { Search } from "./search.js";
import type { Texts } from "./texts.js";
import { drawn } from "./visible.js";

export const maxShown = 2_000; // characters of a text; the details show all
const maxRead = 8 * maxShown; // includes what is not shown
let rows = 0;

function cell(className: string, ...children: (Node | string)[]): HTMLElement {
  return element("span", { className }, ...children);
}

/** The first line of a message, as far as it is read. */
export function firstLine(message: string): string {
  const end = message.indexOf("\n");
  return (end < 0 ? message : message.slice(0, end).replace(/\r$/, "")).slice(0, maxRead);
}

/** The element of one log line. */
export class LogRow {
  readonly root: HTMLElement;
  readonly #day = element("span", { className: "day" });

  /** `colour`: of its highlight, if any. */
  constructor(readonly line: LogLine, search: Search | undefined, colour: number | undefined, format: Format, texts: Texts) {
    const { entry, severity } = line;
    const attributes = { role: "option", "aria-selected": "false" };
    const id = `line-${++rows}`;
    const time = element("time", { title: format.full(entry.timestamp) }, this.#day, format.exactTime(entry.timestamp));
    if (line.isNote) {
      this.root = element("div", { className: "line note", id, attributes }, cell("message", ...drawn(entry.message)));
      return;
    }
    const message = cell("message", cell("text", ...drawn(firstLine(entry.message), search, maxShown)));
    if (entry.message.includes("\n")) message.append(cell("more", texts.moreLines(entry.message.split("\n").length - 1)));
    const metadata = entry.metadata === undefined ? "" : previewText(entry).slice(0, maxShown);
    if (metadata) message.append(cell("metadata", ...drawn(metadata, search)));
    this.root = element(
      "div", { className: `line ${severity}${colour === undefined ? "" : ` highlight-${colour}`}`, id, attributes }, time,
      cell("level", ...drawn(entry.level)), cell("app", ...drawn(entry.appId)), cell("from", ...drawn(entry.userId)), message,
    );
  }

  /** Sets its position in the list; `height`: of more rows than one; `day`: the date if a new day begins here. */
  place(index: number, count: number, top: number, height: string, day: string): void {
    this.root.style.transform = `translateY(${top}px)`;
    if (this.root.style.height !== height) this.root.style.height = height;
    this.#set("aria-posinset", String(index + 1));
    this.#set("aria-setsize", String(count));
    if (this.#day.textContent === day) return;
    this.#day.textContent = day;
    this.root.classList.toggle("newday", day !== "");
  }

  mark(isSelected: boolean, isCurrent: boolean): void {
    this.root.classList.toggle("selected", isSelected);
    this.root.classList.toggle("current", isCurrent);
    this.#set("aria-selected", String(isSelected));
  }

  #set(name: string, value: string): void {
    if (this.root.getAttribute(name) !== value) this.root.setAttribute(name, value);
  }
}
