// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogEntry } from "vigie-client";
import { copyText } from "./clipboard.js";
import { Details } from "./details.js";
import { element, icon } from "./dom.js";
import type { EntryMenu } from "./entrymenu.js";
import { entryJsonLines, entryLine } from "./entrytext.js";
import type { Format } from "./format.js";
import { maxHighlights, type Highlights } from "./highlights.js";
import { LogFilter } from "./logfilter.js";
import { LogList } from "./loglist.js";
import { LogStore } from "./logstore.js";
import { OlderNote, type OlderState } from "./oldernote.js";
import type { Signal } from "./signal.js";
import type { StoredTotals } from "./storedtotals.js";
import type { Texts } from "./texts.js";

/** A time range whose entries are shown instead of the live ones. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** The log: its lines, the filter, and the details of one entry. */
export class LogPanel {
  readonly root = element("section", { className: "logs", id: "log" });
  readonly live = new LogStore();
  /** The entries of a past range, while one is shown. */
  readonly past = new LogStore();
  readonly filter: LogFilter;
  readonly #list: LogList;
  readonly #pastList: LogList;
  readonly #details = new Details();
  readonly #count = element("span", { className: "count", attributes: { role: "status" } });
  readonly #apps = element("span", { className: "someapps", attributes: { role: "status" } });
  #watched = { shown: 0, all: 0 }; // applications
  readonly #follow = element("button", { className: "follow" });
  readonly #export = element("button", { className: "quiet export" });
  readonly #waiting = element("button", { className: "waiting", hidden: true });
  readonly #note = new OlderNote();
  #older: OlderState = { kind: "more" };
  #stretch: Stretch | undefined;
  #isLive = true;
  #menu: EntryMenu | undefined;
  #wantedId: string | undefined;
  #totals: StoredTotals | undefined;

  /** Load older matching entries. `isAsked`: requested by the reader, even after a failure. */
  onOlder: (isAsked: boolean) => void = () => {};
  /** The filter changed, so entries loaded for the previous one are gone. */
  onChoice: () => void = () => {};
  /** The reader wants the newest entries, as they come. */
  onNow: () => void = () => {};
  onAround: (timeMs: number) => void = () => {};
  onAddSource: () => void = () => {};
  onExport: () => void = () => {};
  onTrace: (traceId: string) => void = () => {};

