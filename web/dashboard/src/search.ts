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

/** A value that an entry or its metadata must have. */
export interface Field {
  /** A property of the entry; none: of its metadata. */
  own?: "level" | "userId";
  /** Path within the metadata. */
  path: string[];
  /** The value's JSON from scalarJson(). */
  json: string;
}

/** The JSON of a scalar: numbers unchanged, strings with normalised escapes. */
export function scalarJson({ text }: Exact & { kind: "scalar" }): string {
  return text.startsWith('"') ? JSON.stringify(JSON.parse(text)) : text;
}

export interface LogChoice {
  severities: ReadonlySet<Severity>;
  search: Search | undefined;
  fields: readonly Field[];
}

export const everything: LogChoice = { severities: new Set(severities), search: undefined, fields: [] };

function hasField(entry: LogEntry, { own, path, json }: Field): boolean {
  if (own) return JSON.stringify(entry[own]) === json;
  // Few entries contain the value at all; parse only these.
  if (!metadataText(entry).includes(json)) return false;
  return valuesAt(readExact(exactMetadata(entry)), path).some((value) => value.kind === "scalar" && scalarJson(value) === json);
}

export function passes(entry: LogEntry, severity: Severity, choice: LogChoice): boolean {
  if (!choice.severities.has(severity)) return false;
  if (!choice.fields.every((field) => hasField(entry, field))) return false;
  const { search } = choice;
  return !search || search.matches(plainText(entry.message)) || search.matches(metadataText(entry));
}

/** A field as shown to people. */
export function fieldText({ own, path, json }: Field): string {
  return `${own ?? path.join(".")} = ${json.startsWith('"') ? (JSON.parse(json) as string) : json}`;
}

export function isSameField(a: Field, b: Field): boolean {
  return a.own === b.own && a.json === b.json && JSON.stringify(a.path) === JSON.stringify(b.path);
}
