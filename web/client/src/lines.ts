// SPDX-License-Identifier: GPL-3.0-or-later
// Converts the JSON lines and objects of loggers (pino, winston, bunyan and the like) to entries.
import { ExactJson, textOf, toJson } from "./tojson.js";

/** The part of a client that is used here. */
interface Log {
  log(level: string, message: string, metadata?: unknown, timestampMs?: number): string;
}

type Members = { [key: string]: unknown };

const pinoLevels: [number, string][] = [[60, "fatal"], [50, "error"], [40, "warn"], [30, "info"], [20, "debug"]];
const messageKeys = ["msg", "message", "event", "short_message", "log"];
const errorKeys = ["err", "error", "exception", "exc_info"];
const timeKeys = ["time", "timestamp", "@timestamp", "ts"];
/** Loggers write these first; the program may repeat the name later in the line. The first one counts. */
const firstCounts = ["level", "time", "pid", "hostname"];
const mayBeTwice = new RegExp(`"(${[...firstCounts, "msg"].join("|")})"\\s*:`, "g");

function levelOf(level: unknown): string {
  if (typeof level !== "number") return typeof level === "string" && level ? level : "info";
  return pinoLevels.find(([least]) => level >= least)?.[1] ?? "trace";
}

/** A time in ms since the epoch, from text or from a number in a unit told by its magnitude. */
function msOf(time: unknown): number | undefined {
  const number = typeof time === "string" && /^\d+(\.\d+)?$/.test(time) ? Number(time) : time;
  if (typeof number === "number") {
    const perMs = number >= 1e17 ? 1e6 : number >= 1e14 ? 1e3 : number >= 1e11 ? 1 : 1e-3;
    return number > 0 ? Math.floor(number / perMs) : undefined;
  }
  const ms = typeof time === "string" ? Date.parse(time) : time instanceof Date ? time.getTime() : NaN;
  return ms >= 0 ? ms : undefined;
}

/** Removes and returns the first of these members that is present and usable. */
function take<Value>(members: Members, keys: readonly string[], read: (value: unknown) => Value | undefined): Value | undefined {
  for (const key of keys) {
    const value = Object.hasOwn(members, key) ? read(members[key]) : undefined;
    if (value === undefined) continue;
    delete members[key];
    return value;
  }
  return undefined;
}

/** The message of an error. Does not remove the error, as its stack is useful, too. */
function errorText(members: Members): string | undefined {
  for (const key of errorKeys) {
    const error = members[key];
    if (typeof error === "string" && error) return error.trim().split("\n").at(key === "exc_info" ? -1 : 0);
    const message = (error as { message?: unknown } | null | undefined)?.message;
    if (typeof message === "string" && message) return message;
  }
  return typeof members["stack"] === "string" ? members["stack"].split("\n")[0] : undefined;
}

const isNone = (value: unknown): boolean => value === undefined || value === null || value === "";

interface Source {
  /** Additional metadata. */
  hidden: Members;
  /** The original entry, shown if it has no message. */
  whole: () => string;
  /** The metadata as it was written. */
  exact: (metadata: Members) => unknown;
}

function logMembers(client: Log, level: unknown, members: Members, { hidden, whole, exact }: Source): void {
  const timestampMs = take(members, timeKeys, msOf) ?? Date.now();
  const error = messageKeys.map((key) => members[key]).find((value) => value instanceof Error);
  const message = take(members, messageKeys, (value) => (isNone(value) ? undefined : textOf(value)));
  const isEmpty = messageKeys.some((key) => members[key] === ""); // an empty message counts only if nothing else was logged
  for (const key of messageKeys) if (isNone(members[key])) delete members[key];
  const text = message ?? errorText(members) ?? (isEmpty ? "" : whole());
  const metadata = { ...members, ...hidden, ...(error === undefined ? {} : { error }) };
  client.log(levelOf(level), text, Object.keys(metadata).length > 0 ? exact(metadata) : undefined, timestampMs);
}

/** The members of a JSON object with the text of each value, in order; names may repeat. `text` must be valid. */
function pairsOf(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  let depth = 0;
  let key = "";
  let isKey = true;
  let begin = 0; // start of the value
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === "{" || token === "[") ++depth;
    else if (depth === 1 && isKey && token[0] === '"') key = JSON.parse(token) as string;
    else if (depth === 1 && isKey && token === ":") [isKey, begin] = [false, index + 1];
    else if (depth === 1 && !isKey && (token === "," || token === "}")) {
      pairs.push([key, text.slice(begin, index).trim()]);
      isKey = true;
    }
    if (token === "}" || token === "]") --depth;
  }
  return pairs;
}

/** Restores the first of repeated members. Returns the program's own values that they hide. */
function setFirst(line: string, said: Members): Members {
  const names = [...line.matchAll(mayBeTwice)].map(([, name]) => name);
  const others: Members = {};
  if (new Set(names).size === names.length) return others;
  for (const [key, text] of pairsOf(line).reverse()) {
    if (!firstCounts.includes(key) && key !== "msg") continue;
    const value: unknown = JSON.parse(text);
    if (firstCounts.includes(key)) {
      // Values are visited last to first, so the first in the line wins.
      if (said[key] !== value) others[key] = said[key];
      said[key] = value;
    } else if (value !== said[key]) {
      others[key] = value;
    }
  }
  return others;
}

/** The metadata with the line's own text for each member, where JavaScript's numbers would lose digits. */
function exactly(line: string, metadata: Members): unknown {
  const plain = JSON.stringify(metadata);
  if (JSON.stringify(toJson(metadata)) !== plain) return metadata; // Vigie would not accept it unchanged
  const texts = new Map(pairsOf(line).map(([key, text]) => [`${key} ${JSON.stringify(JSON.parse(text))}`, text]));
  const members = Object.entries(metadata).map(([key, value]) => {
    const json = JSON.stringify(value);
    return `${JSON.stringify(key)}:${texts.get(`${key} ${json}`) ?? json}`;
  });
  const text = `{${members.join(",")}}`;
  return text === plain ? metadata : new ExactJson(text);
}

/** Logs a line of JSON. Any other line becomes the message. */
export function logLine(client: Log, line: string): void {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    said = undefined;
  }
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    client.log("info", line);
    return;
  }
  const isExact = JSON.stringify(said) === line;
  const hidden = setFirst(line, said as Members);
  const { level, ...members } = said as Members;
  const exact = (metadata: Members): unknown => (isExact ? metadata : exactly(line, metadata));
  logMembers(client, level, members, { hidden, whole: () => line, exact });
}

/** Logs an object from winston or bunyan, which may be an error itself. */
export function logObject(client: Log, said: object): void {
  const { level, ...members } = said as Members;
  if (said instanceof Error) {
    members["message"] = said.message || said.name;
    members["stack"] = said.stack;
    if (said.cause !== undefined) members["cause"] = said.cause;
  }
  // winston's original level, without colours, and the line that it would have written
  const own = said as { [key: symbol]: unknown };
  const whole = (): string => textOf(own[Symbol.for("message")] ?? said);
  logMembers(client, own[Symbol.for("level")] ?? level, members, { hidden: {}, whole, exact: (metadata) => metadata });
}
