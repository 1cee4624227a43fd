// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogEntry } from "vigie-client";
import { element, icon } from "./dom.js";
import { entryJsonLines, entryLine, exactMetadata } from "./entrytext.js";
import { readExact, type Exact } from "./exactjson.js";
import type { Format } from "./format.js";
import { copyText } from "./clipboard.js";
import { fieldText, scalarText, type Field, type Search } from "./search.js";
import type { Texts } from "./texts.js";
import { traceIdsOf } from "./tracetree.js";
import { drawn, plainText, visibleText } from "./visible.js";

const stackLine = /^\s+(at |File "|\.\.\. \d+ (more|common)|in |from )|^(Caused by:|Suppressed:|Traceback \()/;
const maxMembers = 500; // of an object or array

/** Splits a message into its text and runs of stack trace lines, which are folded. */
export function parts(message: string): { text: string; isStack: boolean }[] {
  const all: { text: string; isStack: boolean }[] = [];
  for (const line of message.split(/\r?\n/)) {
    const isStack = stackLine.test(line) || (/^\s/.test(line) && all.at(-1)?.isStack === true);
    const last = all.at(-1);
    if (last && last.isStack === isStack) last.text += `\n${line}`;
    else all.push({ text: line, isStack });
  }
  return all;
}

/** Shows all of an entry. Its values can be used as filters. */
export class Details {
  readonly root = element("aside", { className: "details", hidden: true, attributes: { role: "region" } });
  onClose: () => void = () => {};
  onTrace: (traceId: string) => void = () => {};
  onField: (field: Field) => void = () => {};

  show(entry: LogEntry, search: Search | undefined, format: Format, texts: Texts): void {
    this.root.setAttribute("aria-label", texts.details);
    const copy = (title: string, text: () => string): HTMLElement => {
      const button = element("button", { className: "small", textContent: title });
      button.onclick = async () => {
        await copyText(text());
        button.textContent = texts.copied;
      };
      return button;
    };
    const close = element("button", { className: "quiet", title: texts.close, attributes: { "aria-label": texts.close } }, icon("M4 4l8 8M12 4l-8 8"));
    close.onclick = () => this.onClose();
    const { trace } = traceIdsOf(entry);
    const show = element("button", { className: "small trace", textContent: texts.trace.show });
    show.onclick = () => this.onTrace(trace);
    const field = (name: string, ...value: (Node | string)[]) => [element("dt", {}, name), element("dd", {}, ...value)];
    this.root.replaceChildren(
      element("header", {}, element("h2", {}, texts.details), ...(trace ? [show] : []), copy(texts.copyJson, () => entryJsonLines(entry)), copy(texts.copyText, () => entryLine(entry, format)), close),
      element("dl", {},
        ...field(texts.time, format.full(entry.timestamp)),
        ...field(texts.level, ...this.#value({ key: "level", value: entry.level }, entry.level, texts)),
        ...field(texts.from, ...this.#value({ key: "user", value: entry.userId }, entry.userId, texts)),
        ...field(texts.application, ...this.#value({ key: "app", value: entry.appId }, entry.appId, texts)),
        ...field(texts.id, ...drawn(entry.id))),
      element("div", { className: "whole" }, ...parts(entry.message).map((part) => this.#part(part, search, texts))),
    );
    if (entry.metadata !== undefined) {
      const metadata = this.#json(readExact(exactMetadata(entry)), undefined, search, texts);
      this.root.append(element("div", { className: "json" }, metadata));
    }
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  #part({ text, isStack }: { text: string; isStack: boolean }, search: Search | undefined, texts: Texts): HTMLElement {
    const whole = element("pre", {}, ...drawn(text, search));
    if (!isStack) return whole;
    const lines = text.split("\n").length;
    const folded = element("details", {}, element("summary", {}, texts.moreLines(lines)), whole);
    void Promise.resolve(search?.spans(plainText(text))).then((found) => (folded.open = (found?.length ?? 0) > 0));
    return folded;
  }

  #json(value: Exact, key: string | undefined, search: Search | undefined, texts: Texts): HTMLElement {
    if (value.kind === "scalar") return element("span", {}, ...this.#value({ key: key ?? "", value: scalarText(value) }, value.text, texts, search, key === undefined));
    const isList = value.kind === "list";
    const members = isList ? value.items.map((item, i): [string, Exact] => [String(i), item]) : value.members;
    const list = element("ul", {});
    for (const [name, member] of members.slice(0, maxMembers)) {
      const label = element("span", { className: "key" }, ...(isList ? [] : [element("bdi", {}, ...drawn(name)), ": "]));
      list.append(element("li", {}, label, this.#json(member, key === undefined ? name : `${key}.${name}`, search, texts)));
    }
    if (members.length > maxMembers) list.append(element("li", {}, `… ${members.length - maxMembers}`));
    return element("span", {}, isList ? "[" : "{", list, isList ? "]" : "}");
  }

  /** A value, which filters for it, and a button that filters against it. */
  #value(field: Field, text: string, texts: Texts, search?: Search, isWhole = false): HTMLElement[] {
    const what = visibleText(fieldText(field).slice(0, 200));
    const button = element("button", { className: "value", title: texts.onlyHint(what), disabled: isWhole }, ...drawn(text, search));
    button.onclick = () => this.onField(field);
    if (isWhole) return [button];
    const not = element("button", { className: "against", textContent: "≠", title: texts.hideHint(what), attributes: { "aria-label": texts.hideHint(what) } });
    not.onclick = () => this.onField({ ...field, isNot: true });
    return [button, not];
  }
}
