// SPDX-License-Identifier: GPL-3.0-or-later
import { element, icon } from "./dom.js";
import type { StateKind } from "./session.js";
import type { Settings, Theme } from "./settings.js";
import { languages, type Language, type Texts } from "./texts.js";
import type { Timeline } from "./timeline.js";

/** The top bar: the reader and application, the state of the connection, and the time range. */
export class TopBar {
  readonly root = element("header", { className: "topbar" });
  readonly #who = element("span", { className: "who" });
  readonly #state = element("span", { className: "state", attributes: { role: "status" } });
  readonly #retry = element("button", { className: "small", hidden: true });
  readonly #ranges = element("div", { className: "ranges", attributes: { role: "group" } });
  readonly #present = element("button", { className: "small present", hidden: true });
  readonly #menu = element("details", { className: "menu" });
  readonly #help = element("button", { className: "quiet" }, "?");
  #texts: Texts | undefined;

  onSignOut: () => void = () => {};
  onHelp: () => void = () => {};
  onRetry: () => void = () => {};

  constructor(private readonly timeline: Timeline, private readonly settings: Settings) {
    this.root.append(element("strong", {}, "Vigie"), this.#who, this.#state, this.#retry, element("span", { className: "space" }),
                     this.#present, this.#ranges, this.#help, this.#menu);
    this.#present.onclick = () => timeline.toPresent();
    this.#retry.onclick = () => this.onRetry();
    this.#help.onclick = () => this.onHelp();
    timeline.onChange(() => this.#showRange());
    addEventListener("click", (event) => {
      if (!this.#menu.contains(event.target as Node)) this.#menu.open = false;
    });
  }

  setTexts(texts: Texts): void {
    this.#texts = texts;
    this.#retry.textContent = texts.retry;
    this.#present.textContent = texts.toPresent;
    this.#help.title = texts.help;
    this.#help.setAttribute("aria-label", texts.help);
    this.#ranges.setAttribute("aria-label", texts.range);
    this.#ranges.replaceChildren(...Object.entries(texts.ranges).map(([seconds, text]) => {
      const button = element("button", { className: "range", value: seconds, textContent: text });
      button.onclick = () => {
        this.settings.rangeSeconds.set(Number(seconds));
        this.timeline.setRange(Number(seconds) * 1000);
      };
      return button;
    }));
    const choice = <Value extends string>(label: string, values: [Value, string][], now: Value, set: (value: Value) => void): HTMLElement => {
      const select = element("select", {}, ...values.map(([value, text]) => element("option", { value, selected: value === now }, text)));
      select.onchange = () => set(select.value as Value);
      return element("label", {}, label, select);
    };
    const signOut = element("button", {}, texts.signOut);
    signOut.onclick = () => this.onSignOut();
    this.#menu.replaceChildren(
      element("summary", { title: texts.settings, attributes: { "aria-label": texts.settings } },
              icon("M2 4h12M2 8h12M2 12h12")),
      element("div", { className: "sheet" },
        choice<Theme>(texts.theme, Object.entries(texts.themes) as [Theme, string][], this.settings.theme.value, (theme) => this.settings.theme.set(theme)),
        choice<Language>(texts.language, [["en", "English"], ["fr", "Français"]] satisfies [keyof typeof languages, string][], this.settings.language.value,
                         (language) => this.settings.language.set(language)),
        signOut));
    this.#showRange();
  }

  setWho(text: string): void {
    this.#who.textContent = text;
    this.#who.title = text;
  }

  /** `kind`: the look. */
  setState(text: string, kind: StateKind, mayRetry: boolean): void {
    if (this.#state.textContent !== text) this.#state.textContent = text;
    this.#state.dataset["kind"] = kind;
    this.#retry.hidden = !mayRetry;
  }

  #showRange(): void {
    const { fromMs, toMs, isLive } = this.timeline.view;
    const seconds = String(Math.round((toMs - fromMs) / 1000));
    for (const button of this.#ranges.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === seconds));
    this.#present.hidden = isLive || !this.#texts;
  }
}
