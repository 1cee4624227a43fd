// SPDX-License-Identifier: GPL-3.0-or-later
// Parses JSON like JSON.parse(), and keeps what that loses of entries' metadata.

const container = /["[\]{}]/g;
const scalarEnd = /[,\]}\s]/g;

function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && " \t\n\r".includes(text[at]!)) ++at;
  return at;
}

/** The end of the string that starts at `at`. */
function skipString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === "\\") ++escapes;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The end of the value that starts at `at`. */
function skipValue(text: string, at: number): number {
  if (text[at] === '"') return skipString(text, at);
  if (text[at] !== "{" && text[at] !== "[") return find(scalarEnd, text, at);
  let depth = 0;
  while (at < text.length) {
    at = find(container, text, at);
    const sign = text[at];
    if (sign === '"') {
      at = skipString(text, at);
      continue;
    }
    ++at;
    depth += sign === "{" || sign === "[" ? 1 : -1;
    if (depth === 0) break;
  }
  return at;
}

/** Calls `visit` with the start of each item of the array, or each member's value of the object, at `at`. Returns the end. */
function walk(text: string, at: number, visit: (from: number, name: string) => number): number {
  const isObject = text[at] === "{";
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "}" && text[at] !== "]") {
    let name = "";
    if (isObject) {
      const end = skipString(text, at);
      name = text.slice(at + 1, end - 1);
      at = skipSpace(text, skipSpace(text, end) + 1); // the colon
    }
    at = skipSpace(text, visit(at, name));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return at + 1;
}

/** Collects the text of `metadata` for each entry of the array at `at`. Returns the end of the array. */
function readEntries(text: string, at: number, found: (string | undefined)[]): number {
  return walk(text, at, (from) => {
    if (text[from] !== "{") return skipValue(text, from);
    let metadata: string | undefined;
    const end = walk(text, from, (value, name) => {
      const valueEnd = skipValue(text, value);
      if (name === "metadata") metadata = text.slice(value, valueEnd);
      return valueEnd;
    });
    found.push(metadata);
    return end;
  });
}

/** The array of entries in a message or answer of Vigie: payload, payload.logs or logs. */
function entriesOf(value: unknown): object[] | undefined {
  for (let depth = 0; depth < 3 && typeof value === "object" && value !== null; ++depth) {
    if (Array.isArray(value)) return value.every((entry) => typeof entry === "object" && entry !== null) ? value : undefined;
    const { payload, logs } = value as { payload?: unknown; logs?: unknown };
    value = payload ?? logs;
  }
  return undefined;
}

/**
 * Parses a message or an answer of Vigie like JSON.parse(). Log entries also get `metadataText`, which is not enumerable:
 * their metadata as the producer wrote it. Throws a SyntaxError.
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const entries = text.includes('"metadata"') ? entriesOf(value) : undefined;
  if (!entries) return value;
  let texts: (string | undefined)[] = [];
  const look = (from: number, name: string): number => {
    if (name !== "payload" && name !== "logs") return skipValue(text, from);
    if (text[from] === "{") return walk(text, from, look);
    if (text[from] !== "[") return skipValue(text, from);
    texts = []; // the last of repeated names counts
    return readEntries(text, from, texts);
  };
  walk(text, skipSpace(text, 0), look);
  if (texts.length !== entries.length) return value;
  entries.forEach((entry, i) => {
    if (texts[i] !== undefined) Object.defineProperty(entry, "metadataText", { value: texts[i] });
  });
  return value;
}
