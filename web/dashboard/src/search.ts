// SPDX-License-Identifier: GPL-3.0-or-later
import { severities, type LogEntry, type Severity } from "vigie-client";
import { exactMetadata, metadataText } from "./entrytext.js";
import { readExact, valuesAt, type Exact } from "./exactjson.js";
import type { RegexSearch } from "./regexsearch.js";
import { spansOf, type Span } from "./spans.js";
import { plainText } from "./visible.js";

/** Of a text, a regular expression is looked for in so much; Vigie does the same. */
export const maxSearched = 65_536;

/** An RE2 expression as Vigie's store searches for it. */
export function storedRegex(text: string): string {
  return `(?i)${text}`;
}

/** A search for a text; case does not count. Its time grows with the text that is searched, and no more. */
export class TextSearch {
  readonly isRegex = false;
  /** The same as an RE2 expression for Vigie. */
  readonly stored: string;
  readonly #pattern: RegExp;

  constructor(text: string) {
    const source = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    this.#pattern = new RegExp(source, "giu");
    this.stored = storedRegex(source);
  }

  matches(text: string): boolean {
    this.#pattern.lastIndex = 0;
    return this.#pattern.test(text);
  }

  /** The matches to highlight. */
  spans(text: string): Span[] {
    return spansOf(this.#pattern, text);
  }
}

export type Search = TextSearch | RegexSearch;

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

/** Whether an entry passes all but a regular expression, which runs elsewhere: in Vigie or in a worker. */
export function passes(entry: LogEntry, severity: Severity, choice: LogChoice): boolean {
  if (!choice.severities.has(severity)) return false;
  if (!choice.fields.every((field) => hasValue(entry, field) !== (field.isNot === true))) return false;
  const { search } = choice;
  return !search || search.isRegex || search.matches(plainText(entry.message)) || search.matches(metadataText(entry));
}

/** A field as shown to people. */
export function fieldText({ key, value, isNot }: Field): string {
  return `${key} ${isNot ? "≠" : "="} ${value}`;
}

export function isSameField(a: Field, b: Field): boolean {
  return a.key === b.key && a.value === b.value;
}
