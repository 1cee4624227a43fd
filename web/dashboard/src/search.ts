// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type LogEntry, type Severity } from "vigie-client";
import { exactMetadata, metadataText } from "./entrytext.js";
import { readExact, valuesAt, type Exact } from "./exactjson.js";
import { fromRe2 } from "./regexdialect.js";
import { plainText } from "./visible.js";

/** A range in a text: start and end. */
export type Span = [number, number];

/** A search in plain text: for a case-insensitive text or a regular expression. */
export class Search {
  private constructor(
    private readonly pattern: RegExp,
    readonly isRegex: boolean,
    /** The same as an RE2 expression for Vigie. */
    readonly stored: string,
  ) {}

  /** undefined: no search. Throws a SyntaxError. */
  static of(text: string, isRegex: boolean): Search | undefined {
    if (!text) return undefined;
    const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return new Search(isRegex ? fromRe2(text) : new RegExp(source, "giu"), isRegex, Search.storedRegex(source));
  }

  static storedRegex(text: string): string {
    return `(?i)${text}`;
  }

  matches(text: string): boolean {
    this.pattern.lastIndex = 0;
    return this.pattern.test(text);
  }

  /** The matches to highlight, at most `max`. */
  spans(text: string, max = 50): Span[] {
    const spans: Span[] = [];
    this.pattern.lastIndex = 0;
    for (let match = this.pattern.exec(text); match && spans.length < max; match = this.pattern.exec(text)) {
      if (match[0].length > 0) spans.push([match.index, match.index + match[0].length]);
      else ++this.pattern.lastIndex;
    }
    return spans;
  }
}

/** A value that an entry must have, or must not. */
export interface Field {
  /** `level`, `user` (the sender), `app`, or a key of the metadata, `a.b` within objects; the first three name both. */
  key: string;
  /** As it is shown: without quotation marks. */
  value: string;
  isNot?: boolean;
}

/** A scalar as it is shown: numbers unchanged, strings without quotation marks and escapes. */
export function scalarText({ text }: Exact & { kind: "scalar" }): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

export interface LogChoice {
  severities: ReadonlySet<Severity>;
  search: Search | undefined;
  fields: readonly Field[];
}

export const everything: LogChoice = { severities: new Set(severities), search: undefined, fields: [] };

function hasValue(entry: LogEntry, { key, value }: Field): boolean {
  if (key === "app" && entry.appId === value) return true;
  if ((key === "level" && entry.level === value) || (key === "user" && entry.userId === value)) return true;
  // Few entries contain the value at all; parse only these.
  if (!metadataText(entry).includes(JSON.stringify(value).slice(1, -1))) return false;
  return valuesAt(readExact(exactMetadata(entry)), key).some((found) => found.kind === "scalar" && scalarText(found) === value);
}

export function passes(entry: LogEntry, severity: Severity, choice: LogChoice): boolean {
  if (!choice.severities.has(severity)) return false;
  if (!choice.fields.every((field) => hasValue(entry, field) !== (field.isNot === true))) return false;
  const { search } = choice;
  return !search || search.matches(plainText(entry.message)) || search.matches(metadataText(entry));
}

/** A field as shown to people. */
export function fieldText({ key, value, isNot }: Field): string {
  return `${key} ${isNot ? "≠" : "="} ${value}`;
}

export function isSameField(a: Field, b: Field): boolean {
  return a.key === b.key && a.value === b.value;
}
