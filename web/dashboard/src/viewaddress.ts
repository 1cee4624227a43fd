// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows, as the fragment of its address: docs/design-language.md says how.
import { severities, type Severity } from "vigie-client";
import { isSameField, type Field } from "./search.js";

/** What the page shows. Never holds a token or the reader's name. */
export interface ViewAddress {
  appId?: string;
  time?: { rangeMs: number } | { fromMs: number; toMs: number };
  /** The pinned moment. */
  atMs?: number;
  /** Empty: all. */
  levels: Severity[];
  search: string;
  isRegex: boolean;
  fields: Field[];
}

const maxText = 1_024;
const maxName = 128;
const maxFields = 20;
const minRangeS = 10;
const maxRangeS = 800 * 86_400;
const maxTimeMs = Date.parse("9999-12-31T23:59:59.999Z");
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

function timeOf(text: string): number | undefined {
  const ms = timeForm.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) || ms < 0 ? undefined : ms;
}

function rangeOf(text: string): number | undefined {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return seconds >= minRangeS && seconds <= maxRangeS ? seconds * 1000 : undefined;
}

/** Half of a surrogate pair, as may be pasted, is no text that could be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));

/** A key's own equals sign is written as %3D, in what is then written as all values are. */
const writtenKey = (key: string): string => key.replace(/[%=]/g, encoded);

function fieldOf(text: string, isNot: boolean): Field | undefined {
  const at = text.indexOf("=");
  if (at < 0 || text.length > 2 * maxText) return undefined;
  const key = text.slice(0, at).replace(/%(25|3D)/gi, decodeURIComponent);
  return { key, value: text.slice(at + 1), ...(isNot ? { isNot } : {}) };
}

/** Reads a fragment, with or without its #. `bad`: names of parts that say nothing; the rest holds. Unknown parts are ignored. */
export function readAddress(fragment: string): { address: ViewAddress; bad: string[] } {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const address: ViewAddress = { levels: [], search: "", isRegex: false, fields: [] };
  const bad: string[] = [];
  /** `undefined` from `read` is bad. */
  const part = <Value>(name: string, read: (text: string) => Value | undefined): Value | undefined => {
    const text = said.get(name);
    if (text === null) return undefined;
    const value = read(text);
    if (value === undefined) bad.push(name);
    return value;
  };
  const appId = part("app", (text) => (text && text.length <= maxName ? text : undefined));
  if (appId !== undefined) address.appId = appId;
  const [fromMs, toMs, rangeMs] = [part("from", timeOf), part("to", timeOf), part("range", rangeOf)];
  if (fromMs !== undefined && toMs !== undefined && fromMs < toMs) address.time = { fromMs, toMs };
  else if (fromMs !== undefined || toMs !== undefined) bad.push(fromMs === undefined ? "to" : "from");
  if (!address.time && rangeMs !== undefined) address.time = { rangeMs };
  const atMs = part("at", timeOf);
  if (atMs !== undefined) address.atMs = atMs;
  const levels = part("levels", (text) => {
    const all = text.split(",");
    return all.every((level) => (severities as readonly string[]).includes(level)) ? (all as Severity[]) : undefined;
  });
  address.levels = severities.filter((severity) => levels?.includes(severity));
  address.search = part("q", (text) => (text.length <= maxText ? text : undefined)) ?? "";
  address.isRegex = part("regex", (text) => (text === "1" || text === "0" ? text === "1" : undefined)) ?? false;
  for (const name of ["where", "not"]) {
    for (const text of said.getAll(name)) {
      const field = fieldOf(text, name === "not");
      if (!field || address.fields.length >= maxFields) bad.push(name);
      else if (!address.fields.some((one) => isSameField(one, field))) address.fields.push(field);
    }
  }
  return { address, bad: [...new Set(bad)] };
}

/** The fragment, with its #. What its own reader would refuse is left out. */
export function writeAddress({ appId, time, atMs, levels, search, isRegex, fields }: ViewAddress): string {
  const parts: [string, string][] = [];
  const iso = (ms: number): string => new Date(Math.round(ms)).toISOString();
  const isTime = (ms: number): boolean => ms >= 0 && ms <= maxTimeMs;
  if (appId && appId.length <= maxName) parts.push(["app", appId]);
  if (time && "rangeMs" in time) parts.push(["range", String(Math.min(maxRangeS, Math.max(minRangeS, Math.round(time.rangeMs / 1000))))]);
  else if (time && isTime(time.fromMs) && isTime(time.toMs)) parts.push(["from", iso(time.fromMs)], ["to", iso(time.toMs)]);
  if (atMs !== undefined && isTime(atMs)) parts.push(["at", iso(atMs)]);
  if (levels.length > 0) parts.push(["levels", levels.join(",")]);
  if (search && search.length <= maxText) parts.push(["q", search], ...(isRegex ? [["regex", "1"] as [string, string]] : []));
  const written = fields.map(({ key, value, isNot }): [string, string] => [isNot ? "not" : "where", `${writtenKey(key)}=${value}`]);
  parts.push(...written.filter(([, text]) => text.length <= 2 * maxText).slice(0, maxFields));
  // Legible where it may be: these need no escape in a fragment.
  return `#${parts.map(([name, value]) => `${name}=${encoded(value).replace(/%(3A|2C|2F|40)/g, decodeURIComponent)}`).join("&")}`;
}