  constructor(private readonly highlights: Highlights, private readonly wraps: Signal<boolean>, private format: Format, private texts: Texts) {
    this.filter = new LogFilter(highlights, texts);
    this.#list = new LogList(this.live, highlights, format, texts);
    this.#pastList = new LogList(this.past, highlights, format, texts);
    this.#pastList.root.hidden = true;
    this.#pastList.setMayFollow(false);
    const lists = element("div", { className: "lists" }, this.#list.root, this.#pastList.root, this.#note.root);
    const bar = [this.filter.search.root, this.filter.levels.root, this.filter.chips, this.#apps, this.#count, this.#waiting, this.#export, this.#follow, this.filter.search.slow];
    this.root.append(element("div", { className: "logbar" }, ...bar), element("div", { className: "logbody" }, lists, this.#details.root));
    for (const list of this.#lists) {
      list.onSelect = (line) => this.#showDetails(line?.entry);
      list.onTop = () => this.onOlder(false);
      list.onScroll = () => this.#placeNote();
      list.onMenu = (line, place, marked) => void this.#openMenu(line.entry, place, marked);
    }
    this.#list.onFollowChange = () => this.#showState();
    this.filter.onChange = () => this.#choose();
    this.filter.onHighlights = () => this.#lists.forEach((list) => list.redraw());
    this.filter.levels.onOpen = () => void this.#totals?.ask();
    this.#note.onGoOn = () => this.onOlder(true);
    this.#note.onWithin = () => this.filter.search.searchWithin();
    this.#note.onAddSource = () => this.onAddSource();
    this.#note.onReset = () => this.filter.reset();
    this.#details.onClose = () => this.closeDetails();
    this.#details.onTrace = (traceId) => this.onTrace(traceId);
    this.#details.onField = (field) => this.filter.add(field);
    this.#follow.onclick = () => (this.#isLive ? this.#list.setFollowing(!this.#list.isFollowing) : this.onNow());
    this.#waiting.onclick = () => (this.#isLive ? this.#list.setFollowing(true) : this.onNow());
    this.#export.onclick = () => this.onExport();
    for (const store of [this.live, this.past]) store.onChange(() => this.#showState());
    this.wraps.watch((isWrapped) => this.#lists.forEach((list) => list.setWrapped(isWrapped)));
    this.setLanguage(format, texts);
  }

  get stretch(): Stretch | undefined {
    return this.#stretch;
  }
  get #lists(): LogList[] {
    return [this.#list, this.#pastList];
  }
  get #shownList(): LogList {
    return this.#stretch ? this.#pastList : this.#list;
  }
  get #shownStore(): LogStore {
    return this.#stretch ? this.past : this.live;
  }

  /** Whether entries of all applications are shown, each with its application. */
  setOfAll(isOfAll: boolean): void {
    this.root.classList.toggle("all", isOfAll);
  }

  /** Of all applications, so many are watched. */
  setApps(shown: number, all: number): void {
    this.#watched = { shown, all };
    this.#apps.textContent = this.appsText;
    this.#apps.title = this.texts.appsShownHint;
  }

  /** That not all applications are shown; empty: they are. */
  get appsText(): string {
    const { shown, all } = this.#watched;
    return shown < all ? this.texts.appsShown(this.format.count(shown), this.format.count(all)) : "";
  }

  /** undefined: signed out. */
  setTotals(totals: StoredTotals | undefined): void {
    this.#totals = totals;
    if (totals) totals.onChange = () => this.#showTotals();
    this.#showTotals();
  }

  setLanguage(format: Format, texts: Texts): void {
    this.format = format;
    this.texts = texts;
    this.filter.setLook(format, texts);
    this.setApps(this.#watched.shown, this.#watched.all);
    this.#export.replaceChildren(icon("M8 2v8M5 7l3 3 3-3M3 13h10"));
    this.#export.title = texts.exportLog;
    this.#export.setAttribute("aria-label", texts.exportLog);
    this.#follow.title = texts.followHint;
    this.#follow.replaceChildren(icon("M8 3v9M4 8.5l4 4l4-4"), texts.follow);
    for (const list of this.#lists) {
      list.root.setAttribute("aria-label", texts.logRate);
      list.setLanguage(format, texts);
    }
    this.#showState();
  }

  /** Time is live, or stands: the list follows only while it is. */
  setLive(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#list.setMayFollow(isLive);
    if (isLive) this.#list.setFollowing(true);
    this.#showState();
  }

  /** Shows the entries of a past range until it is left, with the one at `aroundMs` in the middle; without it, the newest.
   * `cursor`: Vigie's, for older ones. */
  showStretch(stretch: Stretch, entries: readonly LogEntry[], cursor: string | null | undefined, aroundMs: number | undefined, note = ""): void {
    this.#stretch = stretch;
    this.past.clear();
    this.past.setChoice(this.live.choice);
    this.past.add(entries, true);
    this.past.setOlderCursor(cursor);
    if (note) this.past.addNote(note);
    this.#list.root.hidden = true;
    this.#pastList.root.hidden = false;
    this.closeDetails();
    const wantedMs = aroundMs ?? Infinity;
    const wanted = this.#wantedId === undefined ? undefined : this.past.shown.find(({ entry }) => entry.id === this.#wantedId);
    this.#wantedId = undefined;
    const line = wanted ?? this.past.shown.findLast(({ entry }) => entry.timestamp <= wantedMs) ?? this.past.shown[0];
    requestAnimationFrame(() => {
      this.#pastList.centre(line);
      if (wanted) this.#pastList.select(wanted);
    });
    this.#showState();
  }

  /** The next stretch is shown for this entry: it is chosen in it. */
  expect(entryId: string): void {
    this.#wantedId = entryId;
  }

  leaveStretch(): void {
    if (!this.#stretch) return;
    this.#stretch = undefined;
    this.#pastList.root.hidden = true;
    this.#list.root.hidden = false;
    this.past.clear();
    this.closeDetails();
    this.#showState();
  }

  focusSearch(): void {
    this.filter.search.focus();
  }

  focusList(): void {
    this.#shownList.root.focus();
  }

  toEnd(): void {
    this.#shownList.toEnd();
  }

  toTop(): void {
    this.#shownList.toTop();
  }

  openDetails(): void {
    this.#showDetails(this.#shownList.selected?.entry);
  }

  /** False: no menu was open. */
  closeMenu(): boolean {
    const menu = this.#menu;
    menu?.close();
    return this.filter.levels.close() || menu !== undefined;
  }

  /** False: there was nothing to close. */
  closeDetails(): boolean {
    const wasOpen = !this.#details.root.hidden;
    this.#showDetails(undefined);
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
    const { choice } = this.filter;
    this.live.setChoice(choice);
    if (this.#stretch) this.past.setChoice(choice);
    this.onChoice();
  }

  async #openMenu(entry: LogEntry, place: { x: number; y: number }, marked: string): Promise<void> {
    const { EntryMenu } = await import("./entrymenu.js");
    this.#menu?.close();
    this.#menu = new EntryMenu(entry, marked, place, {
      copyText: () => void copyText(entryLine(entry, this.format)),
      copyJson: () => void copyText(entryJsonLines(entry)),
      around: () => this.onAround(entry.timestamp),
      trace: (traceId) => this.onTrace(traceId),
      filter: (field) => this.filter.add(field),
      highlight: (text) => this.highlights.add(text),
      noHighlight: this.highlights.isFull ? this.texts.highlightsFull(maxHighlights) : "",
      wrap: () => this.wraps.set(!this.wraps.value),
      isWrapped: this.wraps.value,
      isOfAll: this.root.classList.contains("all"),
    }, this.texts, () => (this.#menu = undefined));
  }

  #showTotals(): void {
    this.filter.levels.setCounts(this.#totals?.counts);
    this.#showState();
  }

  /** How many entries are shown, of how many that are stored. */
  #countText(): string {
    const { format, texts } = this;
    const store = this.#shownStore;
    const shown = store.entriesShown;
    const total = this.#totals?.of();
    const count = format.count(shown);
    if (total === undefined || store.isUnsettled || store.isStoredOnly) return texts.soFar(count);
    if (!this.#stretch && !this.filter.isByMoreThanLevel) {
      const passing = this.#totals!.of(this.filter.chosenLevels)!;
      return this.filter.isChosen ? texts.ofStored(format.count(passing), format.count(total)) : texts.stored(format.count(total));
    }
    // The live list may hold everything, so that there is nothing older to search.
    if (this.#older.kind === "end" || (!this.#stretch && !store.hasEarlier)) return texts.ofStored(count, format.count(Math.max(total, shown)));
    const oldest = store.shown[0]?.entry.timestamp;
    return oldest === undefined ? texts.soFar(count) : texts.soFarBackTo(count, format.minute(oldest));
  }

  #showState(): void {
    const store = this.#shownStore;
    const isEmpty = store.shown.length === 0;
    const text = this.#countText();
    if (this.#count.textContent !== text) this.#count.textContent = text;
    // The live list holds everything, or was searched in another way.
    const isByWords = this.filter.search.stored.search !== undefined && (this.#stretch !== undefined || this.live.hasEarlier);
    const nothing = this.#stretch ? this.texts.noEntriesThen : this.texts.noEntries;
    const isChosen = this.filter.isChosen && (store.held > 0 || this.#older.kind !== "more" || (this.#totals?.of() ?? 1) > 0);
    this.#note.show(this.#older, { isEmpty, isChosen, isByWords, nothing, isNew: !this.#stretch }, this.format, this.texts);
    this.#placeNote();
    this.#follow.setAttribute("aria-pressed", String(this.#isLive && this.#list.isFollowing));
    const waiting = this.#stretch ? 0 : this.#list.waiting;
    this.#waiting.hidden = waiting === 0;
    this.#waiting.textContent = `↓ ${this.texts.waiting(this.format.count(waiting))}`;
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
    if (entry) this.#details.show(entry, this.filter.search.search, this.format, this.texts);
    else this.#details.hide();
    this.root.classList.toggle("withdetails", !this.#details.root.hidden);
  }
}
