// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import type { Format } from "./format.js";
import { metadataText, type Change, type LogLine, type LogStore } from "./logstore.js";
import type { Search } from "./search.js";
import type { Texts } from "./texts.js";

const overscan = 8; // rows beyond either end of the view
const longestShown = 2_000; // characters of a line; the details have all

/** `text` with what is searched for marked. */
export function marked(text: string, search: Search | undefined): (Node | string)[] {
  if (!search) return [text];
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const [from, to] of search.spans(text)) {
    parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  parts.push(text.slice(end));
  return parts;
}

/**
 * The lines that a store shows, of which only those in view exist as elements. Follows the newest until the reader
 * scrolls away, and again when they are back at the end.
 */
export class LogList {
  readonly root: HTMLElement;
  readonly #spacer = element("div", { className: "spacer" });
  readonly #rows = new Map<LogLine, HTMLElement>();
  #rowHeight = 22;
  #isFollowing = true;
  #selected: LogLine | undefined;
  #waiting = 0;
  #search: Search | undefined;
  #isDrawing = false;

  /** The reader follows no more, or again; or more came meanwhile. */
  onFollowChange: () => void = () => {};
  onSelect: (line: LogLine | undefined) => void = () => {};
  /** The reader is at the beginning of what is held. */
  onTop: () => void = () => {};

  constructor(private readonly store: LogStore, private format: Format, private texts: Texts) {
    this.root = element("div", { className: "loglist", tabIndex: 0, attributes: { role: "log", "aria-live": "off" } }, this.#spacer);
    this.root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.root.addEventListener("click", (event) => this.#clicked(event));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resized()).observe(this.root);
    store.onChange((change) => this.#changed(change));
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }
  get selected(): LogLine | undefined {
    return this.#selected;
  }
  /** Lines that came while the reader was not at the end. */
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
    this.root.scrollTop = 0;
  }

  /** Brings a line into the middle of the view, and selects nothing. */
  centre(line: LogLine | undefined): void {
    this.#setHeight();
    const index = line ? this.store.shown.indexOf(line) : -1;
    if (index >= 0) this.root.scrollTop = (index + 0.5) * this.#rowHeight - this.root.clientHeight / 2;
    this.#draw();
  }

  select(line: LogLine | undefined): void {
    if (line?.isNote) return;
    const before = this.#selected;
    this.#selected = line;
    for (const changed of [before, line]) {
      const row = changed && this.#rows.get(changed);
      if (row) this.#mark(row, changed);
    }
    if (line && this.#isFollowing) this.setFollowing(false);
    this.onSelect(line);
  }

  #clicked(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>(".line");
    if (!row || getSelection()?.type === "Range") return; // a text is being marked
    const line = [...this.#rows].find(([, element]) => element === row)?.[0];
    if (line) this.select(line);
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: this.#pageRows, PageUp: -this.#pageRows }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { shown } = this.store;
    const at = this.#selected ? shown.lastIndexOf(this.#selected) : -1;
    const first = Math.floor(this.root.scrollTop / this.#rowHeight);
    const wanted = at < 0 ? (step > 0 ? first : first + this.#pageRows) : at + step;
    const index = Math.max(0, Math.min(shown.length - 1, wanted));
    this.select(shown[index]);
    this.#reveal(index);
  }

  get #pageRows(): number {
    return Math.max(1, Math.floor(this.root.clientHeight / this.#rowHeight) - 1);
  }

  #reveal(index: number): void {
    const top = index * this.#rowHeight;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.#rowHeight > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = top + this.#rowHeight - this.root.clientHeight;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - this.#rowHeight / 2;
    if (isAtEnd !== this.#isFollowing && !this.#isDrawing) {
      // Only a reader who scrolls goes away from the end; entries that come only look so.
      if (isAtEnd && !this.#selected) this.setFollowing(true);
      else if (!isAtEnd && this.#expectedTop !== undefined && scrollTop < this.#expectedTop - 1) this.setFollowing(false);
    }
    this.#draw();
    if (scrollTop < 5 * this.#rowHeight) this.onTop();
  }
  #expectedTop: number | undefined;

  #resized(): void {
    const height = parseFloat(getComputedStyle(this.root).getPropertyValue("--row"));
    if (height > 0) this.#rowHeight = height;
    this.#fit();
  }

  #changed({ removedFirst, addedFirst, addedLast, isNew }: Change): void {
    if (isNew) {
      this.#waiting = 0;
      this.#search = this.store.choice.search;
      if (this.#selected && !this.store.shown.includes(this.#selected)) this.select(undefined);
      this.#redraw();
      if (this.#isFollowing) this.#toEnd();
      return this.onFollowChange();
    }
    if (!this.#isFollowing) {
      // What is being read stays where it is.
      const shift = (addedFirst - removedFirst) * this.#rowHeight;
      this.#setHeight();
      if (shift !== 0) this.root.scrollTop = Math.max(0, this.root.scrollTop + shift);
      this.#waiting += addedLast;
      if (addedLast > 0) this.onFollowChange();
    }
    this.#fit();
  }

  #redraw(): void {
    for (const row of this.#rows.values()) row.remove();
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
    const first = Math.max(0, Math.floor(this.root.scrollTop / this.#rowHeight) - overscan);
    const last = Math.min(shown.length, Math.ceil((this.root.scrollTop + this.root.clientHeight) / this.#rowHeight) + overscan);
    const wanted = new Set(shown.slice(first, last));
    for (const [line, row] of this.#rows) {
      if (wanted.has(line)) continue;
      row.remove();
      this.#rows.delete(line);
    }
    for (let index = first; index < last; ++index) {
      const line = shown[index]!;
      let row = this.#rows.get(line);
      if (!row) {
        row = this.#makeRow(line);
        this.#rows.set(line, row);
        this.#spacer.append(row);
      }
      row.style.transform = `translateY(${index * this.#rowHeight}px)`;
    }
  }

  #makeRow(line: LogLine): HTMLElement {
    const { entry } = line;
    if (line.isNote) return element("div", { className: "line note" }, entry.message);
    const lines = entry.message.split("\n");
    const message = element("span", { className: "message" }, ...marked(lines[0]!.slice(0, longestShown), this.#search));
    if (lines.length > 1) message.append(element("span", { className: "more" }, this.texts.moreLines(lines.length - 1)));
    if (entry.metadata !== undefined)
      message.append(element("span", { className: "metadata" }, ...marked(metadataText(entry).slice(0, longestShown), this.#search)));
    const row = element(
      "div", { className: `line ${line.severity}` },
      element("time", { title: this.format.moment(entry.timestamp) }, this.format.exactTime(entry.timestamp)),
      element("span", { className: "level" }, entry.level),
      element("span", { className: "from" }, entry.userId),
      message,
    );
    this.#mark(row, line);
    return row;
  }

  #mark(row: HTMLElement, line: LogLine): void {
    row.classList.toggle("selected", line === this.#selected);
  }
}
