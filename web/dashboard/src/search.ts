// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type Json, type LogEntry, type Severity } from "vigie-client";

/** A place in a text, from and up to. */
export type Span = [number, number];

/** What a person searches for: a text whose case does not count, or a regular expression. */
export class Search {
  readonly #pattern: RegExp;

  private constructor(
    pattern: RegExp,
    /** The same for Vigie, which has RE2. */
    readonly stored: string,
  ) {
    this.#pattern = pattern;
  }

  /** undefined: nothing is searched for. Throws a SyntaxError. */
  static of(text: string, isRegex: boolean): Search | undefined {
    if (!text) return undefined;
    const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\\[-/]/g, (escaped) => escaped[1]!);
    return new Search(new RegExp(source, "gi"), `(?i)${source}`);
  }

  matches(text: string): boolean {
    this.#pattern.lastIndex = 0;
    return this.#pattern.test(text);
  }

  /** Where it is found, to be marked; no more than `most`. */
  spans(text: string, most = 50): Span[] {
    const spans: Span[] = [];
    this.#pattern.lastIndex = 0;
    for (let match = this.#pattern.exec(text); match && spans.length < most; match = this.#pattern.exec(text)) {
      if (match[0].length > 0) spans.push([match.index, match.index + match[0].length]);
      else ++this.#pattern.lastIndex;
    }
    return spans;
  }
}

/** A value that an entry's metadata, or the entry itself, must have. */
export interface Field {
  /** Names that lead to it from the metadata, or one of "level", "userId". */
  path: string[];
  value: null | boolean | number | string;
}

export interface LogChoice {
  severities: ReadonlySet<Severity>;
  search: Search | undefined;
  fields: readonly Field[];
}

export const everything: LogChoice = { severities: new Set(severities), search: undefined, fields: [] };

function valueAt(metadata: Json | undefined, path: readonly string[]): Json | undefined {
  let value = metadata;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as { [key: string]: Json })[name];
  }
  return value;
}

const ofEntry = { level: (entry: LogEntry) => entry.level, userId: (entry: LogEntry) => entry.userId };

function hasField(entry: LogEntry, { path, value }: Field): boolean {
  const [first, name] = path;
  if (first === "" && name && name in ofEntry) return ofEntry[name as keyof typeof ofEntry](entry) === value;
  return valueAt(entry.metadata, path) === value;
}

export function passes(entry: LogEntry, severity: Severity, metadataText: () => string, choice: LogChoice): boolean {
  if (!choice.severities.has(severity)) return false;
  if (!choice.fields.every((field) => hasField(entry, field))) return false;
  const { search } = choice;
  return !search || search.matches(entry.message) || search.matches(metadataText());
}

/** A field as a person reads it. */
export function fieldText({ path, value }: Field): string {
  const name = path[0] === "" ? path.slice(1) : path;
  return `${name.join(".")} = ${typeof value === "string" ? value : JSON.stringify(value)}`;
}
