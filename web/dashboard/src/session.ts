// SPDX-License-Identifier: GPL-3.0-or-later
import { WebSocketClient, type ConnectionState, type LogEntry, type Metrics, type MetricsDetail } from "vigie-client";
import { Api, RequestFailed, type LogsPage, type LogsQuery } from "./api.js";
import { failureOf } from "./failure.js";
import type { Identity } from "./identity.js";
import type { LogPanel, Stretch } from "./logpanel.js";
import type { LogStore } from "./logstore.js";
import type { OlderState } from "./oldernote.js";
import { Pulse } from "./pulse.js";
import { Retry } from "./retry.js";
import type { Texts } from "./texts.js";

const firstEntries = 500;
const pageEntries = 500;
const stretchEntries = 1000;
const minFound = 100; // matching entries to look for before pausing
const maxPages = 10; // pages searched for them
const beatMs = 1_000; // interval of metrics
const goneClose = 1001;
const slowClose = 1013;

/** Why there is no connection: the last close code, or too many connections. */
export interface Trouble {
  code: number;
  reason: string;
  isFull: boolean;
}

function timesOf(stretch: Stretch | undefined): { from?: number; to?: number } {
  return stretch ? { from: Math.floor(stretch.fromMs), to: Math.ceil(stretch.toMs) } : {};
}

function troubleText({ code, reason, isFull }: Trouble, texts: Texts): string {
  if (isFull) return `${texts.full} `;
  if (code === goneClose) return `${texts.gone} `;
  return code === slowClose && reason ? `${texts.closed(reason)} ` : "";
}

/** The state shown for the connection. In doubt, it may be dead. */
export type StateKind = "good" | "busy" | "doubt" | "bad";

/** The text for a connection state. `isSilent`: connected, but nothing arrives. */
export function stateText(
  state: ConnectionState, trouble: Trouble | undefined, texts: Texts, nowMs: number, isSilent = false,
): { text: string; kind: StateKind; mayRetry: boolean } {
  const why = trouble ? troubleText(trouble, texts) : "";
  switch (state.name) {
    case "signedIn":
      if (isSilent) return { text: texts.silent, kind: "doubt", mayRetry: false };
      return { text: texts.live, kind: "good", mayRetry: false };
    case "waiting":
      return { text: why + texts.lost(Math.max(0, Math.ceil((state.retryAtMs - nowMs) / 1000))), kind: "bad", mayRetry: true };
    case "closed":
      return { text: texts.closes[state.code as keyof Texts["closes"]] ?? texts.closed(state.reason), kind: "bad", mayRetry: false };
    default:
      return trouble ? { text: why + texts.lost(0), kind: "bad", mayRetry: false } : { text: texts.connecting, kind: "busy", mayRetry: false };
  }
}

/** A signed-in reader of one application: live entries and metrics, and loading of older entries. */
export class Session {
  readonly api: Api;
  readonly #client: WebSocketClient;
  readonly #logs: LogPanel;
  #waiting: LogEntry[] | undefined = []; // arrived before the first page was loaded
  #round = 0;
  #isLoading = false;
  #mustBring = false; // the newest entries from before sign-in are not loaded yet
  #isOver = false;
  #trouble: Trouble | undefined;
  readonly #pulse = new Pulse(beatMs);
  readonly #retry = new Retry(() => void this.older());

  onState: (state: ConnectionState) => void = () => {};
  /** With a code of the protocol. */
  onRefused: (refusal: { code?: string; message: string }) => void = () => {};
  /** Called again after each reconnect. */
  onSignedIn: () => void = () => {};
  onMetrics: (metrics: Metrics) => void = () => {};
  onDetail: (detail: MetricsDetail) => void = () => {};

