// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { severities, type LogEntry, type Severity } from "vigie-client";
import { LogsOfAll, placeBefore, type LogsApi } from "../src/allapps.js";
import type { Api } from "../src/api.js";
import { csvHead, exportedText } from "../src/exportdialog.js";
import { fieldsOf } from "../src/entrymenu.js";
import { Format } from "../src/format.js";
import { Highlights } from "../src/highlights.js";
import { levelsText } from "../src/levelmenu.js";
import { newestApps } from "../src/newestapps.js";
import type { LogLine } from "../src/logstore.js";
import { RowPlaces, rowsOf } from "../src/rowplaces.js";
import { StoredTotals } from "../src/storedtotals.js";
import { en } from "../src/textsen.js";
import { fr } from "../src/textsfr.js";
import { Timeline } from "../src/timeline.js";
import { readAddress, writeAddress, type ViewAddress } from "../src/viewaddress.js";

const entry = (message: string, more: Partial<LogEntry> = {}): LogEntry =>
  ({ id: "1", timestamp: 1_769_860_800_000, level: "info", message, appId: "shop", userId: "till", ...more });
const lineOf = (message: string, more: Partial<LogEntry> = {}): LogLine => ({ entry: entry(message, more), severity: "info", isNote: false, bytes: 0 });

test("a view's address says it again", () => {
  const views: ViewAddress[] = [
    { levels: [], search: "", isRegex: false, fields: [] },
    { appId: "sh&op=#é", time: { rangeMs: 300_000 }, levels: ["error", "fatal"], search: "a+b c&d=%", isRegex: true, fields: [] },
    {
      appId: "shop", time: { fromMs: 1_769_860_800_000, toMs: 1_769_860_900_250 }, atMs: 1_769_860_850_001, levels: [], search: "", isRegex: false,
      fields: [{ key: "a.b", value: "x=y" }, { key: "50%=", value: "" }, { key: "", value: "5" }, { key: "user", value: "ann", isNot: true }],
    },
  ];
  for (const view of views) assert.deepEqual(readAddress(writeAddress(view)), { address: view, bad: [] });
  assert.equal(writeAddress(views[1]!), "#app=sh%26op%3D%23%C3%A9&range=300&levels=error,fatal&q=a%2Bb%20c%26d%3D%25&regex=1");
  assert.ok(writeAddress(views[2]!).startsWith("#app=shop&from=2026-01-31T12:00:00.000Z&to=2026-01-31T12:01:40.250Z&at="));
});

test("what an address says wrongly is named, and the rest holds", () => {
  const bad = (fragment: string): string[] => readAddress(fragment).bad;
  for (const part of [
    "range=0", "range=-5", "range=1e9", "range=NaN", "range=9999999999", "at=yesterday", "at=2026-13-01T00:00:00Z", "at=2026-01-31T12:00:00", "levels=", "levels=error,nonsense",
    "levels=__proto__", "regex=yes", "where=novalue", "app=", `app=${"x".repeat(129)}`, `q=${"x".repeat(1_025)}`, "from=2026-01-31T12:00:00Z",
  ]) assert.deepEqual(bad(`#${part}&q2=x`), [part.split("=")[0]], part);
  assert.deepEqual(bad("#from=2026-01-31T12:00:00Z&to=2026-01-31T11:00:00Z"), ["from"]);
  assert.deepEqual(readAddress("#range=x&q=tea&at=-1").address, { levels: [], search: "tea", isRegex: false, fields: [] });
  const many = readAddress(`#${Array.from({ length: 30 }, (_, i) => `where=k=${i}`).join("&")}`);
  assert.deepEqual([many.address.fields.length, many.bad], [20, ["where"]]);
  // What it is not for is not taken in, and so never written again.
  for (const hostile of ["#token=vigie_secret&user=ann&app=shop", "#%", "#%E0%A4%A", "#&&&==&=", "#app=shop#token=x", "#q=%00%ff", "#__proto__=1&constructor=2"]) {
    const written = writeAddress(readAddress(hostile).address);
    assert.ok(!written.includes("secret") && !written.includes("ann") && !/(^|&)token=/.test(written), written);
  }
});

