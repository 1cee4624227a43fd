// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import { entryLine } from "./entrytext.js";
import { sameDay, type Format } from "./format.js";
import { LineDrag } from "./linedrag.js";
import { LineSelection } from "./lineselection.js";
import type { Highlights } from "./highlights.js";
import { LogRow } from "./logrow.js";
import type { Change, LogLine, LogStore } from "./logstore.js";
import { RowPlaces } from "./rowplaces.js";
import type { Texts } from "./texts.js";

const probeLength = 100;
const overscan = 8; // rows rendered beyond either end of the view

/**
 * The lines of a store in a virtualised list: only those in view are elements. Follows the newest line until the reader
 * scrolls away, and again once they return to the end. Lines can be selected by mouse and keyboard, and copied.
 */
export class LogList {
  readonly root: HTMLElement;
  readonly #spacer = element("div", { className: "spacer", attributes: { role: "presentation" } });
  readonly #day = element("span");
  readonly #rows = new Map<LogLine, LogRow>();
  readonly #selection = new LineSelection();
  readonly #places = new RowPlaces();
  readonly #probe = element("span", { className: "probe", attributes: { "aria-hidden": "true" } }, "0".repeat(probeLength));
  #isWrapped = false;
  #columns: number | undefined; // at which lines wrap; none: not measured yet
  readonly #drag: LineDrag<LogLine>;
  #rowHeight = 22;
  #head = 0; // pixels before the first line, for the note there
  #isFollowing = true;
  #mayFollow = true;
  #waiting = 0;
  #isDrawing = false;
  #drawnTop = 0; // scroll position at the last draw; asking the browser would force a layout

  /** Following started or stopped, or more lines arrived while stopped. */
  onFollowChange: () => void = () => {};
  /** The selection changed; `line` is undefined unless exactly one is selected. */
  onSelect: (line: LogLine | undefined) => void = () => {};
  /** The reader has reached the first line held. */
  onTop: () => void = () => {};
  onScroll: () => void = () => {};
  /** The menu of a line is asked for, at a place in the window; `marked`: the text that is selected in it. */
  onMenu: (line: LogLine, place: { x: number; y: number }, marked: string) => void = () => {};

