// SPDX-License-Identifier: GPL-3.0-or-later
import type { MetricsDetail } from "vigie-client";

/** Metrics over time. Each series has one value for each time; NaN: unknown. */
export interface Figures {
  /** ms since the epoch, ascending. */
  times: number[];
  values: Map<string, Values>;
}
export interface Values {
  average: number[];
  low: number[];
  high: number[];
}

/** The answer of `GET /api/metrics`. */
export interface StoredFigures {
  times: number[];
  series: { [name: string]: { average: (number | null)[]; low: (number | null)[]; high: (number | null)[] } };
}

/** The series that the charts show, as named in docs/protocol.md. */
export const chartSeries = [
  "cpu.usage", "cpu.core.*", "memory.used", "memory.total", "swap.used", "swap.total",
  "disk.read", "disk.write", "network.receive", "network.send",
];

const known = (values: (number | null)[]): number[] => values.map((value) => value ?? NaN);

export function figuresOf(stored: StoredFigures): Figures {
  const values = new Map<string, Values>();
  for (const [name, { average, low, high }] of Object.entries(stored.series))
    values.set(name, { average: known(average), low: known(low), high: known(high) });
  return { times: stored.times, values };
}

function valuesOf(detail: MetricsDetail): Map<string, number> {
  const values = new Map<string, number>();
  const { cpu, memory, disk, network } = detail;
  if (cpu) {
    values.set("cpu.usage", cpu.usage);
    for (const core of cpu.cores) values.set(`cpu.core.${core.core}`, core.usage);
  }
  if (memory) {
    values.set("memory.used", memory.used).set("memory.total", memory.total);
    values.set("swap.used", memory.swapUsed).set("swap.total", memory.swapTotal);
  }
  if (disk) values.set("disk.read", disk.readBytesPerSecond).set("disk.write", disk.writeBytesPerSecond);
  if (network) values.set("network.receive", network.receiveBytesPerSecond).set("network.send", network.sendBytesPerSecond);
  return values;
}

const heldMs = 3_600_000;
const gapMs = 5_000;
const sameMs = 750; // a stored and a live value this close are the same

/** The last hour of the machine, second by second: live values, and stored ones where these are missing. */
export class RecentFigures {
  #figures: Figures = { times: [], values: new Map() };
  #gaps = new Set<number>(); // moments inserted to interrupt lines

  get figures(): Figures {
    return this.#figures;
  }
  get fromMs(): number {
    return this.#figures.times[0] ?? Infinity;
  }

  /** Adds a sample and returns whether it did. A repeated time is ignored; an earlier one means that the clock was set back. */
  add(detail: MetricsDetail): boolean {
    const { times } = this.#figures;
    const { timestamp } = detail;
    if (timestamp === times.at(-1)) return false;
    this.#removeFrom(timestamp);
    const last = times.at(-1);
    if (last !== undefined && timestamp - last > gapMs) {
      this.#gaps.add((last + timestamp) / 2);
      this.#append((last + timestamp) / 2, new Map());
    }
    this.#append(timestamp, valuesOf(detail));
    this.#trim(timestamp - heldMs);
    return true;
  }

  /** Adds stored values where there are no live ones. */
  addStored(stored: Figures): void {
    const live = this.#figures;
    let after = 0; // the first live value after a stored one
    const isMissing = (time: number): boolean => {
      while (after < live.times.length && live.times[after]! <= time) ++after;
      const isOf = (one: number | undefined) => one !== undefined && !this.#gaps.has(one) && Math.abs(one - time) < sameMs;
      return !isOf(live.times[after - 1]) && !isOf(live.times[after]);
    };
    const brought = stored.times.flatMap((time, row) => (isMissing(time) ? [{ time, row, from: stored }] : []));
    const kept = live.times.flatMap((time, row) => (this.#isFilled(row, brought) ? [] : [{ time, row, from: live }]));
    const rows = [...brought, ...kept].sort((a, b) => a.time - b.time);
    const values = new Map<string, Values>();
    for (const name of new Set([...stored.values.keys(), ...live.values.keys()])) {
      const average = rows.map(({ row, from }) => from.values.get(name)?.average[row] ?? NaN);
      values.set(name, { average, low: average, high: average });
    }
    this.#figures = { times: rows.map(({ time }) => time), values };
  }

  /** Whether stored values fill this gap between live ones. */
  #isFilled(row: number, brought: readonly { time: number }[]): boolean {
    const { times } = this.#figures;
    if (!this.#gaps.has(times[row]!)) return false;
    const before = times[row - 1] ?? -Infinity;
    const after = times[row + 1] ?? Infinity;
    return brought.some(({ time }) => time > before && time < after);
  }

  #append(time: number, now: Map<string, number>): void {
    const { times, values } = this.#figures;
    for (const name of now.keys()) {
      if (values.has(name)) continue;
      const average = new Array<number>(times.length).fill(NaN);
      values.set(name, { average, low: average, high: average });
    }
    times.push(time);
    for (const [name, { average }] of values) average.push(now.get(name) ?? NaN);
  }

  #removeFrom(time: number): void {
    const { times, values } = this.#figures;
    let count = times.length;
    while (count > 0 && times[count - 1]! >= time) --count;
    for (const gone of times.splice(count)) this.#gaps.delete(gone);
    for (const { average } of values.values()) average.splice(count);
  }

  #trim(minMs: number): void {
    const { times, values } = this.#figures;
    const gone = times.findIndex((time) => time >= minMs);
    if (gone < 60) return; // remove a minute at a time
    for (const time of times.splice(0, gone)) this.#gaps.delete(time);
    for (const { average } of values.values()) average.splice(0, gone);
  }
}