test("what is written as an address can be read again, whatever is shown", () => {
  const nothing: ViewAddress = { levels: [], search: "", isRegex: false, fields: [] };
  const fields = Array.from({ length: 30 }, (_, i) => ({ key: "k", value: String(i) }));
  const times = { fromMs: -200_000, toMs: -100_000 };
  for (const view of [
    { ...nothing, search: "x".repeat(1_025), isRegex: true }, { ...nothing, appId: "x".repeat(129) }, { ...nothing, appId: "" }, { ...nothing, fields },
    { ...nothing, fields: [{ key: "k", value: "x".repeat(3_000) }] }, { ...nothing, time: times, atMs: -5 }, { ...nothing, time: { rangeMs: 1e15 } },
    { ...nothing, search: "half \ud83d of a pair", fields: [{ key: "=\udc00", value: "\ud800" }] },
  ]) assert.deepEqual(readAddress(writeAddress(view)).bad, [], JSON.stringify(view).slice(0, 100));
  assert.equal(writeAddress({ ...nothing, search: "half \ud83d of a pair 😀" }), "#q=half%20%EF%BF%BD%20of%20a%20pair%20%F0%9F%98%80");
  assert.equal(readAddress(writeAddress({ ...nothing, fields })).address.fields.length, 20);
  // And nothing is shown that is older than Vigie can have stored.
  const day = 86_400_000;
  const timeline = new Timeline(10 * day, 2_000 * day);
  timeline.move(-1_000);
  assert.deepEqual(timeline.view, { fromMs: 1_200 * day, toMs: 1_210 * day, isLive: false });
});

test("one timeline: pausing, pinning, zooming back and the present", () => {
  const timeline = new Timeline(60_000, 1_000_000);
  const live = { fromMs: 940_000, toMs: 1_000_000, isLive: true };
  timeline.pause();
  timeline.setPresent(1_005_000);
  assert.deepEqual([timeline.view, timeline.isPaused], [{ ...live, isLive: false }, true]);
  timeline.move(-0.5);
  assert.equal(timeline.isPaused, false);
  timeline.toPresent();
  assert.deepEqual(timeline.view, { fromMs: 945_000, toMs: 1_005_000, isLive: true });
  timeline.pin(950_000); // what is pinned does not move away
  timeline.setPresent(1_010_000);
  assert.deepEqual([timeline.view.toMs, timeline.view.isLive, timeline.momentMs], [1_005_000, false, 950_000]);
  assert.ok(timeline.unpin() && !timeline.unpin());
  assert.deepEqual([timeline.view.isLive, timeline.momentMs], [true, undefined]);
  // Each drag is a zoom, and a run of notches is one.
  timeline.show(960_000, 1_000_000);
  timeline.zoom(0.8, 0.5);
  timeline.zoom(0.8, 0.5);
  timeline.back();
  assert.deepEqual(timeline.view, { fromMs: 960_000, toMs: 1_000_000, isLive: false });
  timeline.back();
  assert.deepEqual(timeline.view, { fromMs: 950_000, toMs: 1_010_000, isLive: true });
  timeline.move(-1);
  timeline.back(); // there was no zoom
  assert.equal(timeline.view.isLive, true);
  timeline.pin(970_000);
  timeline.move(-0.5);
  timeline.unpin(); // it was moved: Esc does not bring the present
  assert.equal(timeline.view.isLive, false);
  timeline.pin(970_000);
  timeline.move(5);
  assert.equal(timeline.view.isLive, false);
  timeline.toPresent(); // one way back for all
  assert.deepEqual([timeline.view.isLive, timeline.momentMs], [true, undefined]);
});

