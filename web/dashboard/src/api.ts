// SPDX-License-Identifier: GPL-3.0-or-later
import { parseExactly, type LogEntry, type Process } from "vigie-client";
import type { StoredCounts } from "./lograte.js";
import { chartSeries, figuresOf, type Figures, type StoredFigures } from "./series.js";

export interface LogsPage {
  /** Newest first. */
  logs: LogEntry[];
  /** Continues with older entries; null: there are none. */
  cursor: string | null;
}

export interface LogsQuery {
  from?: number;
  to?: number;
  level?: string;
  user?: string;
  q?: string;
  regex?: string;
  search?: string;
  before?: string;
  limit?: number;
  cursor?: string;
}

export interface SourceNote {
  kind: "refused" | "dropped" | "guessed";
  reason: string;
  count: number;
  last: number;
  example?: string;
}

export interface Source {
  id: string;
  kind: "websocket" | "http" | "otlp" | "upload" | "file" | "journal" | "container";
  name: string;
  app: string;
  status: "waiting" | "reading" | "following" | "failing" | "ended";
  problem: string;
  format: string;
  entries: number;
  lastEntry: number;
  lagBytes: number;
  lagMs: number;
  notes: SourceNote[];
  detail?: string;
}

/** A way to have entries come to Vigie, ready to be copied. */
export interface SetupLine {
  id: string;
  code: string;
}

export interface ProcessMoment {
  timestamp: number | null;
  byCpu: Process[];
  byMemory: Process[];
}

const tooManyRequests = 429; // too many concurrent requests from this address
const maxRetries = 5;
const maxPauseS = 10;
const maxErrorLength = 200; // characters shown of a response that is not from the API

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** A request failed. */
export class RequestFailed extends Error {
  /** `status`: the HTTP status, 0 without a response; `code`: as in docs/protocol.md. */
  constructor(readonly status: number, readonly code: string | undefined, message: string) {
    super(message);
  }

  /** Vigie does not store the requested data. */
  get isNotKept(): boolean {
    return this.code === "store_unavailable";
  }
  /** Whether the same request may succeed later. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === tooManyRequests || this.status >= 500;
  }
}

/** Whether a newer request of the same kind has replaced this one. */
export const isSuperseded = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

async function failureOf(response: Response): Promise<RequestFailed> {
  // The response may come from a proxy, or from Vigie's own HTTP code, which writes plain text. Show its first words.
  const text = await response.text().catch(() => "");
  let said: { code?: unknown; message?: unknown } | null = null;
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    if (!text.trimStart().startsWith("<")) said = { message: text.trim().slice(0, maxErrorLength) };
  }
  const status = `HTTP ${response.status} ${response.statusText}`.trim();
  const message = typeof said?.message === "string" && said.message ? said.message : status;
  return new RequestFailed(response.status, typeof said?.code === "string" ? said.code : undefined, message);
}

/**
 * Reads stored data from Vigie over HTTP. A new request aborts the previous one of its kind with an AbortError. A request that
 * hits the limit of its address is retried. All other failures are RequestFailed.
 */
export class Api {
  readonly #running = new Map<string, AbortController>();

  constructor(private readonly token: string | undefined) {}

  /** `kind`: the purpose, which groups requests that replace one another. */
  async figures(kind: string, fromMs: number, toMs: number, points: number): Promise<Figures> {
    const query = { from: Math.floor(fromMs), to: Math.ceil(toMs), points: Math.max(2, Math.round(points)), series: chartSeries.join(",") };
    return figuresOf(await this.#get<StoredFigures>(`figures ${kind}`, "api/metrics", query));
  }

  /** The applications that the reader may watch. `kind`: as for figures(). */
  async applications(kind: string): Promise<string[]> {
    return (await this.#get<{ apps: string[] }>(`applications ${kind}`, "api/apps", {})).apps;
  }

  /** In steps of `stepMs` from `fromMs`, which must be a multiple of it. `kind`: as for figures(). */
  counts(appId: string, fromMs: number, toMs: number, stepMs: number, kind = "bars"): Promise<StoredCounts> {
    const query = { from: fromMs, to: toMs - 1, points: Math.round((toMs - fromMs) / stepMs) };
    return this.#get(`counts ${kind}`, `api/apps/${encodeURIComponent(appId)}/counts`, query);
  }

  processes(atMs: number): Promise<ProcessMoment> {
    return this.#get("processes", "api/processes", { at: Math.round(atMs) });
  }

  /** From where entries come. */
  sources(): Promise<{ now: number; sources: Source[] }> {
    return this.#get("sources", "api/sources", {});
  }

  /** `url`: the address at which senders reach Vigie. */
  async setupLines(url: string, app: string, needsToken: boolean): Promise<SetupLine[]> {
    return (await this.#get<{ lines: SetupLine[] }>("setup", "api/sources/setup", { url, app, token: needsToken ? "1" : "0" })).lines;
  }

  /** All stored entries of a trace that the reader may see; `more`: there are others. */
  trace(traceId: string): Promise<{ entries: LogEntry[]; more: boolean }> {
    return this.#get("trace", `api/traces/${encodeURIComponent(traceId)}`, {});
  }

  /** Ends what is asked for this purpose. */
  stop(kind: string): void {
    this.#running.get(kind)?.abort();
  }

  /** `kind`: as for figures(). */
  logs(kind: string, appId: string, query: LogsQuery): Promise<LogsPage> {
    return this.#get(`logs ${kind}`, `api/apps/${encodeURIComponent(appId)}/logs`, { ...query });
  }

  async #get<Answer>(kind: string, path: string, query: { [name: string]: string | number | undefined }): Promise<Answer> {
    this.#running.get(kind)?.abort();
    const controller = new AbortController();
    this.#running.set(kind, controller);
    const parameters = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    const ask = () =>
      fetch(parameters.length > 0 ? `${path}?${new URLSearchParams(parameters)}` : path, {
        signal: controller.signal,
        ...(this.token ? { headers: { Authorization: `Bearer ${this.token}` } } : {}),
      }).catch((error: unknown) => {
        throw isSuperseded(error) ? error : new RequestFailed(0, undefined, "");
      });
    let response = await ask();
    for (let again = 0; response.status === tooManyRequests && again < maxRetries; ++again) {
      await pause(Math.min(maxPauseS, Number(response.headers.get("Retry-After")) || 1) * 1000, controller.signal);
      response = await ask();
    }
    if (!response.ok) throw await failureOf(response);
    try {
      return parseExactly(await response.text()) as Answer;
    } catch (error) {
      throw isSuperseded(error) ? error : new RequestFailed(0, undefined, "");
    }
  }
}
