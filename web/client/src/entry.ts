// SPDX-License-Identifier: GPL-3.0-or-later
import type { Json, NewLogEntry } from "./messages.js";

const longestLevel = 64; // bytes
const mostBytes = 768 * 1024; // of one entry: a message of Vigie's is 1 MiB at most
const deepest = 24; // Vigie takes 32 levels, of which the message around it has some

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Vigie takes no half of a surrogate pair. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Any value as JSON: what has no form in it becomes a text, and what goes round in circles or too deep is cut. */
export function toJson(value: unknown, depth = 0, above: readonly object[] = []): Json | undefined {
  switch (typeof value) {
    case "string":
      return wellFormed(value);
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
  const object = value as object | null;
  if (object === null) return null;
  if (above.includes(object)) return "[circular]";
  if (depth >= deepest) return "[too deep]";
  const path = [...above, object];
  if (object instanceof Error) {
    const rest = toJson({ ...object, ...(object.cause === undefined ? {} : { cause: object.cause }) }, depth, path);
    return { name: object.name, message: object.message, stack: object.stack ?? "", ...(rest as { [key: string]: Json }) };
  }
  const own = (object as { toJSON?: unknown }).toJSON;
  if (typeof own === "function") return toJson(own.call(object), depth + 1, path);
  if (Array.isArray(object)) return object.map((item) => toJson(item, depth + 1, path) ?? null);
  if (object instanceof Map) return toJson(Object.fromEntries(object), depth + 1, path);
  if (object instanceof Set) return toJson([...object], depth + 1, path);
  const members: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(object)) {
    const json = toJson(member, depth + 1, path);
    if (json !== undefined) members[wellFormed(key)] = json;
  }
  return members;
}

function cutTo(text: string, bytes: number): string {
  // A character takes 3 bytes of UTF-8 at most for each of its UTF-16 units; escapes in JSON up to 6.
  return text.slice(0, Math.floor(bytes / 6));
}

/**
 * An entry as Vigie will take it, whatever it was made of. One that is larger than a message can be loses its
 * metadata, and if need be the end of its message: `isCut`.
 */
export function makeEntry(
  id: string, timestamp: number, level: string, message: unknown, metadata: unknown,
): { json: string; isCut: boolean } {
  let name = wellFormed(String(level)).trim() || "info";
  while (byteLength(name) > longestLevel) name = [...name].slice(0, -1).join("");
  const entry: NewLogEntry = { id, timestamp, level: name, message: wellFormed(String(message)) };
  const more = toJson(metadata);
  if (more !== undefined) entry.metadata = more;
  const json = JSON.stringify(entry);
  if (json.length * 3 <= mostBytes || byteLength(json) <= mostBytes) return { json, isCut: false };
  const bytes = byteLength(json);
  return { json: JSON.stringify({ ...entry, message: cutTo(entry.message, mostBytes / 2), metadata: { cutFromBytes: bytes } }), isCut: true };
}