/** One step of tests/data/timeline.json, in seconds after the present. */
function take(timeline: Timeline, [name, a, b]: [string, number, number]): void {
  const { presentMs, view: { fromMs, toMs } } = timeline;
  const at = (seconds: number): number => presentMs + seconds * 1000;
  const steps: Record<string, () => unknown> = {
    show: () => timeline.show(at(a), at(b)), zoom: () => timeline.zoom(a, (at(b) - fromMs) / (toMs - fromMs)),
    pan: () => timeline.move((a * 1000) / (toMs - fromMs)), range: () => timeline.setRange(a * 1000), pin: () => timeline.pinInView(at(a)),
    unpin: () => timeline.unpin(), pause: () => timeline.pause(), back: () => timeline.back(), now: () => timeline.toPresent(),
  };
  steps[name]!();
}

test("steps through time lead where they lead in the window", () => {
  interface Case {
    name: string;
    steps: [string, number, number][];
    stretch: [number, number];
    isLive: boolean;
    moment?: number;
  }
  const presentMs = 1_780_000_000_000;
  const { rangeS, cases } = JSON.parse(readFileSync("../../tests/data/timeline.json", "utf8")) as { rangeS: number; cases: Case[] };
  for (const { name, steps, stretch, isLive, moment } of cases) {
    const timeline = new Timeline(rangeS * 1000, presentMs);
    for (const step of steps) take(timeline, step);
    const { view, momentMs } = timeline;
    const seconds = (ms: number): number => (ms - presentMs) / 1000;
    assert.deepEqual([[seconds(view.fromMs), seconds(view.toMs)], view.isLive, momentMs === undefined ? undefined : seconds(momentMs)],
                     [stretch, isLive, moment], name);
  }
});

test("the button says which levels pass", () => {
  const of = (...levels: Severity[]): string[] => [en, fr].map((texts) => levelsText(new Set(levels), texts));
  assert.deepEqual(of(...severities), ["All levels", "Tous les niveaux"]);
  assert.deepEqual(of("error"), ["Errors only", "Erreurs seulement"]);
  assert.deepEqual(of("fatal", "warn", "error"), ["Warning and above", "Avertissement et plus"]);
  assert.deepEqual(of("info", "warn", "error"), ["3 levels", "3 niveaux"]);
});

test("moments are written in one way", () => {
  const before = process.env["TZ"];
  process.env["TZ"] = "Europe/Paris";
  try {
    const ms = Date.parse("2026-11-30T13:03:12.345Z");
    const [english, french] = [new Format("en", () => ms), new Format("fr", () => ms)];
    assert.deepEqual([english.full(ms), french.full(ms)], ["30 Nov 2026, 14:03:12.345 UTC+1", "30 nov. 2026, 14:03:12.345 UTC+1"]);
    process.env["TZ"] = "America/New_York";
    const inNewYork = ["en", "fr"].map((language) => new Format(language as "en" | "fr", () => ms).full(ms));
    assert.deepEqual(inNewYork, ["30 Nov 2026, 08:03:12.345 UTC\u22125", "30 nov. 2026, 08:03:12.345 UTC\u22125"]);
    process.env["TZ"] = "Europe/Paris";
    assert.deepEqual([english.moment(ms), english.moment(ms - 86_400_000), english.minute(ms - 86_400_000)], ["14:03:12", "29 Nov, 14:03:12", "29 Nov, 14:03"]);
    assert.deepEqual(english.part(9.9 * 2 ** 30, 15.6 * 2 ** 30).map((text) => text.replace("\u00a0", " ")), ["9.90", "15.6 GiB"]);
    assert.deepEqual(english.part(200 * 2 ** 20, 15.6 * 2 ** 30).map((text) => text.replace("\u00a0", " ")), ["200 MiB", "15.6 GiB"]);
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
});

test("an export is what was sent, in each form", () => {
  const told = entry('said "hi",\nand left', { level: "WARN", metadata: { a: 1 }, metadataText: '{"a":1.0}' });
  const format = new Format("en");
  assert.equal(exportedText(told, "csv", format),
    '1,2026-01-31T12:00:00.000Z,WARN,"said ""hi"",\nand left","{""a"":1.0}",shop,till\r\n');
  assert.equal(csvHead, "id,timestamp,level,message,metadata,appId,userId\r\n");
  // A spreadsheet would run what begins so.
  for (const begin of ["=", "+", "-", "@", "\t", "\r"])
    assert.ok(exportedText({ ...told, message: `${begin}1` }, "csv", format).includes(begin === "\r" ? `"'\r1"` : `,'${begin}1,`), JSON.stringify(begin));
  assert.match(exportedText(told, "txt", format), /^31 Jan 2026, .* {2}WARN {2}shop {2}till {2}said "hi",\nand left {2}\{"a":1\.0\}\n$/);
  assert.equal((JSON.parse(exportedText(told, "jsonl", format)) as LogEntry).message, told.message);
});

test("the values of an entry are offered to filter by, the first ones only", () => {
  const metadata = { order: { id: 7, tags: ["a", null] }, long: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i])) };
  const fields = fieldsOf(entry("x", { metadata }));
  assert.deepEqual(fields.slice(0, 5).map(({ key, value }) => `${key}=${value}`), ["level=info", "user=till", "order.id=7", "order.tags.0=a", "order.tags.1=null"]);
  assert.equal(fields.length, 10);
  assert.equal(fieldsOf(entry("x")).length, 2);
});

