// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Severity } from "vigie-client";
import type { LogsQuery } from "./api.js";
import { element, icon } from "./dom.js";
import type { Format } from "./format.js";
import type { Highlights } from "./highlights.js";
import { LevelMenu } from "./levelmenu.js";
import { fieldText, isSameField, type Field, type LogChoice } from "./search.js";
import { SearchBox } from "./searchbox.js";
import type { Texts } from "./texts.js";
import { drawn, visibleText } from "./visible.js";

/** What the reader has chosen, as the address of a view holds it. */
export interface FilterState {
  /** Empty: all. */
  levels: Severity[];
  search: string;
  isRegex: boolean;
  fields: Field[];
}

/** Which entries are shown: the search, the levels, and the values to have or not, each as a chip. */
export class LogFilter {
  readonly search: SearchBox;
  readonly levels = new LevelMenu();
  readonly chips = element("div", { className: "fields" });
  #fields: readonly Field[] = [];

  /** Another choice was made. */
  onChange: () => void = () => {};
  /** Entries may have other colours now. */
  onHighlights: () => void = () => {};

  constructor(private readonly highlights: Highlights, private texts: Texts) {
    this.search = new SearchBox(texts);
    this.search.onSearch = () => this.onChange();
    this.levels.onChange = () => this.onChange();
    highlights.onChange = () => this.#showChips();
  }

  setLook(format: Format, texts: Texts): void {
    this.texts = texts;
    this.search.setTexts(texts);
    this.levels.setLook(format, texts);
    this.#showChips();
  }

  get choice(): LogChoice {
    return { severities: this.levels.passing, search: this.search.search, fields: this.#fields };
  }
  /** Empty: all levels. */
  get chosenLevels(): Severity[] {
    const { passing } = this.levels;
    return passing.size === severities.length ? [] : severities.filter((severity) => passing.has(severity));
  }
  get isChosen(): boolean {
    return this.isByMoreThanLevel || this.chosenLevels.length > 0;
  }
  get isByMoreThanLevel(): boolean {
    return this.search.search !== undefined || this.#fields.length > 0;
  }
  get state(): FilterState {
    return { levels: this.chosenLevels, search: this.search.text, isRegex: this.search.isRegex, fields: [...this.#fields] };
  }

  /** The choice in the form of the API; the rest is filtered here. */
  get query(): LogsQuery {
    const levels = this.chosenLevels;
    return {
      ...(levels.length > 0 && !levels.includes("other") ? { level: levels.join(",") } : {}), // Vigie knows no "other"
      ...this.search.stored,
    };
  }

  add(field: Field): void {
    this.#fields = [...this.#fields.filter((one) => !isSameField(one, field)), field];
    this.#showChips();
    this.onChange();
  }

  /** Sets all of it. */
  set({ levels, search, isRegex, fields }: FilterState): void {
    this.#fields = fields;
    this.levels.set(levels);
    this.#showChips();
    void this.search.set(search, isRegex); // tells of the change
  }

  reset(): void {
    if (this.isChosen) this.set({ levels: [], search: "", isRegex: this.search.isRegex, fields: [] });
  }

  #showChips(): void {
    const chip = (className: string, text: string, title: string, remove: () => void): HTMLElement => {
      const button = element("button", { className: `chip ${className}`, title, attributes: { "aria-label": title } }, ...drawn(text), icon("M4 4l8 8M12 4l-8 8"));
      button.onclick = remove;
      return button;
    };
    const fields = this.#fields.map((field) => chip(field.isNot ? "not" : "", fieldText(field), this.texts.removeFilter(visibleText(fieldText(field))), () => {
      this.#fields = this.#fields.filter((one) => one !== field);
      this.#showChips();
      this.onChange();
    }));
    const rules = this.highlights.rules.map(({ text, colour }) =>
      chip(`highlight-${colour}`, text, this.texts.removeHighlight(visibleText(text)), () => this.highlights.remove(text)));
    this.chips.replaceChildren(...fields, ...rules);
    this.onHighlights();
  }
}
