// SPDX-License-Identifier: GPL-3.0-or-later
import { mayCutMessages } from "#platform";
import type { NewLogEntry } from "./messages.js";
import { ExactJson, reasonOf, textOf, toJson, wellFormed } from "./tojson.js";

const maxLevelBytes = 64;
const maxBytes = 768 * 1024; // of one entry: Vigie limits messages to 1 MiB
const maxTimeMs = 8.64e15; // the range of JavaScript's Date

/**
 * A browser splits messages longer than 131,000 bytes into several frames, possibly within a character. Vigie may not be able
 * to read such a message, so longer messages are sent as ASCII. (This bounds the entries; the message adds some bytes.)
 */
export const maxFrameBytes = 130_000;

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** JSON that can be split into frames at any byte. */
export function wireText(json: string): string {
  if (json.length * 3 <= maxFrameBytes) return json;
  const bytes = byteLength(json);
  if (bytes <= maxFrameBytes || bytes === json.length) return json;
  return json.replace(/[\u0080-\uffff]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}

function cutTo(text: string, bytes: number): string {
  // A UTF-16 unit takes at most 6 bytes: as an escape.
  return wellFormed(text.slice(0, Math.floor(bytes / 6)));
}

function levelOf(level: unknown): string {
  let name = wellFormed(textOf(level).trim().slice(0, maxLevelBytes)) || "info";
  while (byteLength(name) > maxLevelBytes) name = [...name].slice(0, -1).join("");
  return name;
}

function timeOf(timestamp: unknown): number {
  try {
    const isNumber = typeof timestamp === "number" || typeof timestamp === "bigint" || timestamp instanceof Date;
    const ms = Math.floor(isNumber ? Number(timestamp) : Date.parse(String(timestamp)));
    if (ms >= 0 && ms <= maxTimeMs) return ms;
  } catch {
    // Not a valid time.
  }
  return Date.now();
}

/** The text to send; undefined if it is too large. `exact`: the JSON of the metadata. */
function sized(entry: NewLogEntry, exact: string | undefined): string | undefined {
  const json = exact === undefined ? JSON.stringify(entry) : `${JSON.stringify(entry).slice(0, -1)},"metadata":${exact}}`;
  const text = wireText(json);
  if (text.length * 3 <= maxBytes || byteLength(text) <= maxBytes) return text;
  return !mayCutMessages && byteLength(json) <= maxBytes ? json : undefined;
}

/**
 * Makes an entry that Vigie will accept, whatever the input. Unreadable parts are replaced by a description of the error. An
 * entry too large for a message loses its metadata and, if necessary, the end of its message; `isCut` is then set. Never
 * throws.
 */
export function makeEntry(
  id: string, timestamp: unknown, level: unknown, message: unknown, metadata: unknown,
): { json: string; isCut: boolean } {
  const entry: NewLogEntry = { id, timestamp: timeOf(timestamp), level: levelOf(level), message: wellFormed(textOf(message)) };
  const isText = typeof message !== "object" || message === null;
  // A logged error or object has more than its text.
  const given = metadata === undefined && !isText ? { value: message } : metadata;
  const exact = ExactJson.textOf(given);
  const more = exact === undefined ? toJson(typeof given === "function" ? textOf(given) : given) : undefined;
  if (more !== undefined) entry.metadata = more;
  let lost: { [key: string]: number | string };
  try {
    const json = sized(entry, exact);
    if (json !== undefined) return { json, isCut: false };
    lost = { cutFromBytes: byteLength(JSON.stringify(entry) + (exact ?? "")) };
  } catch (error) {
    lost = { unreadable: reasonOf(error) }; // exceeds the maximum length of a string
  }
  const cut = { ...entry, message: cutTo(entry.message, maxBytes / 2), metadata: lost };
  return { json: wireText(JSON.stringify(cut)), isCut: true };
}