test("highlights colour what they find, and are kept", () => {
  const kept = new Map([["vigie.highlights", '["tea", 5, ""]']]);
  const storage = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) };
  const highlights = new Highlights(storage);
  let changes = 0;
  highlights.onChange = () => ++changes;
  highlights.add("Order 7");
  highlights.add("Order 7");
  assert.deepEqual(highlights.rules, [{ text: "tea", colour: 1 }, { text: "Order 7", colour: 2 }]);
  assert.deepEqual(["no TEA left", "order 71", "none"].map((message) => highlights.colourOf(entry(message))), [1, 2, undefined]);
  assert.equal(highlights.colourOf(entry("x", { metadata: { drink: "tea" } })), 1);
  highlights.remove("tea");
  // Twenty rules share six colours; a further one takes nobody's place.
  for (let i = 0; i < 30; ++i) highlights.add(`rule ${i}`);
  const uses = [1, 2, 3, 4, 5, 6].map((colour) => highlights.rules.filter((rule) => rule.colour === colour).length);
  assert.deepEqual([highlights.isFull, highlights.rules.length, Math.min(...uses), Math.max(...uses)], [true, 20, 3, 4]);
  assert.deepEqual([highlights.rules[0]!.text, highlights.rules[19]!.text], ["Order 7", "rule 18"]);
  assert.equal(new Highlights(storage).rules.length, 20);
  highlights.remove("rule 5");
  assert.equal(highlights.isFull, false);
  assert.equal(new Highlights({ getItem: () => "{", setItem: () => {} }).rules.length, 0);
  assert.ok(changes > 9);
});

test("wrapped lines stand one below the other", () => {
  const lines = [lineOf("x".repeat(10)), lineOf("x".repeat(11)), lineOf("x".repeat(35)), lineOf("x".repeat(9_000))];
  assert.deepEqual(lines.map((line) => rowsOf(line, 10)), [1, 2, 4, 20]);
  assert.equal(rowsOf(lineOf("データ"), 5), 2);
  assert.equal(rowsOf(lineOf("abc", { metadata: { a: 1 } }), 6), 2);
  const places = new RowPlaces();
  places.set(lines.slice(0, 2), 10);
  places.append(lines);
  assert.deepEqual([0, 1, 2, 3, 4].map((index) => places.topOf(index)), [0, 1, 3, 7, 27]);
  assert.deepEqual([0, 0.9, 1, 2.9, 3, 26, 27].map((row) => places.indexAt(row)), [0, 0, 1, 1, 2, 3, 4]);
  assert.equal(places.rowsAt(3), 20);
  places.set(lines, undefined);
  assert.deepEqual([places.topOf(3), places.indexAt(2.5), places.rowsAt(2)], [3, 2, 1]);
});

