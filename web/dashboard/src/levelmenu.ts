// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Severity } from "vigie-client";
import { element, icon } from "./dom.js";
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";

const serious: readonly Severity[] = ["warn", "error", "fatal"];

const isSame = (a: ReadonlySet<Severity>, b: readonly Severity[]): boolean => a.size === b.length && b.every((one) => a.has(one));

/** What passes, in words: "All levels", "Errors only", "Warning and above", "3 levels". */
export function levelsText(passing: ReadonlySet<Severity>, texts: Texts): string {
  if (passing.size === severities.length) return texts.allLevels;
  if (isSame(passing, serious)) return texts.warningAndAbove;
  return passing.size === 1 ? texts.onlyLevel[[...passing][0]!] : texts.someLevels(passing.size);
}

/** The button that says which levels pass, and its menu, which stays open while levels are chosen. */
export class LevelMenu {
  readonly root = element("div", { className: "levels" });
  readonly #button = element("button", { attributes: { "aria-haspopup": "true", "aria-expanded": "false" } });
  readonly #menu = element("div", { className: "popup", hidden: true, attributes: { role: "group" } });
  #passing: ReadonlySet<Severity> = new Set(severities);
  #counts: ReadonlyMap<Severity, number> | undefined;
  #look: { format: Format; texts: Texts } | undefined;
  #parts: { severity: Severity; box: HTMLInputElement; count: HTMLElement }[] = [];

  /** Other levels were chosen. */
  onChange: () => void = () => {};
  /** The menu opens: counts are needed. */
  onOpen: () => void = () => {};

  constructor() {
    this.root.append(this.#button, this.#menu);
    this.#button.onclick = () => this.#setOpen(this.#menu.hidden);
    addEventListener("pointerdown", (event) => {
      if (!this.root.contains(event.target as Node)) this.#setOpen(false);
    });
  }

  get passing(): ReadonlySet<Severity> {
    return this.#passing;
  }

  /** An empty choice is all levels. */
  set(passing: Iterable<Severity>): void {
    const wanted = new Set(passing);
    this.#passing = wanted.size > 0 ? wanted : new Set(severities);
    this.#show();
  }

  /** The number of entries of each level; undefined: unknown. */
  setCounts(counts: ReadonlyMap<Severity, number> | undefined): void {
    this.#counts = counts;
    this.#show();
  }

  setLook(format: Format, texts: Texts): void {
    this.#look = { format, texts };
    this.#menu.setAttribute("aria-label", texts.level);
    const choice = (text: string, levels: readonly Severity[]): HTMLElement => {
      const button = element("button", { className: "quiet", textContent: text });
      button.onclick = () => this.#choose(levels);
      return button;
    };
    this.#parts = severities.map((severity) => {
      const box = element("input", { type: "checkbox", attributes: { "aria-label": texts.levels[severity] } });
      box.onchange = () => this.#toggle(severity);
      return { severity, box, count: element("span", { className: "number" }) };
    });
    this.#menu.replaceChildren(choice(texts.all, severities), choice(texts.warningAndAbove, serious), ...this.#parts.map(({ severity, box, count }) => {
      const name = element("button", { className: `quiet level ${severity}` }, element("i", {}), texts.levels[severity], count);
      name.onclick = (event) => (event.ctrlKey || event.metaKey ? this.#toggle(severity) : this.#choose([severity]));
      return element("div", { className: "row" }, box, name);
    }));
    this.#show();
  }

  /** False: it was not open. */
  close(): boolean {
    const wasOpen = !this.#menu.hidden;
    const hadFocus = this.#menu.contains(document.activeElement);
    this.#setOpen(false);
    if (wasOpen && hadFocus) this.#button.focus();
    return wasOpen;
  }

  #setOpen(isOpen: boolean): void {
    if (isOpen !== this.#menu.hidden) return;
    this.#menu.hidden = !isOpen;
    this.#button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    this.onOpen();
    // Where it has the most room.
    const { left, top, bottom } = this.#button.getBoundingClientRect();
    const isBelow = innerHeight - bottom >= top;
    this.#menu.style.left = `${left}px`;
    this.#menu.style.top = isBelow ? `${bottom + 4}px` : "auto";
    this.#menu.style.bottom = isBelow ? "auto" : `${innerHeight - top + 4}px`;
    this.#menu.style.maxHeight = `${(isBelow ? innerHeight - bottom : top) - 12}px`;
  }

  #toggle(severity: Severity): void {
    const wanted = new Set(this.#passing);
    if (!wanted.delete(severity)) wanted.add(severity);
    this.#choose(wanted);
  }

  #choose(levels: Iterable<Severity>): void {
    this.set(levels);
    this.onChange();
  }

  #show(): void {
    if (!this.#look) return;
    const { format, texts } = this.#look;
    this.#button.replaceChildren(levelsText(this.#passing, texts), icon("M4 6l4 4l4-4"));
    this.#button.classList.toggle("chosen", this.#passing.size < severities.length);
    for (const { severity, box, count } of this.#parts) {
      box.checked = this.#passing.has(severity);
      count.textContent = this.#counts ? format.count(this.#counts.get(severity) ?? 0) : "";
    }
  }
}
