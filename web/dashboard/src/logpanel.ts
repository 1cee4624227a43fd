// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type LogEntry, type Severity } from "vigie-client";
import { Details } from "./details.js";
import { element, icon } from "./dom.js";
import { entryJson } from "./entrytext.js";
import { sameDay, type Format } from "./format.js";
import { LogList } from "./loglist.js";
import { LogStore } from "./logstore.js";
import { OlderNote, type OlderState } from "./oldernote.js";
import { fieldText, isSameField, type Field, type Search } from "./search.js";
import { SearchBox } from "./searchbox.js";
import type { Texts } from "./texts.js";
import { drawn, visibleText } from "./visible.js";

/** A time range in the past whose entries are shown instead of the live ones. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** The log: its lines, the search, and the details of one entry. */
export class LogPanel {
  readonly root = element("section", { className: "logs", id: "log" });
  readonly live = new LogStore();
  /** The entries of a past range, while one is shown. */
  readonly past = new LogStore();
  readonly #list: LogList;
  readonly #pastList: LogList;
  readonly #details = new Details();
  readonly #search: SearchBox;
  readonly #levels = element("div", { className: "levels", attributes: { role: "group" } });
  readonly #fields = element("div", { className: "fields" });
  readonly #count = element("span", { className: "count" });
  readonly #follow = element("button", { className: "follow" });
  readonly #download = element("button", { className: "quiet" });
  readonly #waiting = element("button", { className: "waiting", hidden: true });
  readonly #note = new OlderNote();
  readonly #body: HTMLElement;
  #severities = new Set<Severity>(severities);
  #chosen: Field[] = [];
  #older: OlderState = { kind: "more" };
  #stretch: Stretch | undefined;

  /** Load older matching entries. `isAsked`: requested by the reader, even after a failure. */
  onOlder: (isAsked: boolean) => void = () => {};
  /** The filter changed, so entries loaded for the previous one are gone. */
  onChoice: () => void = () => {};
  onLeaveStretch: () => void = () => {};

