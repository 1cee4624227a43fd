// SPDX-License-Identifier: GPL-3.0-or-later
import { parseExactly, type LogEntry, type Process } from "vigie-client";
import type { StoredCounts } from "./lograte.js";
import { chartSeries, figuresOf, type Figures, type StoredFigures } from "./series.js";

export interface LogsPage {
  /** Newest first. */
  logs: LogEntry[];
  /** To go on from; null: there is nothing older. */
  cursor: string | null;
}

export interface LogsQuery {
  from?: number;
  to?: number;
  level?: string;
  q?: string;
  regex?: string;
  search?: string;
  before?: string;
  limit?: number;
  cursor?: string;
}

export interface ProcessMoment {
  timestamp: number | null;
  byCpu: Process[];
  byMemory: Process[];
}

const tooMany = 429; // questions at once from this address
const mostAgain = 5;
const mostPauseS = 10;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** Vigie keeps no figures. */
export class NoHistory extends Error {}

/** Why a question has no answer. */
export class QuestionFailed extends Error {
  /** `status`: of HTTP, 0 if there was no answer at all; `code`: for programs, as docs/protocol.md has it. */
  constructor(readonly status: number, readonly code: string | undefined, message: string) {
    super(message);
  }

  /** The same question may be answered another time. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === tooMany || this.status >= 500;
  }
}

/** A question that another of its kind has taken the place of. */
export const isReplaced = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

/**
 * What Vigie has stored, over HTTP. Each question ends the one before of its kind: AbortError. One that has to wait for
 * others of the same address is asked again.
 */
export class Api {
  readonly #running = new Map<string, AbortController>();

  constructor(private readonly token: string | undefined) {}

  async figures(fromMs: number, toMs: number, points: number): Promise<Figures> {
    const query = { from: Math.floor(fromMs), to: Math.ceil(toMs), points: Math.max(2, Math.round(points)), series: chartSeries.join(",") };
    return figuresOf(await this.#get<StoredFigures>("figures", "api/metrics", query));
  }

  /** In steps of `stepMs` from `fromMs`, which is a multiple of it. */
  counts(appId: string, fromMs: number, toMs: number, stepMs: number): Promise<StoredCounts> {
    const query = { from: fromMs, to: toMs - 1, points: Math.round((toMs - fromMs) / stepMs) };
    return this.#get("counts", `api/apps/${encodeURIComponent(appId)}/counts`, query);
  }

  processes(atMs: number): Promise<ProcessMoment> {
    return this.#get("processes", "api/processes", { at: Math.round(atMs) });
  }

  /** `kind`: of what it is for. */
  logs(kind: string, appId: string, query: LogsQuery): Promise<LogsPage> {
    return this.#get(`logs ${kind}`, `api/apps/${encodeURIComponent(appId)}/logs`, { ...query });
  }

  async #get<Answer>(kind: string, path: string, query: { [name: string]: string | number | undefined }): Promise<Answer> {
    this.#running.get(kind)?.abort();
    const controller = new AbortController();
    this.#running.set(kind, controller);
    const parameters = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    const ask = () =>
      fetch(`${path}?${new URLSearchParams(parameters)}`, {
        signal: controller.signal,
        ...(this.token ? { headers: { Authorization: `Bearer ${this.token}` } } : {}),
      });
    let response = await ask();
    for (let again = 0; response.status === tooMany && again < mostAgain; ++again) {
      await pause(Math.min(mostPauseS, Number(response.headers.get("Retry-After")) || 1) * 1000, controller.signal);
      response = await ask();
    }
    if (response.status === 503) throw new NoHistory();
    if (!response.ok) {
      const { message } = (await response.json()) as { message?: string };
      throw new QuestionFailed(response.status, undefined, message ?? response.statusText);
    }
    return parseExactly(await response.text()) as Answer;
  }
}
