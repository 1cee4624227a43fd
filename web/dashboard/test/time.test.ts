// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestFailed, type Api } from "../src/api.js";
import { axisEnds, axisMarks } from "../src/axistexts.js";
import { Format } from "../src/format.js";
import { LogRates, type StoredCounts } from "../src/lograte.js";
import { Pulse } from "../src/pulse.js";
import { Retry } from "../src/retry.js";
import { figuresOf, RecentFigures } from "../src/series.js";
import { en } from "../src/textsen.js";
import { fr } from "../src/textsfr.js";
import { timeMarks } from "../src/timemarks.js";
import { Timeline } from "../src/timeline.js";

const hour = 3_600_000;
const day = 24 * hour;

/** Runs as if the reader were in a zone. */
function within(zone: string, run: () => void): void {
  const before = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    run();
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

/** What stands along an axis that ends at `end` and has room for so many marks. */
function axis(end: string, rangeMs: number, room: number): string[] {
  const toMs = new Date(end).getTime();
  const { times, stepMs } = timeMarks(toMs - rangeMs, toMs, rangeMs / room);
  const format = new Format("en");
  return times.map((ms) => format.tick(ms, stepMs));
}

test("each day is marked at its own midnight, also when the clock is put forward or back between", () => {
  within("Europe/Paris", () => {
    assert.deepEqual(axis("2027-04-02T12:00", 7 * day, 9), ["27 Mar", "28 Mar", "29 Mar", "30 Mar", "31 Mar", "1 Apr", "2 Apr"]);
    assert.deepEqual(axis("2027-04-02T12:00", 30 * day, 16),
                     [5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31].map((date) => `${date} Mar`).concat("2 Apr"));
    assert.deepEqual(axis("2027-04-02T12:00", 30 * day, 5), ["8 Mar", "15 Mar", "22 Mar", "29 Mar"]); // Mondays
  });
  within("America/New_York", () => {
    assert.deepEqual(axis("2026-11-03T12:00", 4 * day, 5), ["31 Oct", "1 Nov", "2 Nov", "3 Nov"]);
    const { times } = timeMarks(Date.parse("2026-10-31T00:00-04:00"), Date.parse("2026-11-03T00:00-05:00"), day);
    assert.deepEqual(times.map((ms, i) => (ms - (times[i - 1] ?? ms)) / hour), [0, 24, 25, 24]);
  });
  // By half an hour.
  within("Australia/Lord_Howe", () => assert.deepEqual(axis("2026-10-05T12:00", 3 * day, 4), ["3 Oct", "4 Oct", "5 Oct"]));
  within("Asia/Kolkata", () => assert.deepEqual(axis("2027-04-02T12:00", 2 * day, 3), ["1 Apr", "2 Apr"]));
});

test("hours are those of the reader's clock, and a day begins with its date", () => {
  within("Europe/Paris", () => {
    assert.deepEqual(axis("2027-03-28T12:00", 12 * hour, 5), ["28 Mar", "03:00", "06:00", "09:00", "12:00"]); // of eleven hours
    assert.deepEqual(axis("2026-10-25T04:00", 6 * hour, 7), ["23:00", "25 Oct", "01:00", "02:00", "02:00", "03:00", "04:00"]);
  });
  within("Australia/Lord_Howe", () => {
    assert.deepEqual(axis("2026-10-04T04:00", 4 * hour, 8),
                     ["23:30", "4 Oct", "00:30", "01:00", "01:30", "02:30", "03:00", "03:30", "04:00"]);
    assert.deepEqual(axis("2027-04-04T03:00", 3 * hour, 3), ["01:00", "02:00", "03:00"]); // 01:30 to 02:00 twice
  });
  within("Asia/Kolkata", () => assert.deepEqual(axis("2027-04-02T12:10", hour, 4), ["11:15", "11:30", "11:45", "12:00"]));
  // There is no midnight in Beirut on this day.
  within("Asia/Beirut", () => {
    assert.deepEqual(axis("2026-03-29T09:00", 12 * hour, 5), ["21:00", "29 Mar", "03:00", "06:00", "09:00"]);
  });
  within("UTC", () => {
    assert.deepEqual(axis("2027-04-02T00:00:02", 4_000, 4), ["23:59:58", "23:59:59", "2 Apr", "00:00:01", "00:00:02"]);
  });
});

test("a long time is marked by months, of its years", () => {
  within("Europe/Paris", () => {
    assert.deepEqual(axis("2027-04-02T12:00", 800 * day, 5), ["Jul 2025", "Jan 2026", "Jul 2026", "Jan 2027"]);
    assert.deepEqual(axis("2027-04-02T12:00", 90 * day, 4), ["Feb 2027", "Mar 2027", "Apr 2027"]);
  });
});

test("a mark on the axis of time is no finer than what stands beside it", () => {
  const en = new Format("en");
  assert.match(en.tick(1e12, 1_000), /^\d\d:\d\d:\d\d$/);
  assert.match(en.tick(1e12, 60_000), /^\d\d:\d\d$/);
  assert.match(en.tick(1e12, 86_400_000), /^\d+ Sept$/);
});

test("an axis says how long ago, live and up to an hour; else clock times, with the day where it is not today", () => {
  within("UTC", () => {
    const nowMs = Date.parse("2027-04-02T12:00Z");
    const texts = (rangeMs: number, { agoMs = 0, pixels = 500, language = "en" as "en" | "fr" } = {}): string[] => {
      const view = { fromMs: nowMs - agoMs - rangeMs, toMs: nowMs - agoMs, isLive: agoMs === 0 };
      const [format, words] = [new Format(language, () => nowMs), language === "en" ? en : fr];
      const ends = axisEnds(view, format, words);
      const marks = axisMarks(view, pixels, format, words).flatMap(({ text }) => (text ? [text] : []));
      return (ends ? [ends[0], ...marks, ends[1]] : marks).map((text) => text.replaceAll("\u00a0", " "));
    };
    assert.deepEqual(texts(300_000), ["−5 min", "−4 min", "−3 min", "−2 min", "−1 min", "now"]);
    assert.deepEqual(texts(437_000, { pixels: 300 }), ["−7 min 17 s", "−4 min", "now"]);
    assert.deepEqual(texts(hour, { language: "fr" }), ["−1 h", "−40 min", "−30 min", "−20 min", "maintenant"]);
    assert.deepEqual(texts(2 * hour), ["10:30", "11:00", "11:30"]);
    assert.deepEqual(texts(day), ["18:00", "2 Apr", "06:00"]);
    assert.deepEqual(texts(7 * day, { pixels: 700 }), ["27 Mar", "28 Mar", "29 Mar", "30 Mar", "31 Mar", "1 Apr", "2 Apr"]);
    // Past, and today: no day. Of another day: with the first one. Where a day begins, it says so itself.
    assert.deepEqual(texts(300_000, { agoMs: hour }), ["10:56", "10:57", "10:58", "10:59"]);
    assert.deepEqual(texts(300_000, { agoMs: 2 * day }), ["31 Mar, 11:56", "11:57", "11:58", "11:59"]);
    assert.deepEqual(texts(4 * hour, { agoMs: 9.5 * hour }), ["23:00", "2 Apr", "01:00", "02:00"]);
  });
});

test("a moment has its date when it is not of Vigie's day, whatever day the browser thinks it is", () => {
  within("UTC", () => {
    const format = new Format("en", () => Date.parse("2027-04-02T00:10Z"));
    const of = (time: string): string => format.moment(Date.parse(time));
    assert.deepEqual([of("2027-04-02T00:05Z"), of("2027-04-01T23:59Z")], ["00:05:00", "1 Apr, 23:59:00"]);
  });
});

test("the present is what Vigie says, also when its clock is set back", () => {
  const timeline = new Timeline(60_000, 5_000_000); // a guess
  const ends: number[] = [];
  timeline.onChange(({ toMs }) => ends.push(toMs));
  timeline.setPresent(1_000_000);
  timeline.setPresent(1_001_000);
  timeline.setPresent(401_000);
  timeline.setPresent(402_000);
  assert.deepEqual(ends, [1_000_000, 1_001_000, 401_000, 402_000]);
  timeline.moveTo(300_000);
  timeline.setPresent(200_000); // who looks at a stretch goes on looking at it
  assert.deepEqual(timeline.view, { fromMs: 240_000, toMs: 300_000, isLive: false });
});

const detail = (timestamp: number, usage: number) =>
  ({ timestamp, cpu: { usage, user: 0, system: 0, iowait: 0, steal: 0, cores: [] } });
const cpu = ({ figures: { times, values } }: RecentFigures) =>
  times.map((time, i) => [time, values.get("cpu.usage")!.average[i]]);
const stored = (times: number[], average: (number | null)[]) =>
  figuresOf({ times, series: { "cpu.usage": { average, low: average, high: average } } });

test("figures go on when the clock is set back, and the ones that are of later go", () => {
  const recent = new RecentFigures();
  for (const [time, usage] of [[10_000, 1], [11_000, 2], [12_000, 3]] as const) recent.add(detail(time, usage));
  assert.ok(recent.add(detail(10_500, 4)));
  assert.ok(!recent.add(detail(10_500, 4)));
  recent.add(detail(11_500, 5));
  assert.deepEqual(cpu(recent), [[10_000, 1], [10_500, 4], [11_500, 5]]);
  recent.add(detail(2_000, 6));
  assert.deepEqual(cpu(recent), [[2_000, 6]]);
});

test("what was missed while there was no connection comes out of the store", () => {
  const recent = new RecentFigures();
  for (const time of [10_000, 11_000, 30_000, 31_000]) recent.add(detail(time, 1));
  assert.deepEqual(cpu(recent)[2], [20_500, NaN]); // the lines are parted
  recent.addStored(stored([9_000, 10_100, 10_900, 12_000, 20_000, 29_000, 30_300, 32_000], [2, 2, 2, 2, 2, 2, 2, 2]));
  assert.deepEqual(cpu(recent), [
    [9_000, 2], [10_000, 1], [11_000, 1], [12_000, 2], [20_000, 2], [29_000, 2], [30_000, 1], [31_000, 1], [32_000, 2],
  ]);
  const later = new RecentFigures();
  for (const time of [10_000, 30_000]) later.add(detail(time, 1));
  later.addStored(stored([5_000], [2])); // Vigie did not run either
  assert.deepEqual(cpu(later), [[5_000, 2], [10_000, 1], [20_000, NaN], [30_000, 1]]);
});

test("three beats that are missed are noticed, unless it was the page that slept", () => {
  const pulse = new Pulse(1_000);
  let now = 0;
  const look = (untilMs: number, stepMs = 500): boolean => {
    let isMissed = false;
    for (; now < untilMs; now += stepMs) isMissed = pulse.isMissed(now);
    return isMissed;
  };
  pulse.heard(0);
  assert.equal(look(3_500), false);
  assert.equal(look(4_500), true);
  pulse.heard(now); // it recovers
  assert.equal(look(7_000), false);
  now = 1_000_000;
  assert.equal(look(now + 1), false); // it wakes up
  assert.equal(look(1_003_000), false);
  assert.equal(look(1_005_000), true);
  now = 2_000_000;
  assert.equal(look(2_600_000, 60_000), false); // as timers of hidden tabs go
});

test("what failed is done again, later each time, or at once when told", () => {
  const { setTimeout, clearTimeout } = globalThis;
  const waits = new Map<number, { ms: number; end: () => void }>();
  let timers = 0;
  Object.assign(globalThis, {
    setTimeout: (end: () => void, ms: number) => (waits.set(++timers, { ms, end }), timers),
    clearTimeout: (timer: number) => void waits.delete(timer),
  });
  try {
    let done = 0;
    const retry = new Retry(() => void ++done);
    /** The only wait, which ends. */
    const wait = (): number => {
      assert.equal(waits.size, 1);
      const { ms, end } = [...waits.values()][0]!;
      end();
      return ms;
    };
    const isAbout = (ms: number, boundMs: number) => assert.ok(ms >= boundMs / 2 && ms <= boundMs, `${ms}`);
    retry.now(); // nothing has failed
    assert.deepEqual([retry.isWaiting, done], [false, 0]);
    for (const boundMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      retry.failed();
      assert.ok(retry.isWaiting);
      isAbout(wait(), boundMs);
      assert.ok(!retry.isWaiting);
    }
    assert.equal(done, 7);
    retry.failed();
    retry.now();
    assert.deepEqual([retry.isWaiting, done, waits.size], [false, 8, 0]);
    retry.failed();
    retry.succeeded();
    assert.deepEqual([retry.isWaiting, done, waits.size], [false, 8, 0]);
    retry.failed(); // and the waits begin anew
    isAbout(wait(), 1_000);
    retry.failed(false); // of no use, until something is another
    assert.deepEqual([retry.isWaiting, waits.size], [true, 0]);
    retry.now();
    assert.deepEqual([retry.isWaiting, done], [false, 10]);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
});

test("counts that are not known are asked for again, and so are those of what has come since", async () => {
  const asked: number[] = [];
  const answers: (() => Promise<StoredCounts>)[] = [];
  const none = { stepMs: 1_000, times: [], levels: {} };
  let clock = 0;
  const api: Pick<Api, "counts"> = {
    counts: (_app, _from, toMs) => {
      asked.push(toMs);
      return answers.shift()?.() ?? Promise.resolve(none);
    },
  };
  const rates = new LogRates(api, "shop", () => clock);
  const count = (presentMs: number) =>
    rates.count([], Infinity, { fromMs: presentMs - 10_000, toMs: presentMs, isLive: true }, 10, presentMs);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  answers.push(() => Promise.reject(new RequestFailed(500, undefined, "out of order")));
  count(20_000);
  await settle();
  assert.equal(rates.failure?.message, "out of order");
  count(20_000);
  assert.equal(asked.length, 1); // it waits
  rates.onStored = () => void count(20_000);
  rates.askAgain();
  await settle();
  rates.onStored = () => {};
  assert.deepEqual([asked.length, rates.failure], [2, undefined]);
  count(20_000);
  assert.equal(asked.length, 2); // known
  count(21_000);
  assert.equal(asked.length, 2); // not so soon
  clock = 2_000;
  count(21_000);
  await settle();
  assert.equal(asked.length, 3);
  clock = 4_000;
  count(20_500); // the clock was set back
  await settle();
  assert.equal(asked.length, 4);
  rates.end();
});