  constructor(private format: Format, private texts: Texts) {
    this.#search = new SearchBox(texts);
    this.#list = new LogList(this.live, format, texts);
    this.#pastList = new LogList(this.past, format, texts);
    this.#pastList.root.hidden = true;
    this.#pastList.setFollowing(false);
    const lists = element("div", { className: "lists" }, this.#list.root, this.#pastList.root, this.#note.root, this.#waiting);
    const bar = [this.#search.root, this.#levels, this.#fields, this.#count, this.#download, this.#follow];
    this.#body = element("div", { className: "logbody" }, lists, this.#details.root);
    this.root.append(element("div", { className: "logbar" }, ...bar), this.#body);
    for (const list of [this.#list, this.#pastList]) list.onSelect = (line) => this.#showDetails(line?.entry);
    this.#list.onFollowChange = () => this.#showState();
    for (const list of [this.#list, this.#pastList]) {
      list.onTop = () => this.onOlder(false);
      list.onScroll = () => this.#placeNote();
    }
    this.#search.onSearch = () => this.#choose();
    this.#note.onGoOn = () => this.onOlder(true);
    this.#note.onWithin = () => this.#search.searchWithin();
    this.#details.onClose = () => this.closeDetails();
    this.#details.onField = (field) => this.#addField(field);
    this.#follow.onclick = () => this.toggleFollowing();
    this.#waiting.onclick = () => this.#shownList.setFollowing(true);
    this.#download.onclick = () => this.#save();
    for (const store of [this.live, this.past]) store.onChange(() => this.#showState());
    this.setLanguage(format, texts);
  }

  get search(): Search | undefined {
    return this.#shownStore.choice.search;
  }
  /** The search in the form of the API. */
  get storedSearch(): SearchBox["stored"] {
    return this.#search.stored;
  }
  /** Empty: all levels. */
  get levels(): Severity[] {
    return this.#severities.size === severities.length ? [] : [...this.#severities];
  }
  get stretch(): Stretch | undefined {
    return this.#stretch;
  }
  get #shownList(): LogList {
    return this.#stretch ? this.#pastList : this.#list;
  }
  get #shownStore(): LogStore {
    return this.#stretch ? this.past : this.live;
  }

  /** Sets the function that finds out why Vigie refuses a regular expression. */
  setRegexCheck(ask: SearchBox["askRegex"]): void {
    this.#search.askRegex = ask;
  }

  setLanguage(format: Format, texts: Texts): void {
    this.format = format;
    this.texts = texts;
    this.#search.setTexts(texts);
    this.#download.replaceChildren(icon("M8 2v8M5 7l3 3 3-3M3 13h10"));
    this.#download.title = texts.downloadHint;
    this.#download.setAttribute("aria-label", texts.download);
    this.#levels.setAttribute("aria-label", texts.level);
    this.#list.root.setAttribute("aria-label", texts.logRate);
    this.#pastList.root.setAttribute("aria-label", texts.logRate);
    this.#list.setLanguage(format, texts);
    this.#pastList.setLanguage(format, texts);
    this.#showLevels();
    this.#showFields();
    this.#showState();
  }

  /** Shows the entries of a past range until it is closed, with the one at `aroundMs` in the middle. `cursor`: Vigie's, for
   * older ones. */
  showStretch(stretch: Stretch, entries: readonly LogEntry[], cursor: string | null | undefined, aroundMs: number): void {
    this.#stretch = stretch;
    this.past.clear();
    this.past.setChoice(this.live.choice);
    this.past.add(entries);
    this.past.setOlderCursor(cursor);
    this.#list.root.hidden = true;
    this.#pastList.root.hidden = false;
    this.closeDetails();
    const line = this.past.shown.findLast(({ entry }) => entry.timestamp <= aroundMs) ?? this.past.shown[0];
    requestAnimationFrame(() => this.#pastList.centre(line));
    this.#showFields();
    this.#showState();
  }

  leaveStretch(): void {
    if (!this.#stretch) return;
    this.#stretch = undefined;
    this.#pastList.root.hidden = true;
    this.#list.root.hidden = false;
    this.past.clear();
    this.closeDetails();
    this.#list.setFollowing(this.#list.isFollowing);
    this.#showFields();
    this.#showState();
    this.onLeaveStretch();
  }

  focusSearch(): void {
    this.#search.focus();
  }

  focusList(): void {
    this.#shownList.root.focus();
  }

  toggleFollowing(): void {
    if (this.#stretch) return this.leaveStretch();
    this.#list.setFollowing(!this.#list.isFollowing);
  }

  toEnd(): void {
    this.#shownList.setFollowing(true);
  }

  toTop(): void {
    this.#shownList.toTop();
  }

  openDetails(): void {
    this.#showDetails(this.#shownList.selected?.entry);
  }

  /** False: there was nothing to close. */
  closeDetails(): boolean {
    const wasOpen = !this.#details.root.hidden;
    this.#details.hide();
    if (this.#shownList.selected) this.#shownList.select(undefined);
    return wasOpen;
  }

  setOlder(state: OlderState): void {
    this.#older = state;
    this.root.classList.toggle("loading", state.kind === "loading");
    this.#shownList.root.setAttribute("aria-busy", String(state.kind === "loading"));
    this.#showState();
  }

  #choose(): void {
    const choice = { severities: new Set(this.#severities), search: this.#search.search, fields: this.#chosen };
    this.live.setChoice(choice);
    if (this.#stretch) this.past.setChoice(choice);
    this.onChoice();
  }

  #addField(field: Field): void {
    if (!this.#chosen.some((one) => isSameField(one, field))) this.#chosen = [...this.#chosen, field];
    this.#showFields();
    this.#choose();
  }

  #showFields(): void {
    const chip = (text: string, remove: () => void): HTMLElement => {
      const title = this.texts.removeFilter(visibleText(text));
      const button = element("button", { className: "chip", title }, ...drawn(text), icon("M4 4l8 8M12 4l-8 8"));
      button.onclick = remove;
      return button;
    };
    const chips = this.#chosen.map((field) => chip(fieldText(field), () => {
      this.#chosen = this.#chosen.filter((one) => one !== field);
      this.#showFields();
      this.#choose();
    }));
    if (this.#stretch) {
      const { fromMs, toMs } = this.#stretch;
      const end = sameDay(fromMs, toMs) ? this.format.time(toMs) : this.format.moment(toMs);
      chips.unshift(chip(`${this.format.moment(fromMs)} – ${end}`, () => this.leaveStretch()));
    }
    this.#fields.replaceChildren(...chips);
  }

  #showLevels(): void {
    this.#levels.replaceChildren(...severities.map((severity) => {
      const button = element("button", { className: `level-chip ${severity}`, textContent: this.texts.levels[severity] });
      button.setAttribute("aria-pressed", String(this.#severities.has(severity)));
      button.onclick = () => {
        if (!this.#severities.delete(severity)) this.#severities.add(severity);
        this.#showLevels();
        this.#choose();
      };
      return button;
    }));
  }

  #showState(): void {
    const store = this.#shownStore;
    const shown = store.shown.length;
    this.#count.textContent = this.texts.entries(this.format.count(shown), this.format.count(store.held));
    const isChosen = store.held > 0 || this.#stretch !== undefined || this.search !== undefined;
    // The live list holds everything, or was searched in another way.
    const isByWords = this.storedSearch.search !== undefined && (this.#stretch !== undefined || this.live.hasEarlier);
    this.#note.show(this.#older, { isEmpty: shown === 0, isChosen, isByWords }, this.format, this.texts);
    this.#placeNote();
    const follows = !this.#stretch && this.#list.isFollowing;
    this.#follow.replaceChildren(icon(follows ? "M5 3v10M11 3v10" : "M4 3l9 5l-9 5z"), this.#stretch ? this.texts.toPresent : follows ? this.texts.pause : this.texts.follow);
    const waiting = this.#stretch ? 0 : this.#list.waiting;
    this.#waiting.hidden = waiting === 0;
    this.#waiting.textContent = `↓ ${this.texts.waiting(waiting)}`;
  }

  /** Places the note in the middle of an empty list, else before the oldest entry. A failure is always visible. */
  #placeNote(): void {
    const isEmpty = this.#shownStore.shown.length === 0;
    const isFailed = this.#older.kind === "failed";
    const offset = isEmpty || isFailed ? 0 : this.#shownList.headOffset;
    this.#note.root.classList.toggle("empty", isEmpty);
    this.#note.root.classList.toggle("failed", isFailed);
    this.#note.root.hidden = offset === undefined;
    this.#note.root.style.transform = offset ? `translateY(${-offset}px)` : "";
  }

  #showDetails(entry: LogEntry | undefined): void {
    if (entry) this.#details.show(entry, this.search, this.format, this.texts);
    else this.#details.hide();
    this.root.classList.toggle("withdetails", !this.#details.root.hidden);
  }

  #save(): void {
    const lines = this.#shownStore.shown.filter((line) => !line.isNote).map((line) => entryJson(line.entry) + "\n");
    const address = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
    element("a", { href: address, download: `${this.#shownStore.oldest?.appId ?? "log"}.jsonl` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
