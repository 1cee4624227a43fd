// SPDX-License-Identifier: GPL-3.0-or-later

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Stands for a month, whose real length varies. */
export const monthMs = 30 * day;

const stepsWithinDay = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second), ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
];
const stepsOfDays = [1, 2, 7, 14];
const stepsOfMonths = [1, 2, 3, 6, 12];
const shiftMs = 30 * minute; // daylight saving shifts clocks by multiples of this

export interface TimeMarks {
  /** ms since the epoch, ascending. */
  times: number[];
  /** The distance of ticks, except for months and days with a clock change. */
  stepMs: number;
}

/** The first moment of a day in local time; not always midnight, because of clock changes. */
export function dayStart(ms: number, days = 0): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Ticks for a time axis, at least `minMs` apart, at hours, days and months of the local time. */
export function timeMarks(fromMs: number, toMs: number, minMs: number): TimeMarks {
  const withinDay = stepsWithinDay.find((step) => step >= minMs);
  if (withinDay) return { stepMs: withinDay, times: marksWithinDays(fromMs, toMs, withinDay) };
  const days = stepsOfDays.find((step) => step * day >= minMs);
  if (days) return { stepMs: days * day, times: marksOfDays(fromMs, toMs, days) };
  const months = stepsOfMonths.find((step) => step * monthMs >= minMs) ?? stepsOfMonths.at(-1)!;
  return { stepMs: months * monthMs, times: marksOfMonths(fromMs, toMs, months) };
}

/** Ages to be marked on an axis that ends now: multiples of a step of at least `minMs`, oldest first. */
export function agesOf(rangeMs: number, minMs: number): number[] {
  const step = stepsWithinDay.find((one) => one >= minMs) ?? day;
  return Array.from({ length: Math.floor(rangeMs / step) }, (_, i) => (i + 1) * step).reverse();
}

function marksWithinDays(fromMs: number, toMs: number, stepMs: number): number[] {
  const times: number[] = [];
  const lookMs = Math.min(stepMs, shiftMs);
  for (let start = dayStart(fromMs); start <= toMs;) {
    const end = dayStart(start, 1);
    const firstMs = start + Math.max(0, Math.ceil((fromMs - start) / lookMs)) * lookMs;
    for (let ms = firstMs; ms < end && ms <= toMs; ms += lookMs) {
      const date = new Date(ms);
      const clockMs = date.getHours() * hour + date.getMinutes() * minute + date.getSeconds() * second;
      if (ms === start || clockMs % stepMs === 0) times.push(ms);
    }
    start = end;
  }
  return times;
}

function marksOfDays(fromMs: number, toMs: number, step: number): number[] {
  const times: number[] = [];
  for (let ms = dayStart(fromMs); ms <= toMs; ms = dayStart(ms, 1)) {
    const date = new Date(ms);
    // The same days for any view; for weeks, the Mondays.
    const number = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day + (step % 7 === 0 ? 3 : 0);
    if (ms >= fromMs && number % step === 0) times.push(ms);
  }
  return times;
}

function marksOfMonths(fromMs: number, toMs: number, step: number): number[] {
  const times: number[] = [];
  const first = new Date(fromMs);
  for (let month = Math.floor(first.getMonth() / step) * step; ; month += step) {
    const ms = new Date(first.getFullYear(), month, 1).getTime();
    if (ms > toMs) return times;
    if (ms >= fromMs) times.push(ms);
  }
}
