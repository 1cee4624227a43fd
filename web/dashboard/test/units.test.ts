// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { severities, type Json, type LogEntry } from "vigie-client";
import { parts } from "../src/details.js";
import { failureOf, whyText } from "../src/failure.js";
import { Format } from "../src/format.js";
import { remembered, takeFromAddress } from "../src/identity.js";
import { LogRate, LogRates, spanOf } from "../src/lograte.js";
import { LogStore, maxLines, type Change } from "../src/logstore.js";
import { everything, fieldText, isSameField, passes, TextSearch, type Field } from "../src/search.js";
import { stateText } from "../src/session.js";
import { Api, RequestFailed } from "../src/api.js";
import { figuresOf, RecentFigures } from "../src/series.js";
import { Settings } from "../src/settings.js";
import { preferredLanguage, type Texts } from "../src/texts.js";
import { en } from "../src/textsen.js";
import { fr } from "../src/textsfr.js";
import { Timeline } from "../src/timeline.js";

let frames: (() => void)[] = [];
beforeEach(() => {
  frames = [];
  Object.assign(globalThis, { requestAnimationFrame: (action: () => void) => frames.push(action) });
});
const paint = () => frames.splice(0).forEach((action) => action());

const entry = (id: number | string, level = "info", more: Partial<LogEntry> = {}): LogEntry =>
  ({ id: String(id), timestamp: Number(id) || 0, level, message: `message ${id}`, appId: "shop", userId: "till", ...more });

test("a search is a text whose case does not count", () => {
  const text = new TextSearch("a.B(");
  assert.ok(text.matches("xA.b(") && !text.matches("aXb("));
  assert.deepEqual(text.spans("A.b( a.B("), [[0, 4], [5, 9]]);
  assert.equal(new TextSearch("x").spans("x".repeat(1000)).length, 50);
});

test("a choice lets entries pass that have all of it", () => {
  const metadata = { order: { id: 7 }, tags: ["a", "b"], none: null };
  const told = entry(1, "Warning", { message: "\u001b[31mout\u001b[0m of tea", metadata });
  const by = (fields: Field[], search?: string) =>
    passes(told, "warn", { ...everything, fields, search: search ? new TextSearch(search) : undefined });
  assert.ok(by([{ key: "order.id", value: "7" }, { key: "level", value: "Warning" }, { key: "user", value: "till" }]));
  assert.ok(by([{ key: "tags.1", value: "b" }, { key: "none", value: "null" }], '"id":7'));
  assert.ok(by([{ key: "order.id", value: "8", isNot: true }]) && !by([{ key: "order.id", value: "7", isNot: true }]));
  assert.ok(by([], "OUT of tea")); // colours of terminals are not in the way
  assert.ok(!by([{ key: "toString", value: "x" }]) && !by([{ key: "order.id.x", value: "7" }]) && !by([{ key: "order", value: "7" }]));
  assert.ok(!by([], "other"));
  assert.ok(!passes(told, "warn", { ...everything, severities: new Set(severities.filter((severity) => severity !== "warn")) }));
  const texts = [fieldText({ key: "level", value: "info" }), fieldText({ key: "a.b", value: "1.10", isNot: true })];
  assert.deepEqual(texts, ["level = info", "a.b ≠ 1.10"]);
});

test("a step is said in its greatest unit", () => {
  const spans = [1_000, 30_000, 60_000, 5_400_000, 43_200_000, 604_800_000].map(spanOf);
  assert.deepEqual(spans, [[1, "s"], [30, "s"], [1, "min"], [90, "min"], [12, "h"], [7, "d"]]);
});

test("a level or a sender is also looked for in the metadata, where it has such a key", () => {
  const has = (field: Field, level: string, metadata: Json) =>
    passes(entry(1, level, { metadata }), "info", { ...everything, fields: [field] });
  const level: Field = { key: "level", value: "7" };
  assert.ok(has(level, "7", {}) && has(level, "8", { level: 7 }) && !has(level, "8", { levels: 7 }));
  assert.ok(has({ key: ".level", value: "7" }, "8", { "": { level: "7" } }) && !has({ key: ".level", value: "7" }, "7", { level: "7" }));
  assert.ok(isSameField(level, { ...level, isNot: true }) && !isSameField(level, { key: "level", value: "8" }));
});

