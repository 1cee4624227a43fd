// SPDX-License-Identifier: GPL-3.0-or-later
import type { Severity } from "vigie-client";
import type { Api, RequestFailed } from "./api.js";
import { failureOf } from "./failure.js";
import type { LogLine } from "./logstore.js";
import { Retry } from "./retry.js";
import type { View } from "./timeline.js";

/** The API's answer: counts of stored entries, in steps that start at `times`. */
export interface StoredCounts {
  stepMs: number;
  times: number[];
  levels: { [severity in Severity]?: number[] };
}

const minAskMs = 2_000; // for new data; longer steps are refreshed less often
const asksOfStep = 60;
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500], ...[1, 2, 5, 10, 15, 30].map((n) => n * second), ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour), ...[1, 2, 7, 14, 28].map((n) => n * day),
];

/** The smallest round step that is at least as long. */
export function niceStep(minMs: number): number {
  return steps.find((step) => step >= minMs) ?? steps.at(-1)!;
}

/** A step of a second or more, in the largest unit that divides it. */
export function spanOf(stepMs: number): [n: number, unit: "s" | "min" | "h" | "d"] {
  const units = [["d", day], ["h", hour], ["min", minute]] as const;
  const [unit, ms] = units.find(([, ms]) => stepMs % ms === 0) ?? (["s", second] as const);
  return [stepMs / ms, unit];
}

/** The number of entries of each severity, in equal steps of a view. */
export class LogRate {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly counts: Map<Severity, number>[];

  constructor(view: View, bars: number) {
    this.stepMs = niceStep((view.toMs - view.fromMs) / Math.max(1, bars));
    // Steps are aligned, so that bars keep their counts while the view moves.
    this.fromMs = Math.floor(view.fromMs / this.stepMs) * this.stepMs;
    this.counts = Array.from({ length: Math.ceil((view.toMs - this.fromMs) / this.stepMs) + 1 }, () => new Map());
  }

  get toMs(): number {
    return this.fromMs + this.counts.length * this.stepMs;
  }

  /** Adds the lines in steps from `fromMs` on. */
  addLines(lines: readonly LogLine[], fromMs = -Infinity): void {
    for (const { entry, severity, isNote } of lines) {
      if (!isNote && entry.timestamp >= fromMs) this.#add(entry.timestamp, severity, 1);
    }
  }

  /** Adds stored counts before `toMs`. If their steps differ, each counts where it starts. */
  addStored({ times, levels }: StoredCounts, toMs: number): void {
    for (const [severity, counts] of Object.entries(levels) as [Severity, number[]][]) {
      times.forEach((time, i) => time < toMs && this.#add(time, severity, counts[i]!));
    }
  }

  /** The steps with errors, by their midpoint. */
  errors(): { timeMs: number; count: number }[] {
    return this.counts.flatMap((step, i) => {
      const count = (step.get("error") ?? 0) + (step.get("fatal") ?? 0);
      return count > 0 ? [{ timeMs: this.fromMs + (i + 0.5) * this.stepMs, count }] : [];
    });
  }

  get max(): number {
    return Math.max(0, ...this.#sums());
  }

  get total(): number {
    return this.#sums().reduce((a, b) => a + b, 0);
  }

  #sums(): number[] {
    return this.counts.map((step) => [...step.values()].reduce((a, b) => a + b, 0));
  }

  #add(timeMs: number, severity: Severity, count: number): void {
    const step = this.counts[Math.floor((timeMs - this.fromMs) / this.stepMs)];
    if (step && count > 0) step.set(severity, (step.get(severity) ?? 0) + count);
  }
}

interface Asked {
  stepMs: number;
  fromMs: number;
  toMs: number;
  /** Vigie's clock at that time; later entries are not counted. */
  presentMs: number;
}

/** Counts an application's entries: those on the page directly, earlier ones through the API. */
export class LogRates {
  #stored: StoredCounts | undefined;
  #known: Asked | undefined; // the request that #stored answers
  #isAsking = false;
  #askedMs = -Infinity; // monotonic
  #failure: RequestFailed | undefined;
  readonly #retry = new Retry(() => this.onStored());

  /** An answer or a failure arrived: count again. */
  onStored: () => void = () => {};

  constructor(
    private readonly api: Pick<Api, "counts">, private readonly appId: string, private readonly now = () => performance.now(),
  ) {}

  /** Why the stored counts are missing. */
  get failure(): RequestFailed | undefined {
    return this.#failure;
  }

  /** Retries now instead of waiting. */
  askAgain(): void {
    this.#retry.now();
  }

  /** Stops; no answer is needed any more. */
  end(): void {
    this.onStored = () => {};
    this.#retry.succeeded();
  }

  /** `heldFromMs`: `lines` are complete from here on. `presentMs`: the time of Vigie's clock. */
  count(lines: readonly LogLine[], heldFromMs: number, view: View, bars: number, presentMs: number): LogRate {
    const rate = new LogRate(view, bars);
    // Each step is counted entirely from one of the two sources.
    const boundaryMs = Math.max(rate.fromMs, Math.ceil(heldFromMs / rate.stepMs) * rate.stepMs);
    if (boundaryMs > rate.fromMs) {
      this.#ask(rate, Math.min(boundaryMs, rate.toMs), presentMs);
      if (this.#stored) rate.addStored(this.#stored, boundaryMs);
    } else if (!this.#isAsking) {
      this.#failure = undefined; // all of them are here
      this.#retry.succeeded();
    }
    rate.addLines(lines, boundaryMs);
    return rate;
  }

  /** Requests the stored counts, unless they are here or already requested. */
  #ask({ stepMs, fromMs, toMs, counts }: LogRate, neededToMs: number, presentMs: number): void {
    if (this.#isAsking || this.#retry.isWaiting) return;
    const known = this.#known;
    const hasSteps = known && known.stepMs === stepMs && known.fromMs <= fromMs && known.toMs >= neededToMs;
    // Entries may have arrived since, or the clock may have been set back.
    const isNew = known && (presentMs < known.presentMs || (neededToMs > known.presentMs && presentMs > known.presentMs));
    if (hasSteps && (!isNew || this.now() - this.#askedMs < Math.max(minAskMs, stepMs / asksOfStep))) return;
    this.#isAsking = true;
    this.#askedMs = this.now();
    // Request some more on either side, for scrolling.
    const margin = Math.ceil(counts.length / 4);
    const asked = { stepMs, fromMs: Math.max(0, fromMs - margin * stepMs), toMs: toMs + margin * stepMs, presentMs };
    this.api.counts(this.appId, asked.fromMs, asked.toMs, stepMs)
      .then((stored) => {
        this.#stored = stored;
        this.#known = asked;
        this.#failure = undefined;
        this.#retry.succeeded();
      })
      .catch((error: unknown) => {
        this.#failure = failureOf(error);
        this.#retry.failed(this.#failure?.mayRetry);
      })
      .finally(() => {
        this.#isAsking = false;
        this.onStored();
      });
  }
}