test("stored entries are counted on as they come", async () => {
  const asked: unknown[][] = [];
  const api = { counts: async (...said: unknown[]) => (asked.push(said), { stepMs: 1, times: [0], levels: { info: [5], error: [2] } }) } as unknown as Pick<Api, "counts">;
  const totals = new StoredTotals(api, "shop", () => 1_000);
  assert.equal(totals.of(), undefined);
  await totals.ask();
  assert.deepEqual([totals.of(), totals.of(["error", "fatal"])], [7, 2]);
  totals.add([entry("a"), entry("b", { level: "ERROR" })]);
  assert.deepEqual([totals.of(), totals.of(["error"]), asked.length, asked[0]!.slice(0, 2)], [9, 3, 1, ["shop", 0]]);
  totals.cleared();
  assert.equal(totals.of(), 0);
  totals.end();
});

test("applications are read as one, each in its own order, and nothing twice or left out", async () => {
  // Each has its entries in order of arrival; their times may go back.
  const kept: { [appId: string]: LogEntry[] } = {};
  for (const [appId, times] of Object.entries({ a: [1, 5, 9, 13, 17, 21], b: [2, 3, 4, 20, 19, 22], c: [], d: [100] }))
    kept[appId] = times.map((timestamp, i) => entry(`${appId} ${i}`, { id: `${appId}${i}`, appId, timestamp }));
  const api: LogsApi = {
    stop: () => {},
    counts: async (appId) => ({ stepMs: 5, times: [0], levels: appId === "a" ? { info: [6] } : { error: [kept[appId]!.length] } }),
    logs: async (_kind, appId, { before, cursor, to = Infinity }) => {
      const at = kept[appId]!.findIndex(({ id }) => id === (before ?? cursor));
      const older = kept[appId]!.slice(0, at < 0 ? undefined : at).filter(({ timestamp }) => timestamp <= to);
      const logs = older.slice(-2).reverse(); // two at a time
      return { logs, cursor: older.length > 2 ? logs.at(-1)!.id : null };
    },
  };
  const all = new LogsOfAll(api, () => Object.keys(kept));
  const seen: string[] = [];
  let cursor: string | null | undefined;
  for (let pages = 0; cursor !== null && pages < 50; ++pages) {
    const page = await all.logs("x", "*", { limit: 3, ...(cursor ? { cursor } : {}) });
    assert.ok(page.logs.length <= 3);
    seen.push(...page.logs.map(({ id }) => id));
    ({ cursor } = page);
  }
  assert.deepEqual(seen, ["d0", "b5", "a5", "b4", "b3", "a4", "a3", "a2", "a1", "b2", "b1", "b0", "a0"]);
  const held = [kept["a"]![4]!, kept["b"]![5]!];
  const before = await all.logs("x", "*", { limit: 2, cursor: placeBefore(held, Object.keys(kept)) });
  assert.deepEqual(before.logs.map(({ id }) => id), ["b4", "b3"]);
  assert.deepEqual(await all.counts("*", 0, 10, 5), { stepMs: 5, times: [0, 0, 0, 0], levels: { info: [6], error: [0, 6, 0, 1] } });
});

test("of too many applications, those with the newest entries are watched", async () => {
  const timesMs: { [appId: string]: number } = { a: 5, b: 9, c: 1, d: 7 };
  let asked = 0;
  const api = { logs: async (_kind: string, appId: string) => (++asked, { logs: appId in timesMs ? [entry("x", { timestamp: timesMs[appId]! })] : [], cursor: null }) } as unknown as Pick<Api, "logs">;
  assert.deepEqual(await newestApps(api, ["a", "b", "c", "d"], 4), ["a", "b", "c", "d"]);
  assert.equal(asked, 0);
  assert.deepEqual(await newestApps(api, ["a", "b", "c", "d", "empty"], 2), ["b", "d"]);
});
