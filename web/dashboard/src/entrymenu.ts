// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when it is first opened.
import type { LogEntry } from "vigie-client";
import { element } from "./dom.js";
import { exactMetadata } from "./entrytext.js";
import { readExact, type Exact } from "./exactjson.js";
import { fieldText, scalarText, type Field } from "./search.js";
import type { Texts } from "./texts.js";
import { traceIdsOf } from "./tracetree.js";
import { drawn, visibleText } from "./visible.js";

const maxValues = 8; // of the metadata
const maxShown = 60; // characters of a value
const edge = 8; // pixels from the window's edges

/** What can be done with an entry. */
export interface EntryActions {
  copyText: () => void;
  copyJson: () => void;
  around: () => void;
  trace: (traceId: string) => void;
  filter: (field: Field) => void;
  highlight: (text: string) => void;
  /** Why there can be no further highlight; empty: there can. */
  noHighlight: string;
  wrap: () => void;
  isWrapped: boolean;
  /** Entries of all applications are shown. */
  isOfAll: boolean;
}

/** The fields of an entry that can be filtered by: its level, its sender, its application where all are shown, and the first
 * values of its metadata. */
export function fieldsOf(entry: LogEntry, isOfAll = false): Field[] {
  const fields: Field[] = [{ key: "level", value: entry.level }, { key: "user", value: entry.userId }];
  if (isOfAll) fields.push({ key: "app", value: entry.appId });
  const most = fields.length + maxValues;
  const add = (value: Exact, key: string): void => {
    if (fields.length >= most) return;
    if (value.kind === "scalar") return void fields.push({ key, value: scalarText(value) });
    const members = value.kind === "list" ? value.items.map((item, i): [string, Exact] => [String(i), item]) : value.members;
    for (const [name, member] of members) add(member, key ? `${key}.${name}` : name);
  };
  if (entry.metadata !== undefined) {
    const metadata = readExact(exactMetadata(entry));
    if (metadata.kind !== "scalar") add(metadata, "");
  }
  return fields;
}

/** The menu of an entry, at a place in the window. One is open at a time. */
export class EntryMenu {
  readonly root = element("div", { className: "popup entrymenu", attributes: { role: "menu" } });
  readonly #focused = document.activeElement as HTMLElement | null;

  constructor(entry: LogEntry, marked: string, place: { x: number; y: number }, actions: EntryActions, texts: Texts, private readonly onClose: () => void) {
    const item = (text: string, action: () => void): HTMLElement => {
      const button = element("button", { className: "quiet", textContent: text, attributes: { role: "menuitem" } });
      button.onclick = () => {
        this.close();
        action();
      };
      return button;
    };
    const { trace } = traceIdsOf(entry);
    const rows = fieldsOf(entry, actions.isOfAll).map((field) => this.#row(field, actions, texts));
    const input = element("input", { value: marked || entry.message.split("\n", 1)[0]!.slice(0, maxShown), spellcheck: false, attributes: { "aria-label": texts.highlightHint } });
    const highlight = item(texts.highlight, () => actions.highlight(input.value)) as HTMLButtonElement;
    highlight.disabled = input.disabled = actions.noHighlight !== "";
    input.addEventListener("keydown", (event) => event.key === "Enter" && highlight.click());
    const wrap = item(texts.wrap, actions.wrap);
    wrap.setAttribute("role", "menuitemcheckbox");
    wrap.setAttribute("aria-checked", String(actions.isWrapped));
    this.root.setAttribute("aria-label", texts.entryMenu);
    this.root.append(item(texts.copyText, actions.copyText), item(texts.copyJson, actions.copyJson), item(texts.aroundThis, actions.around),
                     ...(trace ? [item(texts.trace.show, () => actions.trace(trace))] : []),
                     element("hr", {}), ...rows, element("hr", {}), element("div", { className: "row" }, input, highlight), element("p", { className: "why", textContent: actions.noHighlight }), wrap);
    this.root.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pointerdown", this.#outside);
    document.body.append(this.root);
    const { width, height } = this.root.getBoundingClientRect();
    this.root.style.left = `${Math.max(edge, Math.min(place.x, innerWidth - width - edge))}px`;
    this.root.style.top = `${Math.max(edge, Math.min(place.y, innerHeight - height - edge))}px`;
    this.root.querySelector("button")!.focus();
  }

  close(): void {
    if (!this.root.isConnected) return;
    removeEventListener("pointerdown", this.#outside);
    this.root.remove();
    this.onClose();
    this.#focused?.focus();
  }

  readonly #outside = (event: Event): void => {
    if (!this.root.contains(event.target as Node)) this.close();
  };

  /** A value, with the filters for and against it. */
  #row(field: Field, actions: EntryActions, texts: Texts): HTMLElement {
    const what = visibleText(fieldText(field)).slice(0, 200);
    const button = (text: string, title: string, chosen: Field): HTMLElement => {
      const made = element("button", { className: "small", textContent: text, title, attributes: { role: "menuitem", "aria-label": title } });
      made.onclick = () => {
        this.close();
        actions.filter(chosen);
      };
      return made;
    };
    return element(
      "div", { className: "row" }, element("span", { className: "what", title: what }, ...drawn(fieldText(field), undefined, maxShown)),
      button(texts.only, texts.onlyHint(what), field), button(texts.hide, texts.hideHint(what), { ...field, isNot: true }));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return this.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const all = [...this.root.querySelectorAll<HTMLElement>("button:enabled, input:enabled")];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
