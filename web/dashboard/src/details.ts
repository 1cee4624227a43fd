// SPDX-License-Identifier: GPL-3.0-or-later
import type { Json, LogEntry } from "vigie-client";
import { element, icon } from "./dom.js";
import type { Format } from "./format.js";
import { marked } from "./loglist.js";
import type { Field, Search } from "./search.js";
import type { Texts } from "./texts.js";

const stackLine = /^\s+(at |File "|\.\.\. \d+ (more|common)|in |from )|^(Caused by:|Suppressed:|Traceback \()/;
const mostMembers = 500; // of an object or a list that are shown

/** A message in parts: what it says, and runs of the lines of a stack, which are folded. */
export function parts(message: string): { text: string; isStack: boolean }[] {
  const all: { text: string; isStack: boolean }[] = [];
  for (const line of message.split("\n")) {
    const isStack = stackLine.test(line) || (/^\s/.test(line) && all.at(-1)?.isStack === true);
    const last = all.at(-1);
    if (last && last.isStack === isStack) last.text += `\n${line}`;
    else all.push({ text: line, isStack });
  }
  return all;
}

/** All of an entry, with values to filter by. */
export class Details {
  readonly root = element("aside", { className: "details", hidden: true });
  onClose: () => void = () => {};
  onField: (field: Field) => void = () => {};

  show(entry: LogEntry, search: Search | undefined, format: Format, texts: Texts): void {
    this.root.setAttribute("aria-label", texts.details);
    const copy = element("button", { className: "quiet", textContent: texts.copy });
    copy.onclick = async () => {
      await navigator.clipboard.writeText(JSON.stringify(entry, null, 2));
      copy.textContent = texts.copied;
    };
    const close = element("button", { className: "quiet", title: texts.close, attributes: { "aria-label": texts.close } }, icon("M4 4l8 8M12 4l-8 8"));
    close.onclick = () => this.onClose();
    const field = (name: string, value: Node | string) => [element("dt", {}, name), element("dd", {}, value)];
    this.root.replaceChildren(
      element("header", {}, element("h2", {}, texts.details), copy, close),
      element("dl", {},
        ...field(texts.time, `${format.date(entry.timestamp)} ${format.exactTime(entry.timestamp)}`),
        ...field(texts.level, this.#value(["", "level"], entry.level, texts)),
        ...field(texts.from, this.#value(["", "userId"], entry.userId, texts)),
        ...field(texts.id, entry.id)),
      element("div", { className: "whole" }, ...parts(entry.message).map((part) => this.#part(part, search, texts))),
    );
    if (entry.metadata !== undefined) this.root.append(element("div", { className: "json" }, this.#json(entry.metadata, [], texts)));
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  #part({ text, isStack }: { text: string; isStack: boolean }, search: Search | undefined, texts: Texts): HTMLElement {
    const whole = element("pre", {}, ...marked(text, search));
    if (!isStack) return whole;
    const lines = text.split("\n").length;
    return element("details", { open: search?.matches(text) ?? false }, element("summary", {}, texts.moreLines(lines)), whole);
  }

  #json(value: Json, path: string[], texts: Texts): HTMLElement {
    if (typeof value !== "object" || value === null) return this.#value(path, value, texts);
    const isList = Array.isArray(value);
    const members = Object.entries(value);
    const list = element("ul", {});
    for (const [name, member] of members.slice(0, mostMembers))
      list.append(element("li", {}, element("span", { className: "key" }, isList ? "" : `${name}: `), this.#json(member, [...path, name], texts)));
    if (members.length > mostMembers) list.append(element("li", {}, `… ${members.length - mostMembers}`));
    return element("span", {}, isList ? "[" : "{", list, isList ? "]" : "}");
  }

  #value(path: string[], value: null | boolean | number | string, texts: Texts): HTMLElement {
    const text = path[0] === "" ? String(value) : JSON.stringify(value);
    const name = path[0] === "" ? path.slice(1) : path;
    const button = element("button", { className: "value", title: texts.filterBy(`${name.join(".")} = ${text}`.slice(0, 200)) }, text);
    if (path.length === 0) button.disabled = true;
    button.onclick = () => this.onField({ path, value });
    return button;
  }
}
