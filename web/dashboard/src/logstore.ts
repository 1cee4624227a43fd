// SPDX-License-Identifier: GPL-3.0-or-later
import { severityOf, type LogEntry, type Severity } from "vigie-client";
import { exactMetadata, metadataText } from "./entrytext.js";
import type { RegexSearch } from "./regexsearch.js";
import { everything, maxSearched, passes, type LogChoice } from "./search.js";
import { plainText } from "./visible.js";

/** A log line, or a note about what is missing before it. */
export interface LogLine {
  readonly entry: LogEntry;
  readonly severity: Severity;
  /** Written by the page, not by an application. */
  readonly isNote: boolean;
  /** Approximate memory use. */
  readonly bytes: number;
}

export const maxLines = 100_000;
export const maxBytes = 64 * 1024 * 1024;
const evictShare = 0.05; // of the bounds, at once
const lineBytes = 128; // overhead besides its text

/** Where loading of older entries continues. */
export interface OlderCursor {
  /** From Vigie's last answer; none: before the oldest entry held. */
  cursor?: string;
  isEnd: boolean;
}

/** A change of the shown lines: how many were removed at the start, and added at the start and end. */
export interface Change {
  removedFirst: number;
  addedFirst: number;
  addedLast: number;
  isNew: boolean; ///< all lines were replaced
}

const batchLines = 500; // that a regular expression is asked about at once
const batchText = 256 * 1024; // characters of these

/** What of a line a regular expression is looked for in. */
function searchedTexts({ entry }: LogLine): string[] {
  return [plainText(entry.message.slice(0, 2 * maxSearched)), metadataText(entry)].map((text) => text.slice(0, maxSearched));
}

const noChange: Change = { removedFirst: 0, addedFirst: 0, addedLast: 0, isNew: false };

function lineOf(entry: LogEntry, isNote = false): LogLine {
  const bytes = lineBytes + entry.message.length + 2 * exactMetadata(entry).length; // its parsed value is in memory, too
  return { entry, severity: isNote ? "other" : severityOf(entry.level), isNote, bytes };
}

/**
 * The log lines held, at most 100,000 and about 64 MiB, and those of them that match a filter. Older ones are loaded from the
 * store for one filter and discarded with it. When full, evicts the oldest.
 */
export class LogStore {
  #live: LogLine[] = [];
  #older: LogLine[] = []; // before the live ones; all match
  #shown: LogLine[] = [];
  #unjudged = new Set<LogLine>(); // live ones that wait for a regular expression, with the notes among them
  #isMatched = false; // Vigie found the live ones for this choice
  #bytes = 0;
  #notes = 0; // shown
  #olderCursor: OlderCursor = { isEnd: false };
  #choice: LogChoice = everything;
  #change: Change = { ...noChange };
  readonly #listeners: ((change: Change) => void)[] = [];
  #isTelling = false;

  /** There are entries before the live ones. */
  hasEarlier = false;

