// SPDX-License-Identifier: GPL-3.0-or-later
import { element, icon } from "./dom.js";
import { storedRegex, TextSearch, type Search } from "./search.js";
import type { Texts } from "./texts.js";

const pauseMs = 150; // pause in typing

/** The search field. Refuses what Vigie's store would refuse, and shows the reason. */
export class SearchBox {
  readonly root: HTMLElement;
  readonly #input = element("input", { type: "search", id: "search", spellcheck: false, autocomplete: "off" });
  readonly #regex = element("button", { className: "toggle", textContent: ".*" });
  readonly #problem = element("p", { id: "searchproblem", hidden: true, attributes: { role: "alert" } });
  /** Says that only what is stored is searched, as long as that is so. */
  readonly slow = element("p", { className: "slow", hidden: true, attributes: { role: "status" } });
  #isRegex = false;
  #isWithin = false;
  #search: Search | undefined;
  #searchedText = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  /** The search changed. */
  onSearch: () => void = () => {};
  /** Returns why Vigie refuses a regular expression; undefined if it accepts it, or that is unknown. */
  askRegex: (stored: string) => Promise<string | undefined> = () => Promise.resolve(undefined);

  constructor(private texts: Texts) {
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#choose(), pauseMs);
    });
    this.#input.addEventListener("keydown", (event) => event.key === "Enter" && void this.#choose());
    this.#input.setAttribute("aria-describedby", this.#problem.id);
    this.#regex.setAttribute("aria-pressed", "false");
    this.#regex.onclick = () => {
      this.#setRegex(!this.#isRegex);
      void this.#choose();
    };
    const glass = icon("M7 2a5 5 0 1 0 0 10a5 5 0 0 0 0-10M11 11l3 3");
    this.root = element("div", { className: "search" }, glass, this.#input, this.#regex, this.#problem);
    this.setTexts(texts);
  }

  get search(): Search | undefined {
    return this.#search;
  }
  /** The search in the form of the API: by prefixes of words, which is fast, or anywhere. */
  get stored(): { search?: string; regex?: string } {
    if (!this.#search) return {};
    return this.#search.isRegex || this.#isWithin ? { regex: this.#search.stored } : { search: this.#searchedText };
  }

  get isRegex(): boolean {
    return this.#isRegex;
  }
  /** The text that is searched for. */
  get text(): string {
    return this.#search ? this.#searchedText : "";
  }

  /** Searches for another text, as if it had been typed. */
  set(text: string, isRegex: boolean): Promise<void> {
    this.#input.value = text;
    this.#setRegex(isRegex);
    return this.#choose();
  }

  setTexts(texts: Texts): void {
    this.texts = texts;
    this.#input.placeholder = texts.searchHint;
    this.#input.setAttribute("aria-label", texts.searchHint);
    this.slow.textContent = texts.slowRegex;
    this.#regex.title = texts.regex;
    this.#regex.setAttribute("aria-label", texts.regex);
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Searches within words, too, until the search changes. */
  searchWithin(): void {
    this.#isWithin = true;
    this.onSearch();
  }

  #setRegex(isRegex: boolean): void {
    this.#isRegex = isRegex;
    this.#regex.setAttribute("aria-pressed", String(isRegex));
  }

  async #choose(): Promise<void> {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    const text = this.#input.value;
    let search: Search | undefined;
    let problem = "";
    if (text && !this.#isRegex) search = new TextSearch(text);
    else if (text) {
      try {
        const { RegexSearch } = await import("./regexsearch.js");
        const made = new RegexSearch(text);
        made.onTooSlow = () => this.#tooSlow();
        search = made;
      } catch (error) {
        problem = error instanceof SyntaxError ? this.texts.badRegex : String(error);
      }
      const refusal = await this.askRegex(storedRegex(text));
      if (round !== this.#round) return;
      if (refusal) problem = this.texts.refusedRegex(refusal);
    }
    this.#input.setCustomValidity(problem);
    this.#problem.textContent = problem;
    this.#problem.hidden = !problem;
    if (problem) return;
    if (this.#search?.isRegex) this.#search.end();
    this.slow.hidden = true;
    this.#search = search;
    this.#searchedText = text;
    this.#isWithin = false;
    this.onSearch();
  }

  #tooSlow(): void {
    this.slow.hidden = false;
    this.onSearch();
  }
}
