// SPDX-License-Identifier: GPL-3.0-or-later
// Converts entries to text to be shown, searched, copied and saved.
import type { LogEntry } from "vigie-client";
import type { Format } from "./format.js";
import { readable, readExact, writeCompact, writeExact } from "./exactjson.js";

const originNames = ["trace_id", "span_id", "parent_span_id", "resource", "scope"];
const origins = new RegExp(`"(${originNames.join("|")})":`);
const readableTexts = new WeakMap<LogEntry, string>();

/** The metadata as the producer wrote it; empty if there is none. */
export function exactMetadata(entry: LogEntry): string {
  return entry.metadata === undefined ? "" : entry.metadataText ?? JSON.stringify(entry.metadata);
}

/** The metadata as it is shown and searched, with escapes resolved. */
export function metadataText(entry: LogEntry): string {
  const exact = exactMetadata(entry);
  if (entry.metadataText !== undefined && !exact.includes("\\")) return exact;
  let text = readableTexts.get(entry);
  if (text === undefined) readableTexts.set(entry, (text = readable(exact)));
  return text;
}

/** The metadata as a row shows it: without the ids and origins of OpenTelemetry, which the details show; empty if nothing is left. */
export function previewText(entry: LogEntry): string {
  const text = metadataText(entry);
  if (!origins.test(text)) return text;
  const all = readExact(text);
  if (all.kind !== "object") return text;
  const members = all.members.filter(([name]) => !originNames.includes(name));
  return members.length === 0 ? "" : writeCompact({ kind: "object", members });
}

/** An entry's JSON on one line. */
export function entryJson(entry: LogEntry): string {
  const json = (name: string, value: unknown): string => (name === "metadata" ? exactMetadata(entry) : JSON.stringify(value));
  return `{${Object.entries(entry).map(([name, value]) => `${JSON.stringify(name)}:${json(name, value)}`).join(",")}}`;
}

/** The same, indented. */
export function entryJsonLines(entry: LogEntry): string {
  return writeExact(readExact(entryJson(entry)));
}

/** An entry as the list shows it, on one line unless its message has several. Characters are unchanged. */
export function entryLine(entry: LogEntry, format: Pick<Format, "full">): string {
  return [format.full(entry.timestamp), entry.level, entry.appId, entry.userId, entry.message, exactMetadata(entry)].join("  ").trimEnd();
}