test("lines are held up to a bound, and older ones go with their choice", () => {
  const store = new LogStore();
  const changes: Change[] = [];
  store.onChange((change) => changes.push(change));
  store.add([entry(5), entry(6, "error")]);
  store.addOlder([entry(3), entry(4)]);
  paint();
  assert.deepEqual(changes, [{ removedFirst: 0, addedFirst: 2, addedLast: 2, isNew: false }]);
  assert.deepEqual(store.shown.map((line) => line.entry.id), ["3", "4", "5", "6"]);
  assert.equal(store.oldest?.id, "3");
  store.setChoice({ ...everything, severities: new Set(["error"]) });
  store.add([entry(7), entry(8, "fatal"), entry(9, "err")]);
  store.addNote("a word");
  paint();
  assert.equal(changes.at(-1)!.isNew, true);
  assert.deepEqual(store.shown.map((line) => line.entry.id), ["6", "9", ""]);
  assert.equal(store.oldest?.id, "5"); // the older ones can be brought again
  store.setChoice(everything);
  assert.deepEqual(store.shown.map((line) => line.entry.id), ["5", "6", "7", "8", "9", ""]);
});

test("a flood keeps memory bounded and says what is gone", () => {
  const store = new LogStore();
  let shown = 0;
  store.onChange(({ removedFirst, addedFirst, addedLast }) => (shown += addedFirst + addedLast - removedFirst));
  store.addOlder([entry(1)]);
  for (let i = 0; i < 250; ++i) {
    store.add(Array.from({ length: 1_000 }, (_, j) => entry(1_000 * (i + 1) + j)));
    if (i % 7 === 0) paint();
  }
  paint();
  assert.ok(store.held >= maxLines && store.held <= maxLines + 5_000);
  assert.equal(shown, store.shown.length);
  assert.equal(store.shown.at(-1)!.entry.id, "250999");
  assert.equal(store.shown[0]!.entry, store.live[0]!.entry);
  assert.ok(store.isFull);
  assert.equal(store.addOlder([entry(2)]), 0); // there is no room for it
  assert.equal(store.shown[0]!.entry, store.live[0]!.entry);
});

