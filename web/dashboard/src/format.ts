// SPDX-License-Identifier: GPL-3.0-or-later
import type { Language, Texts } from "./texts.js";
import { dayStart, monthMs } from "./timemarks.js";

const units: { [language in Language]: string[] } = {
  en: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
  fr: ["o", "Kio", "Mio", "Gio", "Tio", "Pio"],
};
const locales: { [language in Language]: string } = { en: "en-GB", fr: "fr" }; // the day before the month, 24 hours
const space = "\u00a0";
const spans = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]] as const;

/** Whether two moments are on the same day in the reader's time zone. */
export function sameDay(aMs: number, bMs: number): boolean {
  const [a, b] = [new Date(aMs), new Date(bMs)];
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}

/** Formats numbers and times in the reader's language. */
export class Format {
  readonly #numbers: Intl.NumberFormat[];
  readonly #whole: Intl.NumberFormat;
  readonly #few: Intl.NumberFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #year: Intl.DateTimeFormat;
  readonly #zone: Intl.DateTimeFormat;

  /** `present`: returns the current time of Vigie's clock, in ms since the epoch. */
  constructor(private readonly language: Language, private readonly present: () => number = Date.now) {
    const locale = locales[language];
    const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, options);
    this.#numbers = [0, 1, 2].map((digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    this.#whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    this.#few = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    this.#clock = dates({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.#date = dates({ day: "numeric", month: "short" });
    this.#month = dates({ month: "short", year: "numeric" });
    this.#year = dates({ day: "numeric", month: "short", year: "numeric" });
    this.#zone = dates({ timeZoneName: "shortOffset" });
  }

  count(value: number): string {
    return this.#whole.format(value);
  }

  /** A number with up to two decimals, as needed. */
  amount(value: number): string {
    return this.#few.format(value);
  }

  /** A number with just so many decimals. */
  fixed(value: number, digits: 0 | 1 | 2): string {
    return this.#numbers[digits]!.format(value);
  }

  percent(value: number): string {
    return `${this.#numbers[value < 9.95 ? 1 : 0]!.format(value)}${space}%`;
  }

  wholePercent(value: number): string {
    return `${this.#whole.format(value)}${space}%`;
  }

  bytes(value: number): string {
    let power = 0;
    let amount = Math.max(0, value);
    while (amount >= 999.5 && power < 5) {
      amount /= 1024;
      ++power;
    }
    const digits = power === 0 || amount >= 99.95 || amount === Math.round(amount) ? 0 : amount >= 9.995 ? 1 : 2;
    return `${this.#numbers[digits]!.format(amount)}${space}${units[this.language][power]}`;
  }

  /** A part and its whole; the part without its unit if both have the same. */
  part(part: number, whole: number): [string, string] {
    const [a, b] = [this.bytes(part), this.bytes(whole)];
    const [amount, unit] = a.split(space);
    return [unit === b.split(space).at(-1) ? amount! : a, b];
  }

  /** The time of day with seconds. */
  time(ms: number): string {
    return this.#clock.format(ms);
  }

  /** The time of day with milliseconds. */
  exactTime(ms: number): string {
    return `${this.#clock.format(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, "0")}`;
  }

  /** A tick label of a time axis with ticks `stepMs` apart: no finer than the step, and the date where a day begins. */
  tick(ms: number, stepMs: number): string {
    if (stepMs >= monthMs) return this.#month.format(ms);
    if (stepMs >= 86_400_000 || ms === dayStart(ms)) return this.date(ms);
    const clock = this.#clock.format(ms);
    return stepMs < 60_000 ? clock : clock.slice(0, 5);
  }

  date(ms: number): string {
    return this.#date.format(ms);
  }

  /** The date, with the year unless it is the current one. */
  day(ms: number, nowMs: number = this.present()): string {
    return (new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? this.#date : this.#year).format(ms);
  }

  isToday(ms: number, nowMs: number = this.present()): boolean {
    return sameDay(ms, nowMs);
  }

  /** The complete moment: 30 Nov 2026, 14:03:12.345 UTC+1. */
  full(ms: number): string {
    const zone = this.#zone.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
    return `${this.#year.format(ms)}, ${this.exactTime(ms)} ${zone.replace("GMT", "UTC").replace("-", "−").replace(/\+0$/, "")}`;
  }

  /** The time, with the date unless it is today. */
  moment(ms: number, nowMs: number = this.present()): string {
    return sameDay(ms, nowMs) ? this.time(ms) : `${this.day(ms, nowMs)}, ${this.time(ms)}`;
  }

  /** The same without seconds. */
  minute(ms: number): string {
    return this.moment(ms).slice(0, -3);
  }

  /** A stretch of time, with the date where it is needed. */
  stretch(fromMs: number, toMs: number): string {
    return `${this.moment(fromMs)} – ${sameDay(fromMs, toMs) ? this.time(toMs) : this.moment(toMs)}`;
  }

  /** How long ago, by its two largest units: −7 min 17 s. */
  ago(ms: number, texts: Pick<Texts, "ago" | "units">): string {
    let seconds = Math.round(ms / 1000);
    const parts: string[] = [];
    for (const [unit, length] of spans) {
      const count = Math.floor(seconds / length);
      seconds -= count * length;
      if (count > 0 && parts.length < 2) parts.push(`${this.count(count)}${space}${texts.units[unit]}`);
    }
    return texts.ago(parts.join(" "));
  }
}
