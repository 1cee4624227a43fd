// SPDX-License-Identifier: GPL-3.0-or-later
import { severityOf, type LogEntry, type Severity } from "vigie-client";
import { everything, passes, type LogChoice } from "./search.js";

/** A line of the log, or a word about what is missing before it. */
export interface LogLine {
  readonly entry: LogEntry;
  readonly severity: Severity;
  /** Said by the page, not by an application. */
  readonly isNote: boolean;
}

export const mostLines = 100_000;
const leaveAtOnce = 5_000;

/** How the lines that are shown have changed: what is gone from their beginning and what came before them. */
export interface Change {
  removedFirst: number;
  addedFirst: number;
  addedLast: number;
  isNew: boolean; ///< all of them are others
}

const noChange: Change = { removedFirst: 0, addedFirst: 0, addedLast: 0, isNew: false };
const metadataTexts = new WeakMap<LogEntry, string>();

export function metadataText(entry: LogEntry): string {
  if (entry.metadata === undefined) return "";
  let text = metadataTexts.get(entry);
  if (text === undefined) metadataTexts.set(entry, (text = JSON.stringify(entry.metadata)));
  return text;
}

/**
 * The lines of the log that are held, at most 100,000, and of these the ones that a choice lets pass. Older ones, out
 * of the store, are brought for one choice and go with it.
 */
export class LogStore {
  #live: LogLine[] = [];
  #older: LogLine[] = []; // before the live ones; all pass
  #shown: LogLine[] = [];
  #choice: LogChoice = everything;
  #change: Change = { ...noChange };
  readonly #listeners: ((change: Change) => void)[] = [];
  #isTelling = false;

  /** There are entries before the live ones. */
  hasEarlier = false;

  get shown(): readonly LogLine[] {
    return this.#shown;
  }
  get held(): number {
    return this.#live.length + this.#older.length;
  }
  get live(): readonly LogLine[] {
    return this.#live;
  }
  /** From then on the live ones are all there are, as far as the page has seen them go. */
  get heldFromMs(): number {
    return this.hasEarlier ? (this.#live[0]?.entry.timestamp ?? Infinity) : -Infinity;
  }
  get choice(): LogChoice {
    return this.#choice;
  }
  /** The first of all, which older ones must come before. */
  get oldest(): LogEntry | undefined {
    return (this.#older.find((line) => !line.isNote) ?? this.#live.find((line) => !line.isNote))?.entry;
  }

  /** Told once for all that changed before the browser paints. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  add(entries: readonly LogEntry[]): void {
    this.#append(entries.map((entry) => ({ entry, severity: severityOf(entry.level), isNote: false })));
  }

  /** A word of the page's own, at the present place. */
  addNote(message: string): void {
    const entry: LogEntry = { id: "", timestamp: this.#live.at(-1)?.entry.timestamp ?? Date.now(), level: "", message, appId: "", userId: "" };
    this.#append([{ entry, severity: "other", isNote: true }]);
  }

  /** Entries before all that are held, oldest first. */
  addOlder(entries: readonly LogEntry[]): void {
    const room = Math.max(0, mostLines - this.held);
    const lines = entries.slice(Math.max(0, entries.length - room)).map((entry) => ({ entry, severity: severityOf(entry.level), isNote: false }));
    const passing = lines.filter((line) => this.#passes(line));
    this.#older = [...passing, ...this.#older];
    this.#shown = [...passing, ...this.#shown];
    this.#tell({ ...noChange, addedFirst: passing.length });
  }

  get isFull(): boolean {
    return this.held >= mostLines;
  }

  setChoice(choice: LogChoice): void {
    this.#choice = choice;
    this.#older = [];
    this.#shown = this.#live.filter((line) => this.#passes(line));
    this.#tell({ ...noChange, isNew: true });
  }

  clear(): void {
    this.hasEarlier = false;
    this.#live = [];
    this.#older = [];
    this.#shown = [];
    this.#tell({ ...noChange, isNew: true });
  }

  #passes(line: LogLine): boolean {
    return line.isNote || passes(line.entry, line.severity, () => metadataText(line.entry), this.#choice);
  }

  #append(lines: readonly LogLine[]): void {
    for (const line of lines) this.#live.push(line);
    const passing = lines.filter((line) => this.#passes(line));
    for (const line of passing) this.#shown.push(line);
    const change = { ...noChange, addedLast: passing.length };
    if (this.held > mostLines + leaveAtOnce) change.removedFirst = this.#removeFirst();
    if (passing.length > 0 || change.removedFirst > 0) this.#tell(change);
  }

  /** The older ones first, which can be brought again. */
  #removeFirst(): number {
    const before = this.#shown.length;
    if (this.#older.length > 0) {
      this.#shown.splice(0, this.#older.length);
      this.#older = [];
    } else {
      this.hasEarlier = true;
      const leaving = new Set(this.#live.splice(0, this.#live.length - mostLines));
      const staying = this.#shown.findIndex((line) => !leaving.has(line));
      this.#shown.splice(0, staying < 0 ? this.#shown.length : staying);
    }
    return before - this.#shown.length;
  }

  #tell(change: Change): void {
    // A removal is counted before what was added in front of it, which is how the list applies them.
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