test("entries are counted by time and severity", () => {
  const store = new LogStore();
  store.add([entry(1_000), entry(1_999, "error"), entry(2_000, "fatal"), entry(9_999), entry(99_999)]);
  store.addNote("no entry");
  const rate = new LogRate({ fromMs: 500, toMs: 10_500, isLive: false }, 10);
  rate.addLines(store.live);
  assert.equal(rate.stepMs, 1_000);
  assert.equal(rate.fromMs, 0);
  assert.deepEqual(rate.counts.map((step) => [...step.values()].reduce((a, b) => a + b, 0)), [0, 2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  assert.deepEqual(rate.errors(), [{ timeMs: 1_500, count: 1 }, { timeMs: 2_500, count: 1 }]);
  assert.equal(rate.max, 2);
});

test("entries that the page does not hold are counted by Vigie", async () => {
  const store = new LogStore();
  store.add([entry(5_300), entry(6_100), entry(7_200, "error")]);
  const asked: number[][] = [];
  const api = {
    counts: (_appId: string, fromMs: number, toMs: number, stepMs: number) => {
      asked.push([fromMs, toMs, stepMs]);
      return Promise.resolve({ stepMs, times: [4_000, 5_000, 6_000], levels: { info: [4, 3, 1], fatal: [1, 0, 0] } });
    },
  } as unknown as Api;
  const rates = new LogRates(api, "shop");
  let answers = 0;
  rates.onStored = () => void ++answers;
  const view = { fromMs: 0, toMs: 10_000, isLive: false };
  const sums = (): number[] => rates.count(store.live, store.heldFromMs, view, 10, view.toMs).counts
    .map((step) => [...step.values()].reduce((a, b) => a + b, 0));
  assert.deepEqual(sums().slice(4, 8), [0, 1, 1, 1]); // it holds all there are
  store.hasEarlier = true;
  sums();
  assert.deepEqual(asked, [[0, 14_000, 1_000]]);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(answers, 1);
  // A step that is held in part is counted there, the others here; what is known is not asked for again.
  assert.deepEqual(sums().slice(4, 8), [5, 3, 1, 1]);
  view.toMs = 10_500;
  view.fromMs = 500;
  sums();
  assert.equal(asked.length, 1);
  view.toMs = 40_500;
  assert.deepEqual(sums().slice(0, 2), [5, 4]); // by coarser steps until there is an answer
  assert.deepEqual(asked[1], [0, 65_000, 5_000]);
});

test("counts that failed are missing no longer once the page holds all entries in view", async () => {
  const store = new LogStore();
  store.add([entry(5_300)]);
  store.hasEarlier = true;
  const rates = new LogRates({ counts: () => Promise.reject(new RequestFailed(500, undefined, "out of order")) } as unknown as Api, "shop");
  rates.count(store.live, store.heldFromMs, { fromMs: 0, toMs: 10_000, isLive: false }, 10, 10_000);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(rates.failure?.message, "out of order");
  rates.count(store.live, store.heldFromMs, { fromMs: 6_000, toMs: 16_000, isLive: false }, 10, 10_000);
  assert.equal(rates.failure, undefined);
  rates.end();
});

test("time is live until it is moved, and again at the present", () => {
  const timeline = new Timeline(60_000, 1_000_000);
  const views: boolean[] = [];
  timeline.onChange(({ isLive }) => views.push(isLive));
  timeline.setPresent(1_001_000);
  timeline.setPresent(1_001_000);
  assert.deepEqual(timeline.view, { fromMs: 941_000, toMs: 1_001_000, isLive: true });
  timeline.move(-0.5);
  assert.deepEqual(timeline.view, { fromMs: 911_000, toMs: 971_000, isLive: false });
  timeline.setPresent(1_002_000);
  assert.equal(timeline.view.toMs, 971_000);
  timeline.zoom(0.5, 0.5);
  assert.deepEqual(timeline.view, { fromMs: 926_000, toMs: 956_000, isLive: false });
  timeline.show(930_000, 931_000); // no shorter than ten seconds, around the same middle
  assert.deepEqual(timeline.view, { fromMs: 925_500, toMs: 935_500, isLive: false });
  timeline.move(100);
  assert.deepEqual(timeline.view, { fromMs: 992_000, toMs: 1_002_000, isLive: true });
  timeline.zoom(2, 1); // at the present it stays there
  assert.deepEqual(timeline.view, { fromMs: 982_000, toMs: 1_002_000, isLive: true });
  assert.deepEqual(views, [true, false, false, false, true, true]);
});

const detail = (timestamp: number, usage: number) => ({ timestamp, cpu: { usage, user: 0, system: 0, iowait: 0, steal: 0, cores: [] } });

test("figures that are stored come before those that are live", () => {
  const recent = new RecentFigures();
  assert.ok(recent.add(detail(10_000, 5)));
  assert.ok(!recent.add(detail(10_000, 6)));
  recent.add(detail(11_000, 7));
  recent.addStored(figuresOf({
    times: [8_000, 9_000, 10_000], series: { "cpu.usage": { average: [1, null, 3], low: [1, null, 3], high: [1, null, 3] }, "disk.read": { average: [4, 4, 4], low: [4, 4, 4], high: [4, 4, 4] } },
  }));
  assert.deepEqual(recent.figures.times, [8_000, 9_000, 10_000, 11_000]);
  assert.deepEqual(recent.figures.values.get("cpu.usage")!.average, [1, NaN, 5, 7]);
  assert.deepEqual(recent.figures.values.get("disk.read")!.average, [4, 4, NaN, NaN]);
  recent.add(detail(60_000, 9)); // a gap is a moment at which nothing is known
  assert.deepEqual(recent.figures.times.slice(-2), [35_500, 60_000]);
  assert.deepEqual(recent.figures.values.get("cpu.usage")!.average.slice(-2), [NaN, 9]);
  for (let second = 61; second < 5_000; ++second) recent.add(detail(second * 1_000, 1));
  assert.ok(recent.figures.times.length <= 3_600 + 62);
  assert.equal(recent.figures.times.length, recent.figures.values.get("cpu.usage")!.average.length);
});

test("numbers are written as the reader writes them", () => {
  const [en, fr] = [new Format("en"), new Format("fr")];
  assert.deepEqual([0, 1023, 1024, 1536, 999.6 * 1024, 5e12].map((bytes) => en.bytes(bytes).replace("\u00a0", " ")),
                   ["0 B", "1 KiB", "1 KiB", "1.50 KiB", "0.98 MiB", "4.55 TiB"].map((text, i) => (i === 1 ? "1.00 KiB" : text)));
  assert.equal(fr.bytes(1536), "1,50\u00a0Kio");
  assert.match(en.exactTime(-1), /\.999$/);
  assert.deepEqual([en.percent(9.94), en.percent(99.6), fr.percent(1.25)], ["9.9\u00a0%", "100\u00a0%", "1,3\u00a0%"]);
  assert.match(en.exactTime(1_700_000_000_007), /^\d\d:\d\d:\d\d\.007$/);
  assert.ok(en.moment(0, 1e12).length > en.moment(1e12, 1e12).length);
});

test("how the connection fares is said in words", () => {
  const of = (state: Parameters<typeof stateText>[0], code?: number, reason = "", isFull = false) =>
    stateText(state, code === undefined ? undefined : { code, reason, isFull }, en, 1_000);
  const waiting = { name: "waiting", attempt: 1, retryAtMs: 3_500, code: 1006, reason: "" } as const;
  assert.equal(of({ name: "signedIn" }).kind, "good");
  const silent = stateText({ name: "signedIn" }, undefined, en, 1_000, true);
  assert.deepEqual(silent, { text: "No data from Vigie", kind: "doubt", mayRetry: false });
  assert.equal(stateText(waiting, undefined, en, 1_000, true).kind, "bad");
  assert.deepEqual(of(waiting, 1006), { text: "Connection lost: trying again in 3 s", kind: "bad", mayRetry: true });
  assert.equal(of(waiting, 1006, "", true).text, "Vigie has too many connections. Connection lost: trying again in 3 s");
  assert.equal(of(waiting, 1001).text, "Vigie was shut down. Connection lost: trying again in 3 s");
  assert.match(of(waiting, 1013, "too slow").text, /too slow/);
  assert.match(of({ name: "connecting", attempt: 2 }, 1001).text, /^Vigie was shut down.*trying again/);
  assert.equal(of({ name: "connecting", attempt: 0 }).kind, "busy");
  assert.match(of({ name: "closed", reason: "unknown token", isFinal: true }).text, /unknown token/);
  assert.deepEqual([en.stored("1"), en.ofStored("1", "2"), fr.ofStored("1", "2")], ["1 stored entry", "1 of 2 stored entries", "1 sur 2 entrées conservées"]);
});

test("the page's words are the window's", () => {
  assert.deepEqual([en.read, en.write, fr.read, fr.write], ["read", "written", "lu", "écrit"]);
  assert.deepEqual([en.stale("14:03:12"), fr.stale("14:03:12")], ["As of 14:03:12", "Relevé de 14:03:12"]);
  assert.deepEqual([en.cleared("ann"), fr.cleared("ann")], ["ann deleted stored entries", "Entrées conservées supprimées par ann"]);
});

test("every text is there in each language", () => {
  const shape = (texts: object): unknown => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, typeof text === "object" ? Object.keys(text) : typeof text]));
  assert.deepEqual(shape(fr), shape(en));
  for (const texts of [en, fr] as Texts[]) {
    for (const text of Object.values(texts)) assert.notEqual(text, "");
    assert.notEqual(texts.waiting("1"), texts.waiting("2"));
    assert.ok(texts.lost(3).includes("3"));
  }
  // A narrow space that does not break stands before these signs in French, and within its quotation marks.
  const all = JSON.stringify(fr, (_, value: unknown) => (typeof value === "function" ? String(value).replace(/ \? /g, "") : value));
  assert.doesNotMatch(all.replace(/" : [`"(]/g, ""), /[^\s"`')\]}][ \u00a0][;!?»]|« /);
  assert.match(fr.lost(0), /perdue\u202f:/);
  assert.deepEqual([["de", "fr-CA", "en"], ["de"], []].map(preferredLanguage), ["fr", "en", "en"]);
});

test("an identity in the address is taken out of it", () => {
  const taken: unknown[] = [];
  const history = { replaceState: (...said: unknown[]) => taken.push(said[2]) } as unknown as History;
  const at = (hash: string, search = "") => takeFromAddress({ hash, search, pathname: "/" } as Location, history, "#app=shop");
  assert.deepEqual(at("#app=sh%26op&user=ann&token=s3cret"), { appId: "sh&op", userId: "ann", token: "s3cret" });
  assert.deepEqual(at("", "?appId=shop&userId=ann&token=no"), { appId: "shop", userId: "ann" });
  assert.deepEqual(at("#app=shop", "?appId=bank&userId=bob"), { appId: "shop", userId: "bob" });
  assert.deepEqual(at(""), {});
  assert.deepEqual(taken, ["/#app=shop", "/#app=shop", "/#app=shop"]);
  const storage = (text: string | null) => ({ getItem: () => text }) as unknown as Storage;
  assert.deepEqual([remembered(storage(null)), remembered(storage("{")), remembered(storage('{"appId":5,"userId":"ann"}'))], [{}, {}, { userId: "ann" }]);
});

test("settings are kept, and nonsense is not", () => {
  const kept = new Map([["vigie.language", "xx"], ["vigie.theme", "dark"], ["vigie.range", "-5"]]);
  const storage = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) };
  const settings = new Settings(storage, ["fr"]);
  assert.deepEqual([settings.language.value, settings.theme.value, settings.rangeSeconds.value], ["fr", "dark", 300]);
  settings.perCore.set(true);
  assert.equal(kept.get("vigie.perCore"), "true");
  const refusing = { getItem: () => { throw new Error(); }, setItem: () => { throw new Error(); } };
  new Settings(refusing, []).theme.set("light");
});

