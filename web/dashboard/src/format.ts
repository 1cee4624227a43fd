// SPDX-License-Identifier: GPL-3.0-or-later
import type { Language } from "./texts.js";
import { dayStart, monthMs } from "./timemarks.js";

const units: { [language in Language]: string[] } = {
  en: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
  fr: ["o", "Kio", "Mio", "Gio", "Tio", "Pio"],
};
const space = "\u00a0";

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
  readonly #full: Intl.DateTimeFormat;

  /** `present`: returns the current time of Vigie's clock, in ms since the epoch. */
  constructor(private readonly language: Language, private readonly present: () => number = Date.now) {
    this.#numbers = [0, 1, 2].map((digits) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    this.#whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    this.#few = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
    this.#clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.#date = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
    this.#month = new Intl.DateTimeFormat(language, { month: "short", year: "numeric" });
    this.#year = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
    this.#full = new Intl.DateTimeFormat(language, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
      fractionalSecondDigits: 3, hourCycle: "h23", timeZoneName: "short",
    });
  }

  count(value: number): string {
    return this.#whole.format(value);
  }

  /** A number with up to two decimals, as needed. */
  amount(value: number): string {
    return this.#few.format(value);
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

  /** The complete moment: weekday, date, time with milliseconds, and zone. */
  full(ms: number): string {
    return this.#full.format(ms);
  }

  /** The time, with the date unless it is today. */
  moment(ms: number, nowMs: number = this.present()): string {
    return sameDay(ms, nowMs) ? this.time(ms) : `${this.day(ms, nowMs)} ${this.time(ms)}`;
  }
}
