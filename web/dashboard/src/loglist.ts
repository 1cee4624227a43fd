// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import { entryLine } from "./entrytext.js";
import { sameDay, type Format } from "./format.js";
import { LineDrag } from "./linedrag.js";
import { LineSelection } from "./lineselection.js";
import { LogRow } from "./logrow.js";
import type { Change, LogLine, LogStore } from "./logstore.js";
import type { Texts } from "./texts.js";

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
  readonly #drag: LineDrag<LogLine>;
  #rowHeight = 22;
  #head = 0; // pixels before the first line, for the note there
  #isFollowing = true;
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

  constructor(private readonly store: LogStore, private format: Format, private texts: Texts) {
    const attributes = { role: "listbox", "aria-multiselectable": "true" };
    const dayAhead = element("div", { className: "day-ahead", attributes: { "aria-hidden": "true" } }, this.#day);
    this.root = element("div", { className: "loglist", tabIndex: 0, attributes }, dayAhead, this.#spacer);
    this.root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.root.addEventListener("mousedown", (event) => this.#pressed(event));
    this.root.addEventListener("click", (event) => this.#clicked(event));
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
    return Math.max(0, Math.floor((this.#drawnTop - this.#head) / this.#rowHeight));
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

  toTop(): void {
    this.setFollowing(false);
    if (this.root.scrollTop === 0) this.onTop();
    else this.root.scrollTop = 0; // triggers onTop
  }

  /** Scrolls a line to the middle of the view, without selecting it. */
  centre(line: LogLine | undefined): void {
    this.#setHeight();
    const index = line ? this.store.shown.indexOf(line) : -1;
    if (index >= 0) this.root.scrollTop = this.#head + (index + 0.5) * this.#rowHeight - this.root.clientHeight / 2;
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
    const index = Math.floor((y - this.root.getBoundingClientRect().top + this.root.scrollTop - this.#head) / this.#rowHeight);
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
    event.clipboardData?.setData("text/plain", lines.map((line) => entryLine(line.entry)).join("\n"));
    event.preventDefault();
  }

  get #pageRows(): number {
    return Math.max(1, Math.floor(this.root.clientHeight / this.#rowHeight) - 1);
  }

  #reveal(index: number): void {
    const top = this.#head + index * this.#rowHeight;
    if (index === 0) this.root.scrollTop = 0;
    else if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.#rowHeight > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = top + this.#rowHeight - this.root.clientHeight;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - this.#rowHeight / 2;
    if (isAtEnd !== this.#isFollowing && !this.#isDrawing) {
      // Only scrolling by the reader stops following; new entries merely look like it.
      if (isAtEnd && !this.selected) this.setFollowing(true);
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
    this.#fit();
  }

  #changed({ removedFirst, addedFirst, addedLast, isNew }: Change): void {
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
      const shift = (addedFirst - removedFirst) * this.#rowHeight;
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
  }

  #setHeight(): void {
    this.#spacer.style.height = `${this.store.shown.length * this.#rowHeight}px`;
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
    const last = Math.min(shown.length, this.#firstInView + Math.ceil(this.root.clientHeight / this.#rowHeight) + 1 + overscan);
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
      if (!row) this.#rows.set(line, (row = new LogRow(line, this.store.choice.search, this.format, this.texts)));
      if (row.root === next) next = next.nextSibling;
      else this.#spacer.insertBefore(row.root, next);
      row.place(index, shown.length, index * this.#rowHeight, this.#dayAt(index));
      const isCurrent = line === this.selected;
      row.mark(chosen !== undefined && index >= chosen[0] && index <= chosen[1], isCurrent);
      if (isCurrent) current = row;
    }
    if (current) this.root.setAttribute("aria-activedescendant", current.root.id);
    else this.root.removeAttribute("aria-activedescendant");
    this.#drawDay();
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