  constructor(private readonly store: LogStore, private readonly highlights: Highlights, private format: Format, private texts: Texts) {
    const attributes = { role: "listbox", "aria-multiselectable": "true" };
    const dayAhead = element("div", { className: "day-ahead", attributes: { "aria-hidden": "true" } }, this.#day);
    this.root = element("div", { className: "loglist", tabIndex: 0, attributes }, dayAhead, this.#probe, this.#spacer);
    this.root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.root.addEventListener("mousedown", (event) => this.#pressed(event));
    this.root.addEventListener("click", (event) => this.#clicked(event));
    this.root.addEventListener("contextmenu", (event) => this.#menuAsked(event));
    document.addEventListener("copy", (event) => this.#copy(event));
    this.#drag = new LineDrag(this.root, (y) => this.#lineAt(y), (from, to) => {
      this.#selection.set(from);
      this.#extend(to);
    });
    this.root.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resized()).observe(this.root);
    store.onChange((change) => this.#changed(change));
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }
  /** The selected line; of several, the last. */
  get selected(): LogLine | undefined {
    return this.#selection.current;
  }
  /** How many pixels above the view the list starts; undefined: the note is out of view. */
  get headOffset(): number | undefined {
    return this.#drawnTop < this.#head ? this.#drawnTop : undefined;
  }
  /** Index of the first line in view. */
  get #firstInView(): number {
    return Math.max(0, this.#places.indexAt((this.#drawnTop - this.#head) / this.#rowHeight));
  }
  /** Lines that arrived while the reader was not at the end. */
  get waiting(): number {
    return this.#waiting;
  }

  setLanguage(format: Format, texts: Texts): void {
    this.format = format;
    this.texts = texts;
    this.#redraw();
  }

  setFollowing(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    if (isFollowing) {
      this.#waiting = 0;
      this.#toEnd();
    }
    this.onFollowChange();
  }

  /** Whether it follows by itself once the reader is at the end. */
  setMayFollow(mayFollow: boolean): void {
    this.#mayFollow = mayFollow;
    if (!mayFollow && this.#isFollowing) this.setFollowing(false);
  }

  /** Long lines go on in the next row. */
  setWrapped(isWrapped: boolean): void {
    this.#isWrapped = isWrapped;
    this.root.classList.toggle("wrapped", isWrapped);
    const first = this.store.shown[this.#firstInView];
    this.#arrange();
    this.#redraw();
    if (!this.#isFollowing && first) this.root.scrollTop = this.#topOf(this.store.shown.indexOf(first));
  }

  /** Draws all lines anew. */
  redraw(): void {
    this.#redraw();
  }

  toEnd(): void {
    if (this.#mayFollow) this.setFollowing(true);
    else this.root.scrollTop = this.root.scrollHeight;
  }

  toTop(): void {
    this.setFollowing(false);
    if (this.root.scrollTop === 0) this.onTop();
    else this.root.scrollTop = 0; // triggers onTop
  }

  /** Scrolls a line to the middle of the view, without selecting it. */
  centre(line: LogLine | undefined): void {
    this.#setHeight();
    const index = line ? this.store.shown.indexOf(line) : -1;
    if (index >= 0) this.root.scrollTop = this.#topOf(index) + (this.#rowHeight - this.root.clientHeight) / 2;
    this.#draw();
  }

  select(line: LogLine | undefined): void {
    this.#selection.set(line);
    this.#selected();
    this.onSelect(line?.isNote ? undefined : line);
  }

  #extend(line: LogLine): void {
    this.#selection.extend(line);
    this.#selected();
    this.onSelect(this.#selection.isOne && !line.isNote ? line : undefined);
  }

  #selected(): void {
    if (this.#selection.current && this.#isFollowing) this.setFollowing(false);
    this.#draw();
  }

  #lineAt(y: number): LogLine | undefined {
    const index = this.#places.indexAt((y - this.root.getBoundingClientRect().top + this.root.scrollTop - this.#head) / this.#rowHeight);
    return this.store.shown[Math.max(0, Math.min(this.store.shown.length - 1, index))];
  }

  /** Shift extends the selection of lines, not of text. */
  #pressed(event: MouseEvent): void {
    if (!event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.root.focus();
  }

  #clicked(event: MouseEvent): void {
    const isOnLine = (event.target as HTMLElement).closest(".line") !== null;
    const isTextMarked = !event.shiftKey && getSelection()?.type === "Range";
    if (!isOnLine || this.#drag.wasDragged || isTextMarked) return;
    const line = this.#lineAt(event.clientY)!;
    if (!event.shiftKey) return this.select(line);
    getSelection()?.removeAllRanges();
    this.#extend(line);
  }

  /** By the mouse on the line under it, by the keyboard on the selected one. */
  #menuAsked(event: MouseEvent): void {
    const isByKey = event.clientX === 0 && event.clientY === 0 || event.button !== 2;
    const line = isByKey ? this.selected : this.#lineAt(event.clientY);
    if (!line || line.isNote) return;
    event.preventDefault();
    const row = this.#rows.get(line)?.root.getBoundingClientRect();
    const place = isByKey && row ? { x: row.left + this.#rowHeight, y: row.bottom } : { x: event.clientX, y: event.clientY };
    this.onMenu(line, place, String(getSelection() ?? "").trim());
  }

  #key(event: KeyboardEvent): void {
    const { shown } = this.store;
    if (event.key === "a" && (event.ctrlKey || event.metaKey) && shown.length > 0) {
      event.preventDefault();
      getSelection()?.removeAllRanges();
      this.#selection.set(shown[0]);
      return this.#extend(shown.at(-1)!);
    }
    const page = this.#pageRows;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || shown.length === 0) return;
    event.preventDefault();
    const at = this.selected ? shown.lastIndexOf(this.selected) : -1;
    const first = this.#firstInView;
    const wanted = at >= 0 || !isFinite(step) ? at + step : step > 0 ? first : first + this.#pageRows;
    const index = Math.max(0, Math.min(shown.length - 1, wanted));
    getSelection()?.removeAllRanges();
    this.#reveal(index);
    if (event.shiftKey) this.#extend(shown[index]!);
    else this.select(shown[index]);
  }

  /** Copies the selected lines, unless text within a line is selected. */
  #copy(event: ClipboardEvent): void {
    const marked = getSelection();
    const isHere = document.activeElement === this.root || this.root.contains(marked?.anchorNode ?? null);
    const range = this.#selection.range(this.store.shown);
    if (!isHere || this.root.hidden || !range || (marked && !marked.isCollapsed)) return;
    const lines = this.store.shown.slice(range[0], range[1] + 1).filter((line) => !line.isNote);
    event.clipboardData?.setData("text/plain", lines.map((line) => entryLine(line.entry, this.format)).join("\n"));
    event.preventDefault();
  }

  get #pageRows(): number {
    return Math.max(1, Math.floor(this.root.clientHeight / this.#rowHeight) - 1);
  }

  #reveal(index: number): void {
    const top = this.#topOf(index);
    const bottom = this.#topOf(index + 1);
    if (index === 0) this.root.scrollTop = 0;
    else if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (bottom > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = bottom - this.root.clientHeight;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - this.#rowHeight / 2;
    if (isAtEnd !== this.#isFollowing && !this.#isDrawing) {
      // Only scrolling by the reader stops following; new entries merely look like it.
      if (isAtEnd && !this.selected && this.#mayFollow) this.setFollowing(true);
      else if (!isAtEnd && this.#expectedTop !== undefined && scrollTop < this.#expectedTop - 1) this.setFollowing(false);
    }
    this.#draw();
    this.onScroll();
    if (scrollTop < this.#head + 5 * this.#rowHeight) this.onTop();
  }
  #expectedTop: number | undefined;

  #resized(): void {
    const style = getComputedStyle(this.root);
    const height = parseFloat(style.getPropertyValue("--row"));
    if (height > 0) this.#rowHeight = height;
    this.#head = parseFloat(style.getPropertyValue("--head")) || 0;
    if (this.#isWrapped) this.#arrange();
    this.#fit();
  }

  /** Pixels from the top of the list. */
  #topOf(index: number): number {
    return this.#head + this.#places.topOf(index) * this.#rowHeight;
  }

  /** Measures at which column lines wrap, and places all anew. */
  #arrange(): void {
    const cell = this.root.querySelector(".line:not(.note) .message");
    const character = this.#probe.getBoundingClientRect().width / probeLength;
    this.#columns = cell && character > 0 ? Math.max(10, Math.floor(cell.clientWidth / character)) : undefined;
    this.#places.set(this.store.shown, this.#isWrapped ? this.#columns ?? Infinity : undefined);
  }

  #changed({ removedFirst, addedFirst, addedLast, isNew }: Change): void {
    const { shown } = this.store;
    const rowsBefore = this.#places.isWrapped ? this.#places.topOf(Infinity) : 0;
    if (isNew || removedFirst > 0 || addedFirst > 0) this.#places.set(shown, this.#isWrapped ? this.#columns ?? Infinity : undefined);
    else this.#places.append(shown);
    if (isNew) {
      this.#waiting = 0;
      const { selected } = this;
      this.#selection.keep(this.store.shown);
      if (selected && !this.selected) this.onSelect(undefined);
      this.#redraw();
      if (this.#isFollowing) this.#toEnd();
      return this.onFollowChange();
    }
    if (!this.#isFollowing) {
      // Keep what is being read in place.
      const rows = this.#places.isWrapped
        ? this.#places.topOf(shown.length - addedLast) - rowsBefore
        : addedFirst - removedFirst;
      const shift = rows * this.#rowHeight;
      this.#setHeight();
      if (shift !== 0) this.root.scrollTop = Math.max(0, this.root.scrollTop + shift);
      this.#waiting += addedLast;
      if (addedLast > 0) this.onFollowChange();
    }
    this.#fit();
  }

  #redraw(): void {
    for (const row of this.#rows.values()) row.root.remove();
    this.#rows.clear();
    this.#fit();
  }

  #fit(): void {
    this.#setHeight();
    if (this.#isFollowing) this.#toEnd();
    this.#draw();
    // The first lines that are drawn tell where lines wrap.
    if (!this.#isWrapped || this.#columns !== undefined || this.#rows.size === 0 || this.root.hidden) return;
    this.#arrange();
    if (this.#columns !== undefined) this.#fit();
  }

  #setHeight(): void {
    this.#spacer.style.height = `${this.#places.topOf(this.store.shown.length) * this.#rowHeight}px`;
  }

  #toEnd(): void {
    this.#isDrawing = true;
    this.#setHeight();
    this.root.scrollTop = this.root.scrollHeight;
    this.#expectedTop = this.root.scrollTop;
    this.#isDrawing = false;
    this.#draw();
  }

  #draw(): void {
    const { shown } = this.store;
    this.#drawnTop = this.root.scrollTop;
    const first = Math.max(0, this.#firstInView - overscan);
    const end = this.#places.indexAt((this.#drawnTop - this.#head + this.root.clientHeight) / this.#rowHeight);
    const last = Math.min(shown.length, end + 1 + overscan);
    const wanted = new Set(shown.slice(first, last));
    for (const [line, row] of this.#rows) {
      if (wanted.has(line)) continue;
      row.root.remove();
      this.#rows.delete(line);
    }
    const chosen = this.#selection.range(shown);
    let current: LogRow | undefined;
    // Keep elements in reading order, without moving existing ones.
    let next = this.#spacer.firstChild;
    for (let index = first; index < last; ++index) {
      const line = shown[index]!;
      let row = this.#rows.get(line);
      if (!row) this.#rows.set(line, (row = this.#rowOf(line)));
      if (row.root === next) next = next.nextSibling;
      else this.#spacer.insertBefore(row.root, next);
      const rows = this.#places.rowsAt(index);
      const top = this.#places.topOf(index) * this.#rowHeight;
      row.place(index, shown.length, top, rows === 1 ? "" : `${rows * this.#rowHeight}px`, this.#dayAt(index));
      const isCurrent = line === this.selected;
      row.mark(chosen !== undefined && index >= chosen[0] && index <= chosen[1], isCurrent);
      if (isCurrent) current = row;
    }
    if (current) this.root.setAttribute("aria-activedescendant", current.root.id);
    else this.root.removeAttribute("aria-activedescendant");
    this.#drawDay();
  }

  #rowOf(line: LogLine): LogRow {
    const colour = line.isNote ? undefined : this.highlights.colourOf(line.entry);
    return new LogRow(line, this.store.choice.search, colour, this.format, this.texts);
  }

  /** The date if a day begins at this line. */
  #dayAt(index: number): string {
    const ms = this.store.shown[index]!.entry.timestamp;
    return index > 0 && sameDay(ms, this.store.shown[index - 1]!.entry.timestamp) ? "" : this.format.day(ms);
  }

  /** Shows the date of the first line in view, unless it is today or already shown there. */
  #drawDay(): void {
    const index = this.#firstInView;
    const ms = this.store.shown[index]?.entry.timestamp;
    const isSaid = ms !== undefined && !this.format.isToday(ms) && this.#dayAt(index) === "";
    this.#day.textContent = isSaid ? this.format.day(ms) : "";
  }
}
