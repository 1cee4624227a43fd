// SPDX-License-Identifier: GPL-3.0-or-later
import { mayCutMessages } from "#platform";
import type { NewLogEntry } from "./messages.js";
import { ExactJson, reasonOf, textOf, toJson, wellFormed } from "./tojson.js";

const longestLevel = 64; // bytes
const mostBytes = 768 * 1024; // of one entry: a message of Vigie's is 1 MiB at most
const mostTimeMs = 8.64e15; // as of JavaScript's own dates

/**
 * A browser sends a text in several frames if it is longer than 131,000 bytes, and cuts within a character: Vigie may
 * not be able to read that. So what is longer is ASCII. (Bytes of entries: the message around them has some, too.)
 */
export const mostFrameBytes = 130_000;

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** JSON as it may be sent in one message, whoever cuts that into frames. */
export function wireText(json: string): string {
  if (json.length * 3 <= mostFrameBytes) return json;
  const bytes = byteLength(json);
  if (bytes <= mostFrameBytes || bytes === json.length) return json;
  return json.replace(/[\u0080-\uffff]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}

function cutTo(text: string, bytes: number): string {
  // A character takes 6 bytes at most for each of its UTF-16 units: escaped.
  return wellFormed(text.slice(0, Math.floor(bytes / 6)));
}

function levelOf(level: unknown): string {
  let name = wellFormed(textOf(level).trim().slice(0, longestLevel)) || "info";
  while (byteLength(name) > longestLevel) name = [...name].slice(0, -1).join("");
  return name;
}

function timeOf(timestamp: unknown): number {
  try {
    const isNumber = typeof timestamp === "number" || typeof timestamp === "bigint" || timestamp instanceof Date;
    const ms = Math.floor(isNumber ? Number(timestamp) : Date.parse(String(timestamp)));
    if (ms >= 0 && ms <= mostTimeMs) return ms;
  } catch {
    // A value that is no time.
  }
  return Date.now();
}

/** The text that is sent; undefined: there is no room for it. `exact`: the JSON of its metadata. */
function sized(entry: NewLogEntry, exact: string | undefined): string | undefined {
  const json = exact === undefined ? JSON.stringify(entry) : `${JSON.stringify(entry).slice(0, -1)},"metadata":${exact}}`;
  const text = wireText(json);
  if (text.length * 3 <= mostBytes || byteLength(text) <= mostBytes) return text;
  return !mayCutMessages && byteLength(json) <= mostBytes ? json : undefined;
}

/**
 * An entry as Vigie will take it, whatever it was made of: what cannot be read says so. One that is larger than a
 * message can be loses its metadata, and if need be the end of its message: `isCut`. Never throws.
 */
export function makeEntry(
  id: string, timestamp: unknown, level: unknown, message: unknown, metadata: unknown,
): { json: string; isCut: boolean } {
  const entry: NewLogEntry = { id, timestamp: timeOf(timestamp), level: levelOf(level), message: wellFormed(textOf(message)) };
  const isText = typeof message !== "object" || message === null;
  // An error, or an object, that is logged as it is has more than its text.
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
    lost = { unreadable: reasonOf(error) }; // longer than a text can be
  }
  const cut = { ...entry, message: cutTo(entry.message, mostBytes / 2), metadata: lost };
  return { json: wireText(JSON.stringify(cut)), isCut: true };
}
