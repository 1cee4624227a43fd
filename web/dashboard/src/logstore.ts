// SPDX-License-Identifier: GPL-3.0-or-later
import { severityOf, type LogEntry, type Severity } from "vigie-client";
import { exactMetadata } from "./entrytext.js";
import { everything, passes, type LogChoice } from "./search.js";

/** A line of the log, or a word about what is missing before it. */
export interface LogLine {
  readonly entry: LogEntry;
  readonly severity: Severity;
  /** Said by the page, not by an application. */
  readonly isNote: boolean;
  /** About what it takes of the browser's memory. */
  readonly bytes: number;
}

export const mostLines = 100_000;
export const mostBytes = 64 * 1024 * 1024;
const leaveAtOnce = 0.05; // of these
const lineBytes = 128; // besides its texts

/** Where what is older than all that are held goes on. */
export interface Way {
  /** Of Vigie's last answer; none: before the oldest that is held. */
  cursor?: string;
  isEnd: boolean;
}

/** How the lines that are shown have changed: what is gone from their beginning and what came before them. */
export interface Change {
  removedFirst: number;
  addedFirst: number;
  addedLast: number;
  isNew: boolean; ///< all of them are others
}

const noChange: Change = { removedFirst: 0, addedFirst: 0, addedLast: 0, isNew: false };

function lineOf(entry: LogEntry, isNote = false): LogLine {
  const bytes = lineBytes + entry.message.length + 2 * exactMetadata(entry).length; // which is there as a value as well
  return { entry, severity: isNote ? "other" : severityOf(entry.level), isNote, bytes };
}

/**
 * The lines of the log that are held, at most 100,000 and about 64 MiB, and of these the ones that a choice lets pass.
 * Older ones, out of the store, are brought for one choice and go with it. Where there is no room the oldest go.
 */
export class LogStore {
  #live: LogLine[] = [];
  #older: LogLine[] = []; // before the live ones; all pass
  #shown: LogLine[] = [];
  #bytes = 0;
  #way: Way = { isEnd: false };
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
  /** To what is older, of this choice. */
  get way(): Readonly<Way> {
    return this.#way;
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
    this.#append(entries.map((entry) => lineOf(entry)));
  }

  /** A word of the page's own, at the present place. */
  addNote(message: string): void {
    const entry: LogEntry = { id: "", timestamp: this.#live.at(-1)?.entry.timestamp ?? Date.now(), level: "", message, appId: "", userId: "" };
    this.#append([lineOf(entry, true)]);
  }

  /** Entries before all that are held, oldest first, and Vigie's cursor to those before them. Gives how many pass. */
  addOlder(entries: readonly LogEntry[], cursor?: string | null): number {
    const lines: LogLine[] = [];
    const isFull = (): boolean => this.held + lines.length >= mostLines || this.#bytes >= mostBytes;
    for (let i = entries.length - 1; i >= 0 && !isFull(); --i) {
      const line = lineOf(entries[i]!);
      if (!this.#passes(line)) continue;
      lines.push(line);
      this.#bytes += line.bytes;
    }
    lines.reverse();
    this.#older = [...lines, ...this.#older];
    // Of what had no room, nothing may be passed over.
    this.setWay(this.isFull ? undefined : cursor);
    this.#shown = [...lines, ...this.#shown];
    this.#tell({ ...noChange, addedFirst: lines.length });
    return lines.length;
  }

  get isFull(): boolean {
    return this.held >= mostLines || this.#bytes >= mostBytes;
  }

  setChoice(choice: LogChoice): void {
    this.#choice = choice;
    for (const { bytes } of this.#older) this.#bytes -= bytes;
    this.#older = [];
    this.#way = { isEnd: false };
    this.#shown = this.#live.filter((line) => this.#passes(line));
    this.#tell({ ...noChange, isNew: true });
  }

  clear(): void {
    this.hasEarlier = false;
    this.#live = [];
    this.#older = [];
    this.#bytes = 0;
    this.#way = { isEnd: false };
    this.#shown = [];
    this.#tell({ ...noChange, isNew: true });
  }

  /** Vigie's cursor to what is before all that are held; null: there is nothing. */
  setWay(cursor: string | null | undefined): void {
    this.#way = cursor ? { cursor, isEnd: false } : { isEnd: cursor === null };
  }

  #passes(line: LogLine): boolean {
    return line.isNote || passes(line.entry, line.severity, this.#choice);
  }

  #append(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#live.push(line);
      this.#bytes += line.bytes;
    }
    const passing = lines.filter((line) => this.#passes(line));
    for (const line of passing) this.#shown.push(line);
    const change = { ...noChange, addedLast: passing.length };
    if (this.held > mostLines * (1 + leaveAtOnce) || this.#bytes > mostBytes * (1 + leaveAtOnce)) change.removedFirst = this.#removeFirst();
    if (passing.length > 0 || change.removedFirst > 0) this.#tell(change);
  }

  /** As many as it takes: those that were brought first, and they can be again. Gives how many were shown. */
  #removeFirst(): number {
    const leaving = new Set<LogLine>();
    const leave = (lines: LogLine[], least: number): number => {
      let count = 0;
      while (count < lines.length - least && (this.held - leaving.size > mostLines || this.#bytes > mostBytes)) {
        const line = lines[count++]!;
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
    this.#way = { isEnd: false }; // it led on from what is gone
    const staying = this.#shown.findIndex((line) => !leaving.has(line));
    return this.#shown.splice(0, staying < 0 ? this.#shown.length : staying).length;
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
