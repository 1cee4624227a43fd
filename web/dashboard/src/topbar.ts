// SPDX-License-Identifier: GPL-3.0-or-later
import { allApps } from "./allapps.js";
import { element, icon } from "./dom.js";
import type { StateKind } from "./session.js";
import type { Settings, Theme } from "./settings.js";
import type { Format } from "./format.js";
import { languageNames, type Language, type Texts } from "./texts.js";
import type { Timeline } from "./timeline.js";

/** The top bar: the reader and application, the state of the connection, and the time range. */
export class TopBar {
  readonly root = element("header", { className: "topbar" });
  readonly #apps = element("select", { className: "apps", hidden: true });
  readonly #who = element("span", { className: "who" });
  readonly #state = element("span", { className: "state", attributes: { role: "status" } });
  readonly #asOf = element("span", { className: "asof" });
  readonly #retry = element("button", { className: "small", hidden: true });
  readonly #ranges = element("div", { className: "ranges", attributes: { role: "group" } });
  readonly #stretch = element("span", { className: "stretchtext" });
  readonly #present = element("button", { className: "present primary", hidden: true });
  readonly #pause = element("button", { className: "pause" });
  readonly #menu = element("details", { className: "menu" });
  readonly #help = element("button", { className: "quiet" }, "?");
  readonly #link = element("button", { className: "quiet link" });
  readonly #sources = element("button", { className: "quiet sources" });
  #format: Format | undefined;
  #texts: Texts | undefined;

  onSignOut: () => void = () => {};
  onHelp: () => void = () => {};
  onSources: () => void = () => {};
  onRetry: () => void = () => {};
  onApplication: (appId: string) => void = () => {};
  /** Copies the address of the view. */
  onLink: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly timeline: Timeline, private readonly settings: Settings) {
    this.root.append(element("strong", {}, "Vigie"), this.#apps, this.#who, this.#state, this.#asOf, this.#retry, element("span", { className: "space" }),
                     this.#stretch, this.#present, this.#pause, this.#ranges, this.#sources, this.#link, this.#help, this.#menu);
    this.#present.onclick = () => timeline.toPresent();
    this.#pause.onclick = () => timeline.pause();
    this.#retry.onclick = () => this.onRetry();
    this.#help.onclick = () => this.onHelp();
    this.#sources.onclick = () => this.onSources();
    this.#apps.onchange = () => this.onApplication(this.#apps.value);
    this.#link.onclick = async () => {
      await this.onLink();
      this.#link.replaceChildren(icon("M3 8l4 4l6-8"), this.#texts?.copied ?? "");
      setTimeout(() => this.#showLink(), 2_000);
    };
    timeline.onChange(() => this.#showRange());
    addEventListener("click", (event) => {
      if (!this.#menu.contains(event.target as Node)) this.#menu.open = false;
    });
  }

  /** False: no menu was open. */
  closeMenu(): boolean {
    const wasOpen = this.#menu.open;
    this.#menu.open = false;
    return wasOpen;
  }

  setLook(format: Format, texts: Texts): void {
    this.#format = format;
    this.#texts = texts;
    this.#retry.textContent = texts.retry;
    this.#pause.replaceChildren(icon("M5 3v10M11 3v10"), texts.pause);
    this.#apps.setAttribute("aria-label", texts.otherApplication);
    this.#showLink();
    this.#sources.replaceChildren(icon("M2 3.5h3.5L9 8h5M2 8h7M2 12.5h3.5L9 8M11.5 5.5L14 8l-2.5 2.5"));
    this.#sources.title = texts.sources.hint;
    this.#sources.setAttribute("aria-label", texts.sources.title);
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
    const sources = element("button", { className: "sources" }, texts.sources.title);
    sources.onclick = () => {
      this.closeMenu();
      this.onSources();
    };
    this.#menu.replaceChildren(
      element("summary", { title: texts.settings, attributes: { "aria-label": texts.settings } },
              icon("M2 4h12M2 8h12M2 12h12")),
      element("div", { className: "sheet" },
        choice<Theme>(texts.theme, Object.entries(texts.themes) as [Theme, string][], this.settings.theme.value, (theme) => this.settings.theme.set(theme)),
        choice<Language>(texts.language, Object.entries(languageNames) as [Language, string][], this.settings.language.value,
                         (language) => this.settings.language.set(language)),
        sources, signOut));
    this.#showRange();
  }

  /** `appIds`: those to choose from. */
  setWho(appId: string, userId: string, appIds: readonly string[]): void {
    const isChoice = appIds.length > 1;
    this.#apps.hidden = !isChoice;
    const text = (value: string): string => (value === allApps ? this.#texts?.allApplications ?? value : value);
    const all = [...new Set([allApps, appId, ...appIds])];
    this.#apps.replaceChildren(...all.map((value) => element("option", { value, selected: value === appId }, text(value))));
    this.#who.textContent = isChoice ? userId : `${text(appId)} · ${userId}`;
    this.#who.title = `${text(appId)} · ${userId}`;
  }

  /** When what is shown was so; empty: now. */
  setAsOf(text: string): void {
    if (this.#asOf.textContent !== text) this.#asOf.textContent = text;
  }

  /** `kind`: the look. */
  setState(text: string, kind: StateKind, mayRetry: boolean): void {
    if (this.#state.textContent !== text) this.#state.textContent = text;
    this.#state.dataset["kind"] = kind;
    this.#retry.hidden = !mayRetry;
  }

  #showLink(): void {
    const text = this.#texts?.copyLink ?? "";
    this.#link.replaceChildren(icon("M7 9l2-2M6 6l2.5-2.5a2.5 2.5 0 0 1 4 4L10 10M10 10l-2.5 2.5a2.5 2.5 0 0 1-4-4L6 6"));
    this.#link.title = text;
    this.#link.setAttribute("aria-label", text);
  }

  #showRange(): void {
    const { view: { fromMs, toMs, isLive }, isPaused, momentMs } = this.timeline;
    const seconds = String(Math.round((toMs - fromMs) / 1000));
    for (const button of this.#ranges.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === seconds));
    this.#present.hidden = isLive;
    this.#pause.hidden = !isLive;
    if (!this.#texts || !this.#format) return;
    this.#present.textContent = isPaused && momentMs === undefined ? this.#texts.resume : this.#texts.toPresent;
    const text = isLive ? "" : this.#format.stretch(fromMs, toMs);
    if (this.#stretch.textContent !== text) this.#stretch.textContent = text;
  }
}