test("a stack is told from what it is about", () => {
  const of = (message: string) => parts(message).map(({ text, isStack }) => [isStack, text.split("\n").length]);
  assert.deepEqual(of("one line"), [[false, 1]]);
  assert.deepEqual(of("Error: x\n    at a (b.js:1)\n    at c\nand then"), [[false, 1], [true, 2], [false, 1]]);
  assert.deepEqual(of('boom\nTraceback (most recent call last):\n  File "a.py", line 1\n    x()\nValueError'), [[false, 1], [true, 3], [false, 1]]);
  assert.deepEqual(of("a\n  indented\nb"), [[false, 3]]);
});

/** Answers of Vigie in turn; what was asked. */
async function withAnswers(answers: Response[], run: (asked: string[]) => Promise<void>): Promise<void> {
  const { fetch } = globalThis;
  const asked: string[] = [];
  globalThis.fetch = async (url) => (asked.push(String(url)), answers.shift() ?? new Response("{}"));
  try {
    await run(asked);
  } finally {
    globalThis.fetch = fetch;
  }
}
const oneTooMany = () => new Response("{}", { status: 429, headers: { "Retry-After": "0.01" } });
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("a question that is one too many is asked again", () =>
  withAnswers([oneTooMany(), oneTooMany(), new Response('{"logs":[],"cursor":null}')], async (asked) => {
    assert.deepEqual(await new Api(undefined).logs("older", "shop", { limit: 1 }), { logs: [], cursor: null });
    assert.deepEqual(asked, Array(3).fill("api/apps/shop/logs?limit=1"));
  }));

