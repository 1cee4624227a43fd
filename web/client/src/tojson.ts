// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a program logs, as JSON and as a text. Nothing in here throws.
import type { Json } from "./messages.js";

const deepestOfEntry = 24; // Vigie takes 32 levels, of which the message around it has some
// More than an entry has room for:
const mostValues = 250_000;
const mostCharacters = 8 * 1024 * 1024;

/** Vigie takes no half of a surrogate pair. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** What an error says of itself, whatever was thrown. */
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

/** Reads one value: what cannot be read is said in its place, and the rest is read. */
class Reader {
  #values = mostValues;
  #characters = mostCharacters;
  readonly #deepest: number;

  constructor(deepest: number) {
    this.#deepest = deepest;
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
    if (depth >= this.#deepest) return "[too deep]";
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
    const keys = ["name", "message", "stack", ...["cause", "errors"].filter((key) => key in error)]; // which are not enumerable
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
    // Two keys may be one text: then it is a list of pairs.
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
 * Any value as JSON: what has no form in it becomes a text, and what goes round in circles, too deep or on for too long
 * is cut. A member that cannot be read says so.
 */
export function toJson(value: unknown, deepest = deepestOfEntry): Json | undefined {
  return new Reader(deepest).read(() => value, 0, []);
}

/** A value whose JSON is kept to the letter: of numbers such as 1.10 and beyond 2^53, JavaScript knows less. */
export class ExactJson {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text, if it is one of these. */
  static textOf(value: unknown): string | undefined {
    return typeof value === "object" && value !== null && #text in value ? value.#text : undefined;
  }

  toJSON(): unknown {
    return JSON.parse(this.#text);
  }
}

/** Any value as a line of text has it. */
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
