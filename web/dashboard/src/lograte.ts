// SPDX-License-Identifier: GPL-3.0-or-later
import type { Severity } from "vigie-client";
import type { Api, QuestionFailed } from "./api.js";
import { failureOf } from "./failure.js";
import type { LogLine } from "./logstore.js";
import { Retry } from "./retry.js";
import type { View } from "./timeline.js";

/** Vigie's answer: counts of stored entries in steps that begin at `times`. */
export interface StoredCounts {
  stepMs: number;
  times: number[];
  levels: { [severity in Severity]?: number[] };
}

const quickestAskMs = 2_000; // for what is new, and of long steps later
const asksOfStep = 60;
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500], ...[1, 2, 5, 10, 15, 30].map((n) => n * second), ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour), ...[1, 2, 7, 14, 28].map((n) => n * day),
];

/** The least step of those that people count in, and at least as long. */
export function niceStep(leastMs: number): number {
  return steps.find((step) => step >= leastMs) ?? steps.at(-1)!;
}

/** A step of a second or more in the greatest unit that it has wholly. */
export function spanOf(stepMs: number): [n: number, unit: "s" | "min" | "h" | "d"] {
  const units = [["d", day], ["h", hour], ["min", minute]] as const;
  const [unit, ms] = units.find(([, ms]) => stepMs % ms === 0) ?? (["s", second] as const);
  return [stepMs / ms, unit];
}

/** How many entries of each severity there are in equal steps of a view. */
export class LogRate {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly counts: Map<Severity, number>[];

  constructor(view: View, bars: number) {
    this.stepMs = niceStep((view.toMs - view.fromMs) / Math.max(1, bars));
    // Steps stand at fixed places in time, so that bars keep their shape while the view moves.
    this.fromMs = Math.floor(view.fromMs / this.stepMs) * this.stepMs;
    this.counts = Array.from({ length: Math.ceil((view.toMs - this.fromMs) / this.stepMs) + 1 }, () => new Map());
  }

  get toMs(): number {
    return this.fromMs + this.counts.length * this.stepMs;
  }

  /** Lines of the steps from `fromMs` on. */
  addLines(lines: readonly LogLine[], fromMs = -Infinity): void {
    for (const { entry, severity, isNote } of lines) {
      if (!isNote && entry.timestamp >= fromMs) this.#add(entry.timestamp, severity, 1);
    }
  }

  /** Stored ones before `toMs`; of other steps, they go where theirs begin. */
  addStored({ times, levels }: StoredCounts, toMs: number): void {
    for (const [severity, counts] of Object.entries(levels) as [Severity, number[]][]) {
      times.forEach((time, i) => time < toMs && this.#add(time, severity, counts[i]!));
    }
  }

  /** The steps with errors, by their middle. */
  errors(): { timeMs: number; count: number }[] {
    return this.counts.flatMap((step, i) => {
      const count = (step.get("error") ?? 0) + (step.get("fatal") ?? 0);
      return count > 0 ? [{ timeMs: this.fromMs + (i + 0.5) * this.stepMs, count }] : [];
    });
  }

  get most(): number {
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
  /** Vigie's present then: what came later it did not count. */
  presentMs: number;
}

/** Counts an application's entries: those that the page holds by itself, those before them by asking Vigie. */
export class LogRates {
  #stored: StoredCounts | undefined;
  #known: Asked | undefined; // what the answer that is here was asked for
  #isAsking = false;
  #askedMs = -Infinity; // by a clock that only goes forward
  #failure: QuestionFailed | undefined;
  readonly #retry = new Retry(() => this.onStored());

  /** There is an answer, or none: what was counted is counted anew. */
  onStored: () => void = () => {};

  constructor(
    private readonly api: Pick<Api, "counts">, private readonly appId: string, private readonly now = () => performance.now(),
  ) {}

  /** Why those that Vigie counts are not known. */
  get failure(): QuestionFailed | undefined {
    return this.#failure;
  }

  /** Does not wait to ask again what had no answer. */
  askAgain(): void {
    this.#retry.now();
  }

  /** No answer is wanted any more. */
  end(): void {
    this.onStored = () => {};
    this.#retry.succeeded();
  }

  /** `heldFromMs`: from then on `lines` are all there are. `presentMs`: by Vigie's clock. */
  count(lines: readonly LogLine[], heldFromMs: number, view: View, bars: number, presentMs: number): LogRate {
    const rate = new LogRate(view, bars);
    // A step is counted here or there, as a whole.
    const boundaryMs = Math.max(rate.fromMs, Math.ceil(heldFromMs / rate.stepMs) * rate.stepMs);
    if (boundaryMs > rate.fromMs) {
      this.#ask(rate, Math.min(boundaryMs, rate.toMs), presentMs);
      if (this.#stored) rate.addStored(this.#stored, boundaryMs);
    }
    rate.addLines(lines, boundaryMs);
    return rate;
  }

  /** Unless the answer that is here, or on its way, has it. */
  #ask({ stepMs, fromMs, toMs, counts }: LogRate, neededToMs: number, presentMs: number): void {
    if (this.#isAsking || this.#retry.isWaiting) return;
    const known = this.#known;
    const hasSteps = known && known.stepMs === stepMs && known.fromMs <= fromMs && known.toMs >= neededToMs;
    // What has come since, or since the clock was set back, the answer does not know.
    const isNew = known && (presentMs < known.presentMs || (neededToMs > known.presentMs && presentMs > known.presentMs));
    if (hasSteps && (!isNew || this.now() - this.#askedMs < Math.max(quickestAskMs, stepMs / asksOfStep))) return;
    this.#isAsking = true;
    this.#askedMs = this.now();
    // A little beyond either side, for who moves on.
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