test("a question that is always one too many is given up", () =>
  withAnswers(Array.from({ length: 20 }, oneTooMany), async (asked) => {
    await assert.rejects(new Api(undefined).logs("older", "shop", {}));
    assert.equal(asked.length, 6);
  }));

test("a question that another has taken the place of is not asked again", () =>
  withAnswers([oneTooMany()], async (asked) => {
    const api = new Api(undefined);
    const first = assert.rejects(api.logs("older", "shop", { limit: 1 }), { name: "AbortError" });
    await later(0); // it was refused, and waits
    await api.logs("older", "shop", { limit: 2 });
    await first;
    await later(50);
    assert.deepEqual(asked, ["api/apps/shop/logs?limit=1", "api/apps/shop/logs?limit=2"]);
  }));

test("a question that fails says why: in Vigie's words, or the first ones of who else answered", async () => {
  const ask = (): Promise<unknown> => new Api(undefined).figures("x", 0, 1, 2);
  const told = async (body: string, status: number, statusText = "") => {
    let failure: unknown;
    await withAnswers([new Response(body, { status, statusText })],
      () => ask().then(() => {}, (error: unknown) => void (failure = error)));
    assert.ok(failure instanceof RequestFailed);
    return [failure.code, failure.message, failure.mayRetry, failure.isNotKept];
  };
  assert.deepEqual(await told('{"code":"store_unavailable","message":"none are kept"}', 503),
    ["store_unavailable", "none are kept", true, true]);
  assert.deepEqual(await told("There are too many connections.", 503),
    [undefined, "There are too many connections.", true, false]);
  assert.deepEqual(await told("<html>", 502, "Bad Gateway"), [undefined, "HTTP 502 Bad Gateway", true, false]);
  assert.deepEqual(await told('{"code":"invalid_request","message":"regex: no"}', 400),
    ["invalid_request", "regex: no", false, false]);
  assert.deepEqual(await told("no JSON", 200), [undefined, "", true, false]);
  assert.equal(whyText(new RequestFailed(0, undefined, ""), en), "Vigie does not answer. Trying again soon.");
  assert.equal(whyText(new RequestFailed(503, "store_unavailable", "no figures are kept"), fr), "no figures are kept.");
  assert.equal(failureOf(new DOMException("", "AbortError")), undefined);
});
