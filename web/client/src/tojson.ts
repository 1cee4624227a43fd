// SPDX-License-Identifier: GPL-3.0-or-later
// Converts any value to JSON and to text. Nothing here throws.
import type { Json } from "./messages.js";

const maxEntryDepth = 24; // Vigie accepts 32 levels, some of which the message takes
// More than fits into an entry:
const maxValues = 250_000;
const maxCharacters = 8 * 1024 * 1024;

/** Replaces lone surrogates, which Vigie does not accept. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The message of an error, or of any other thrown value. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return "no reason that can be read";
  }
}

function isError(object: object): object is Error {
  return object instanceof Error || Object.prototype.toString.call(object) === "[object Error]"; // of another realm
}

const unreadable = (error: unknown): string => wellFormed(`[unreadable: ${reasonOf(error)}]`);

/** Converts one value. An unreadable part is replaced by a description of the error. */
class Reader {
  #values = maxValues;
  #characters = maxCharacters;
  readonly #maxDepth: number;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  read(get: () => unknown, depth: number, above: readonly object[]): Json | undefined {
    try {
      return this.#read(get(), depth, above);
    } catch (error) {
      return unreadable(error);
    }
  }

  #read(value: unknown, depth: number, above: readonly object[]): Json | undefined {
    if (this.#values-- <= 0) return "[too much]";
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        return Number.isFinite(value) ? value : String(value);
      case "boolean":
        return value;
      case "bigint":
      case "symbol":
        return String(value);
      case "undefined":
      case "function":
        return undefined;
    }
    if (value === null) return null;
    const object = value as object;
    if (above.includes(object)) return "[circular]";
    if (depth >= this.#maxDepth) return "[too deep]";
    return this.#object(object, depth, [...above, object]);
  }

  #text(text: string): string {
    if (text.length > this.#characters) return "[too much]";
    this.#characters -= text.length;
    return wellFormed(text);
  }

  #object(object: object, depth: number, path: readonly object[]): Json | undefined {
    if (isError(object)) return this.#error(object, depth, path);
    if (object instanceof Date && Number.isNaN(object.getTime())) return "Invalid Date";
    const own = (object as { toJSON?: unknown }).toJSON;
    if (typeof own === "function") {
      try {
        const given: unknown = own.call(object);
        if (given !== object) return this.#read(given, depth + 1, path);
      } catch (error) {
        return { ...(this.#members(object, depth, path) as { [key: string]: Json }), toJSON: unreadable(error) };
      }
    }
    if (Array.isArray(object)) return this.#list(object, depth, path);
    if (object instanceof Map) return this.#map([...object], depth, path);
    if (object instanceof Set) return this.#list([...object], depth, path);
    if (object instanceof RegExp) return this.#text(String(object));
    if (object instanceof String || object instanceof Number || object instanceof Boolean) {
      return this.#read(object.valueOf(), depth, path);
    }
    return this.#members(object, depth, path);
  }

  #error(error: Error, depth: number, path: readonly object[]): Json {
    const said: { [key: string]: Json } = {};
    const keys = ["name", "message", "stack", ...["cause", "errors"].filter((key) => key in error)]; // these are not enumerable
    for (const key of keys) this.#put(said, key, () => error[key as keyof Error] ?? "", depth, path);
    return { ...said, ...(this.#members(error, depth, path) as { [key: string]: Json }) };
  }

  #list(items: readonly unknown[], depth: number, path: readonly object[]): Json[] {
    const list: Json[] = [];
    for (let i = 0; i < items.length; ++i) {
      list.push(this.read(() => items[i], depth + 1, path) ?? null);
      if (this.#values <= 0) break;
    }
    return list;
  }

  #map(pairs: readonly (readonly [unknown, unknown])[], depth: number, path: readonly object[]): Json {
    const keys = pairs.map(([key]) => textOf(key));
    // If two keys have the same text, use a list of pairs.
    if (new Set(keys).size < keys.length) return this.#list(pairs, depth, path);
    const members: { [key: string]: Json } = {};
    for (const [i, key] of keys.entries()) this.#put(members, key, () => pairs[i]![1], depth, path);
    return members;
  }

  #members(object: object, depth: number, path: readonly object[]): Json {
    const members: { [key: string]: Json } = {};
    for (const key of Object.keys(object)) {
      this.#put(members, key, () => object[key as keyof object], depth, path);
      if (this.#values <= 0) break;
    }
    return members;
  }

  #put(members: { [key: string]: Json }, key: string, get: () => unknown, depth: number, path: readonly object[]): void {
    const json = this.read(get, depth + 1, path);
    if (json === undefined) return;
    const name = this.#text(key);
    if (name !== "__proto__") members[name] = json;
    else Object.defineProperty(members, name, { value: json, enumerable: true, writable: true, configurable: true });
  }
}

/**
 * Converts any value to JSON. What JSON cannot represent becomes text; cycles and excessive depth or size are cut. An
 * unreadable member is replaced by a description of the error.
 */
export function toJson(value: unknown, maxDepth = maxEntryDepth): Json | undefined {
  return new Reader(maxDepth).read(() => value, 0, []);
}

/** A value that keeps its JSON text: JavaScript's numbers cannot represent 1.10 or integers beyond 2^53. */
export class ExactJson {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text of an ExactJson; undefined for other values. */
  static textOf(value: unknown): string | undefined {
    return typeof value === "object" && value !== null && #text in value ? value.#text : undefined;
  }

  toJSON(): unknown {
    return JSON.parse(this.#text);
  }
}

/** Any value as one text. */
export function textOf(value: unknown): string {
  try {
    switch (typeof value) {
      case "string":
        return value;
      case "number":
        return Object.is(value, -0) ? "-0" : String(value);
      case "bigint":
        return `${value}n`;
      case "function":
        return `[Function: ${value.name || "(anonymous)"}]`;
      case "object":
        if (value !== null && isError(value)) return value.message ? `${value.name}: ${value.message}` : String(value.name);
        break;
      default:
        return String(value);
    }
    const json = toJson(value);
    return typeof json === "string" ? json : String(JSON.stringify(json));
  } catch (error) {
    return unreadable(error);
  }
}