  constructor(readonly identity: Identity, logs: LogPanel, texts: () => Texts, address: URL) {
    this.#logs = logs;
    this.api = new Api(identity.token);
    const url = new URL(address.pathname, address);
    url.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.#client = new WebSocketClient(url.href, { backoff: { baseMs: 500, capMs: 15_000 } });
    this.#client.onStateChanged((state) => {
      if (state.name === "signedIn") {
        this.#trouble = undefined;
        this.#hear();
      }
      // Keep the first reason until the next connection: later attempts only find nobody there.
      if (state.name === "waiting") this.#trouble ??= { code: state.code, reason: state.reason, isFull: false };
      if (state.name === "waiting") void this.#askWhy();
      this.onState(state);
    });
    this.#client.onAuthError((refusal) => this.onRefused(refusal));
    this.#client.onLogs((entries) => {
      this.#hear();
      if (this.#waiting) for (const entry of entries) this.#waiting.push(entry);
      else logs.live.add(entries);
    });
    this.#client.onMetrics((metrics) => {
      this.#hear();
      this.onMetrics(metrics);
    });
    this.#client.onMetricsDetail((detail) => this.onDetail(detail));
    this.#client.onGap(({ count }) => logs.live.addNote(count === null ? texts().gapUnknown : texts().gap(String(count))));
    this.#client.onClear(({ userId }) => {
      if (this.#waiting) this.#waiting = [];
      for (const store of [logs.past, logs.live]) {
        store.clear();
        store.setOlderCursor(null);
      }
      this.#startAnew(); // a page being loaded may contain cleared entries
      logs.live.addNote(texts().cleared(userId));
    });
    let isFirst = true;
    logs.setRegexCheck((regex) => this.#refusalOf(regex));
    this.#client.onAuthSuccess(() => {
      if (isFirst) void this.#begin();
      isFirst = false;
      this.#retry.now();
      this.onSignedIn();
    });
    this.#client.subscribe({ metrics: { intervalMs: beatMs }, detail: true });
    this.#client.authenticate(identity.userId, identity.appId, identity.token);
  }

  get state(): ConnectionState {
    return this.#client.state;
  }
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Whether the connection is open but nothing arrives. Call about twice a second. */
  isSilent(): boolean {
    return this.#pulse.isMissed(performance.now()) && this.state.name === "signedIn";
  }

  retryNow(): void {
    this.#client.retryNow();
  }

  end(): void {
    this.#isOver = true;
    ++this.#round;
    this.#retry.succeeded();
    void this.#client.close({ waitMs: 0 });
  }

  /** The filter changed, so loaded entries are gone, and there may be more for the new one. */
  choiceChanged(): void {
    this.#startAnew();
    const { stretch } = this.#logs;
    if (stretch) void this.show(stretch, stretch.toMs);
    else void this.older();
  }

  /**
   * Loads older matching entries until there is a page of them, or no more. After a failure, loads only on request; a retry
   * follows automatically.
   */
  async older(isAsked = true): Promise<void> {
    const { stretch } = this.#logs;
    const store = stretch ? this.#logs.past : this.#logs.live;
    if (this.#isLoading || store.olderCursor.isEnd || this.#waiting || (this.#retry.isWaiting && !isAsked)) return;
    if (store.isFull) return this.#logs.setOlder({ kind: "full" });
    const round = this.#round;
    this.#isLoading = true;
    this.#logs.setOlder({ kind: "loading" });
    try {
      let found = 0;
      let toMs: number | undefined;
      for (let pages = 0; found < minFound && pages < maxPages && !store.olderCursor.isEnd && !store.isFull; ++pages) {
        const place = this.#place(store);
        const page = await this.api.logs("older", this.identity.appId, { ...this.#query(), ...timesOf(stretch), ...place, limit: pageEntries });
        if (round !== this.#round) return;
        toMs = page.logs.at(-1)?.timestamp ?? toMs;
        // Entries that arrived while nothing was held are in both.
        const held = new Set(place ? [] : store.live.map(({ entry }) => entry.id));
        found += store.addOlder(page.logs.filter(({ id }) => !held.has(id)).reverse(), page.cursor);
      }
      if (!stretch) this.#mustBring = false;
      this.#retry.succeeded();
      this.#settle(store, found < minFound ? { kind: "paused", toMs } : { kind: "more" });
    } catch (error) {
      if (round === this.#round) this.#failed(error);
    }
  }

  /** Shows the newest matching entries of a past range; older() continues from there. */
  async show(stretch: Stretch, aroundMs: number): Promise<void> {
    this.#startAnew();
    const round = this.#round;
    try {
      const query = { ...this.#query(), ...timesOf(stretch), limit: stretchEntries };
      const page = await this.api.logs("stretch", this.identity.appId, query);
      if (round !== this.#round) return;
      this.#logs.showStretch(stretch, page.logs.reverse(), page.cursor, aroundMs);
      this.#settle(this.#logs.past, { kind: "more" });
      // Filters applied here may have removed the whole page.
      if (this.#logs.past.shown.length === 0) void this.older();
    } catch (error) {
      if (round !== this.#round || !failureOf(error)) return;
      this.#logs.showStretch(stretch, [], undefined, aroundMs);
      this.#failed(error);
    }
  }

  /** Returns to the live entries. */
  leaveStretch(): void {
    this.#startAnew();
    if (this.#mustBring) void this.older();
  }

  /** Ignores pending answers and resets the state of older entries. */
  #startAnew(): void {
    ++this.#round;
    this.#isLoading = false;
    this.#retry.succeeded();
    this.#settle(this.#logs.live, { kind: "more" });
  }

  #settle(store: LogStore, state: OlderState): void {
    this.#isLoading = false;
    this.#logs.setOlder(store.olderCursor.isEnd ? { kind: "end" } : store.isFull ? { kind: "full" } : state);
  }

  #hear(): void {
    this.#pulse.heard(performance.now());
  }

  /** Handles a failure to load older entries, and retries if that may help. */
  #failed(error: unknown): void {
    this.#isLoading = false;
    const failure = failureOf(error);
    if (!failure) return;
    this.#logs.setOlder({ kind: "failed", reason: failure.message, mayRetry: failure.mayRetry });
    this.#retry.failed(failure.mayRetry);
  }

  #place(store: LogStore): { cursor: string } | { before: string } | undefined {
    if (store.olderCursor.cursor) return { cursor: store.olderCursor.cursor };
    return store.oldest && { before: store.oldest.id };
  }

  /** Why Vigie refuses a regular expression. */
  async #refusalOf(regex: string): Promise<string | undefined> {
    try {
      await this.api.logs("check", this.identity.appId, { regex, from: 0, to: 0, limit: 1 });
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 400) return error.message;
    }
    return undefined;
  }

  /** The filter in the form of the API; the rest is filtered here. */
  #query(): LogsQuery {
    const { levels, storedSearch } = this.#logs;
    const known = levels.filter((level) => level !== "other");
    return {
      ...(known.length > 0 && known.length === levels.length ? { level: known.join(",") } : {}),
      ...storedSearch,
    };
  }

  /** A WebSocket does not tell why it failed; an HTTP request does. */
  async #askWhy(): Promise<void> {
    const isFull = (await fetch(".", { method: "HEAD", cache: "no-store" }).catch(() => undefined))?.status === 503;
    if (this.#trouble) this.#trouble.isFull = isFull;
    this.onState(this.state);
  }

  /** Loads the newest entries, then adds those that arrived meanwhile. */
  async #begin(): Promise<void> {
    const { live } = this.#logs;
    const begun = this.#waiting;
    let page: LogsPage = { logs: [], cursor: null };
    let problem: unknown;
    try {
      page = await this.api.logs("first", this.identity.appId, { limit: firstEntries });
    } catch (error) {
      problem = error; // start with live entries then
    }
    if (this.#isOver) return;
    if (this.#waiting !== begun) page.logs = []; // cleared meanwhile
    const known = new Set(page.logs.map(({ id }) => id));
    live.add(page.logs.reverse());
    live.add((this.#waiting ?? []).filter(({ id }) => !known.has(id)));
    this.#waiting = undefined;
    live.hasEarlier = problem !== undefined || page.cursor !== null;
    this.#mustBring = problem !== undefined;
    if (problem !== undefined) return this.#failed(problem);
    live.setOlderCursor(page.cursor === null ? null : undefined);
    this.#settle(live, { kind: "more" });
  }
}