  get shown(): readonly LogLine[] {
    return this.#shown;
  }
  /** How many of the shown lines are entries. */
  get entriesShown(): number {
    return this.#shown.length - this.#notes;
  }
  get held(): number {
    return this.#live.length + this.#older.length;
  }
  get live(): readonly LogLine[] {
    return this.#live;
  }
  /** From here on, the live entries are complete, as far as the page knows what it has evicted. */
  get heldFromMs(): number {
    return this.hasEarlier ? (this.#live[0]?.entry.timestamp ?? Infinity) : -Infinity;
  }
  get choice(): LogChoice {
    return this.#choice;
  }
  /** Where older entries for this filter continue. */
  get olderCursor(): Readonly<OlderCursor> {
    return this.#olderCursor;
  }
  /** Only Vigie can tell which entries match, and it was not asked about those that came by themselves: these are not shown. */
  get isStoredOnly(): boolean {
    const { search } = this.#choice;
    return !this.#isMatched && search?.isRegex === true && search.isTooSlow;
  }
  /** Of some entries held, it is not known yet whether they match. */
  get isUnsettled(): boolean {
    return this.#unjudged.size > 0;
  }
  /** The oldest entry that was searched; older ones must come before it. */
  get oldest(): LogEntry | undefined {
    return this.entries().next().value as LogEntry | undefined;
  }

  /** All entries that were searched, oldest first. */
  *entries(): Generator<LogEntry> {
    for (const lines of this.isStoredOnly ? [this.#older] : [this.#older, this.#live]) for (const { entry, isNote } of lines) if (!isNote) yield entry;
  }

  /** Called once for all changes before the browser paints. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** `isMatched`: Vigie found them by the regular expression, if that is what is searched for. */
  add(entries: readonly LogEntry[], isMatched = false): void {
    this.#isMatched = isMatched;
    this.#append(entries.map((entry) => lineOf(entry)));
  }

  /** Adds a note by the page at the end. */
  addNote(message: string): void {
    const entry: LogEntry = { id: "", timestamp: this.#live.at(-1)?.entry.timestamp ?? Date.now(), level: "", message, appId: "", userId: "" };
    this.#append([lineOf(entry, true)]);
  }

  /** Adds entries that Vigie found before all others, oldest first, with Vigie's cursor for those before them. Returns how many match. */
  addOlder(entries: readonly LogEntry[], cursor?: string | null): number {
    const lines: LogLine[] = [];
    const isFull = (): boolean => this.held + lines.length >= maxLines || this.#bytes >= maxBytes;
    for (let i = entries.length - 1; i >= 0 && !isFull(); --i) {
      const line = lineOf(entries[i]!);
      if (!this.#passes(line)) continue;
      lines.push(line);
      this.#bytes += line.bytes;
    }
    lines.reverse();
    this.#older = [...lines, ...this.#older];
    // If some did not fit, they must not be skipped.
    this.setOlderCursor(this.isFull ? undefined : cursor);
    this.#shown = [...lines, ...this.#shown];
    this.#tell({ ...noChange, addedFirst: lines.length });
    return lines.length;
  }

  get isFull(): boolean {
    return this.held >= maxLines || this.#bytes >= maxBytes;
  }

  setChoice(choice: LogChoice): void {
    this.#choice = choice;
    this.#isMatched = false;
    for (const { bytes } of this.#older) this.#bytes -= bytes;
    this.#older = [];
    this.#olderCursor = { isEnd: false };
    this.#unjudged = new Set();
    this.#shown = [];
    this.#notes = 0;
    this.#show(this.#live);
    this.#tell({ ...noChange, isNew: true });
  }

  /** Removes the entries of one application. */
  removeApp(appId: string): void {
    const stays = ({ entry }: LogLine): boolean => entry.appId !== appId;
    this.#live = this.#live.filter(stays);
    this.#older = this.#older.filter(stays);
    this.#shown = this.#shown.filter(stays);
    for (const line of this.#unjudged) if (!stays(line)) this.#unjudged.delete(line);
    this.#bytes = [...this.#live, ...this.#older].reduce((sum, { bytes }) => sum + bytes, 0);
    this.#olderCursor = { isEnd: false };
    this.#tell({ ...noChange, isNew: true });
  }

  clear(): void {
    this.hasEarlier = false;
    this.#live = [];
    this.#older = [];
    this.#bytes = this.#notes = 0;
    this.#olderCursor = { isEnd: false };
    this.#shown = [];
    this.#unjudged = new Set();
    this.#tell({ ...noChange, isNew: true });
  }

  /** Sets Vigie's cursor for entries before all held; null: there are none. */
  setOlderCursor(cursor: string | null | undefined): void {
    this.#olderCursor = cursor ? { cursor, isEnd: false } : { isEnd: cursor === null };
  }

  #passes(line: LogLine): boolean {
    return line.isNote || passes(line.entry, line.severity, this.#choice);
  }

  #append(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#live.push(line);
      this.#bytes += line.bytes;
    }
    const change = { ...noChange, addedLast: this.#show(lines) };
    const over = 1 + evictShare;
    if (this.held > maxLines * over || this.#bytes > maxBytes * over) change.removedFirst = this.#removeFirst();
    if (change.addedLast > 0 || change.removedFirst > 0) this.#tell(change);
  }

  /** Shows those of the lines at the end that pass; later, if a regular expression must be asked. Returns how many now. */
  #show(lines: readonly LogLine[]): number {
    const before = this.#shown.length;
    const { search } = this.#choice;
    const regex = search?.isRegex && !this.#isMatched ? search : undefined;
    const isAsked = this.#unjudged.size > 0;
    for (const line of lines) {
      if (!this.#passes(line) || (regex?.isTooSlow && !line.isNote)) continue;
      if (!regex || (line.isNote && this.#unjudged.size === 0)) this.#push(line);
      else this.#unjudged.add(line);
    }
    if (regex && !isAsked && this.#unjudged.size > 0) void this.#judge(regex);
    return this.#shown.length - before;
  }

  #push(line: LogLine): void {
    this.#shown.push(line);
    if (line.isNote) ++this.#notes;
  }

  /** Asks about the lines that wait, in batches, until there are none. */
  async #judge(regex: RegexSearch): Promise<void> {
    const waiting = this.#unjudged;
    while (waiting === this.#unjudged && waiting.size > 0) {
      const batch: LogLine[] = [];
      const choices: string[][] = [];
      let length = 0;
      for (const line of waiting) {
        if (batch.length === batchLines || length >= batchText) break;
        const texts = line.isNote ? [] : searchedTexts(line);
        batch.push(line);
        choices.push(texts);
        length += texts.reduce((sum, text) => sum + text.length, 0);
      }
      const isMatching = await regex.choose(choices);
      if (waiting !== this.#unjudged) return;
      const before = this.#shown.length;
      // What has been evicted meanwhile waits no longer.
      batch.forEach((line, i) => waiting.delete(line) && (line.isNote || isMatching[i]) && this.#push(line));
      this.#tell({ ...noChange, addedLast: this.#shown.length - before });
    }
  }

  /** Evicts enough lines from the start: loaded ones first, as they can be loaded again. Returns how many were shown. */
  #removeFirst(): number {
    const leaving = new Set<LogLine>();
    const leave = (lines: LogLine[], least: number): number => {
      let count = 0;
      while (count < lines.length - least && (this.held - leaving.size > maxLines || this.#bytes > maxBytes)) {
        const line = lines[count++]!;
        if (!this.#unjudged.delete(line) && line.isNote) --this.#notes;
        leaving.add(line);
        this.#bytes -= line.bytes;
      }
      return count;
    };
    const olderCount = leave(this.#older, 0);
    const liveCount = leave(this.#live, 1);
    this.#older.splice(0, olderCount);
    this.#live.splice(0, liveCount);
    if (liveCount > 0) this.hasEarlier = true;
    this.#olderCursor = { isEnd: false }; // the cursor continued from evicted lines
    const staying = this.#shown.findIndex((line) => !leaving.has(line));
    return this.#shown.splice(0, staying < 0 ? this.#shown.length : staying).length;
  }

  #tell(change: Change): void {
    // Removals count before additions at the start, in the order in which the list applies them.
    this.#change = {
      removedFirst: this.#change.removedFirst + change.removedFirst,
      addedFirst: this.#change.addedFirst + change.addedFirst,
      addedLast: this.#change.addedLast + change.addedLast,
      isNew: this.#change.isNew || change.isNew,
    };
    if (this.#isTelling) return;
    this.#isTelling = true;
    requestAnimationFrame(() => {
      const told = this.#change;
      this.#change = { ...noChange };
      this.#isTelling = false;
      for (const listener of this.#listeners) listener(told);
    });
  }
}
