// SPDX-License-Identifier: GPL-3.0-or-later
import type { MetricsDetail } from "vigie-client";

/** Figures over time: for each name as many values as there are times. NaN is not known. */
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

/** As `GET /api/metrics` answers. */
export interface StoredFigures {
  times: number[];
  series: { [name: string]: { average: (number | null)[]; low: (number | null)[]; high: (number | null)[] } };
}

/** The names of what the charts show; Vigie's own, as docs/protocol.md lists them. */
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

/** The last hour of the machine, second by second: what came live, and before it what Vigie had stored. */
export class RecentFigures {
  #figures: Figures = { times: [], values: new Map() };

  get figures(): Figures {
    return this.#figures;
  }
  get fromMs(): number {
    return this.#figures.times[0] ?? Infinity;
  }

  /** True: it was added. One that is not newer than the last is not. */
  add(detail: MetricsDetail): boolean {
    const { times } = this.#figures;
    const last = times.at(-1) ?? -Infinity;
    if (detail.timestamp <= last) return false;
    if (times.length > 0 && detail.timestamp - last > gapMs) this.#append((last + detail.timestamp) / 2, new Map());
    this.#append(detail.timestamp, valuesOf(detail));
    this.#trim(detail.timestamp - heldMs);
    return true;
  }

  /** Puts stored figures before those that came live. */
  addStored(stored: Figures): void {
    const live = this.#figures;
    const count = stored.times.filter((time) => time < this.fromMs).length;
    const values = new Map<string, Values>();
    for (const name of new Set([...stored.values.keys(), ...live.values.keys()])) {
      const before = stored.values.get(name)?.average.slice(0, count) ?? new Array<number>(count).fill(NaN);
      const after = live.values.get(name)?.average ?? new Array<number>(live.times.length).fill(NaN);
      const average = [...before, ...after];
      values.set(name, { average, low: average, high: average });
    }
    this.#figures = { times: [...stored.times.slice(0, count), ...live.times], values };
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

  #trim(leastMs: number): void {
    const { times, values } = this.#figures;
    const gone = times.findIndex((time) => time >= leastMs);
    if (gone < 60) return; // a minute at a time
    times.splice(0, gone);
    for (const { average } of values.values()) average.splice(0, gone);
  }
}
