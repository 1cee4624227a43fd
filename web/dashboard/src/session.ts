// SPDX-License-Identifier: GPL-3.0-or-later
import { WebSocketClient, type ConnectionState, type LogEntry, type Metrics, type MetricsDetail } from "vigie-client";
import { allApps, LogsOfAll, placeBefore, type LogsApi } from "./allapps.js";
import { Api, RequestFailed, type LogsPage } from "./api.js";
import { failureOf } from "./failure.js";
import type { Identity } from "./identity.js";
import type { LogPanel, Stretch } from "./logpanel.js";
import type { LogStore } from "./logstore.js";
import type { OlderState } from "./oldernote.js";
import { newestApps } from "./newestapps.js";
import { Pulse } from "./pulse.js";
import { Retry } from "./retry.js";
import { StoredTotals } from "./storedtotals.js";
import type { Texts } from "./texts.js";

const firstEntries = 500;
const pageEntries = 500;
const stretchEntries = 1000;
const minFound = 100; // matching entries to look for before pausing
const maxPages = 10; // pages searched for them
const beatMs = 1_000; // interval of metrics
const newAppsMs = 10_000; // interval of looking for further applications
const maxApps = 50; // watched at once: each is a connection, of which an address has 200
const backoff = { baseMs: 500, capMs: 15_000 };
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

/** A signed-in reader of one application, or of all: live entries and metrics, and loading of older entries. */
export class Session {
  readonly api: Api;
  readonly logsApi: LogsApi;
  readonly totals: StoredTotals;
  #appIds: readonly string[] = []; // where all are watched
  readonly #others = new Map<string, WebSocketClient>(); // their connections
  #looking: ReturnType<typeof setInterval> | undefined;
  readonly #url: string;
  readonly #client: WebSocketClient;
  readonly #logs: LogPanel;
  #waiting: LogEntry[] | undefined = []; // arrived before the first page was loaded
  #round = 0;
  #isLoading = false;
  #mustBring = false; // the newest entries from before sign-in are not loaded yet
  #isOver = false;
  #part: Stretch | undefined; // of the shown stretch, if it is too much
  #momentMs: number | undefined; // which the shown stretch is about
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
  /** Of all applications, so many are watched. */
  onApps: (watched: number, all: number) => void = () => {};

  constructor(readonly identity: Identity, logs: LogPanel, private readonly texts: () => Texts, address: URL, presentMs: () => number) {
    this.#logs = logs;
    this.api = new Api(identity.token);
    this.logsApi = this.isOfAll ? new LogsOfAll(this.api, () => this.#appIds) : this.api;
    this.totals = new StoredTotals(this.logsApi, identity.appId, presentMs);
    const url = new URL(address.pathname, address);
    url.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.#url = url.href;
    this.#client = new WebSocketClient(url.href, { backoff });
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
    this.#client.onMetrics((metrics) => {
      this.#hear();
      this.onMetrics(metrics);
    });
    this.#client.onMetricsDetail((detail) => this.onDetail(detail));
    this.#listen(this.#client, identity.appId);
    let isFirst = true;
    logs.filter.search.askRegex = (regex) => this.#refusalOf(regex);
    this.#client.onAuthSuccess(() => {
      const begins = isFirst;
      isFirst = false;
      this.#retry.now();
      void (begins && this.isOfAll ? this.#joinAll() : Promise.resolve()).then(() => {
        if (begins) void this.#begin();
        void this.totals.ask();
      });
      this.onSignedIn();
    });
    this.#client.subscribe({ metrics: { intervalMs: beatMs }, detail: true });
    this.#client.authenticate(identity.userId, identity.appId, identity.token);
  }

  get isOfAll(): boolean {
    return this.identity.appId === allApps;
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
    this.totals.end();
    clearInterval(this.#looking);
    for (const client of [this.#client, ...this.#others.values()]) void client.close({ waitMs: 0 });
  }

  /** The filter changed, so loaded entries are gone, and there may be more for the new one. */
  choiceChanged(): void {
    this.#startAnew();
    const { stretch } = this.#logs;
    if (stretch) void this.show(stretch, this.#momentMs);
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
        const page = await this.logsApi.logs("older", this.identity.appId, { ...this.#logs.filter.query, ...timesOf(stretch && (this.#part ?? stretch)), ...place, limit: pageEntries });
        if (round !== this.#round) return;
        toMs = page.logs.at(-1)?.timestamp ?? toMs;
        // Entries that arrived while nothing was held are in both.
        const held = new Set(place || store.isStoredOnly ? [] : store.live.map(({ entry }) => entry.id));
        found += store.addOlder(page.logs.filter(({ id }) => !held.has(id)).reverse(), page.cursor);
      }
      if (!stretch) this.#mustBring = false;
      this.#retry.succeeded();
      this.#settle(store, found < minFound ? { kind: "paused", toMs } : { kind: "more" });
    } catch (error) {
      if (round === this.#round) this.#failed(error);
    }
  }

  /**
   * Shows the newest matching entries of a past range, and older() continues from there. With a moment, these are the ones up
   * to a little after it, unless all fit.
   */
  async show(stretch: Stretch, momentMs?: number): Promise<void> {
    this.#startAnew();
    const round = this.#round;
    this.#momentMs = momentMs;
    this.#part = undefined;
    const ask = (part: Stretch): Promise<LogsPage> =>
      this.logsApi.logs("stretch", this.identity.appId, { ...this.#logs.filter.query, ...timesOf(part), limit: stretchEntries });
    try {
      let page = await ask(stretch);
      const oldestMs = page.logs.at(-1)?.timestamp;
      const isBefore = momentMs !== undefined && page.cursor !== null && oldestMs !== undefined && oldestMs > momentMs;
      if (isBefore && round === this.#round) {
        const afterMs = Math.max(5_000, (stretch.toMs - stretch.fromMs) / 60);
        this.#part = { fromMs: stretch.fromMs, toMs: momentMs + afterMs };
        page = await ask(this.#part);
      }
      if (round !== this.#round) return;
      this.#logs.showStretch(stretch, page.logs.reverse(), page.cursor, momentMs, this.#part ? this.texts().laterLeftOut : "");
      this.#settle(this.#logs.past, { kind: "more" });
      // Filters applied here may have removed the whole page.
      if (this.#logs.past.entriesShown === 0) void this.older();
    } catch (error) {
      if (round !== this.#round || !failureOf(error)) return;
      this.#logs.showStretch(stretch, [], undefined, momentMs);
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

  /** Takes an application's entries. */
  #listen(client: WebSocketClient, appId: string): void {
    const { live, past } = this.#logs;
    client.onLogs((entries) => {
      this.#hear();
      this.totals.add(entries);
      if (this.#waiting) for (const entry of entries) this.#waiting.push(entry);
      else live.add(entries);
    });
    client.onGap(({ count }) => live.addNote(count === null ? this.texts().gapUnknown : this.texts().gap(String(count))));
    client.onClear(({ userId }) => {
      if (this.#waiting) this.#waiting = this.#waiting.filter((entry) => this.isOfAll && entry.appId !== appId);
      for (const store of [past, live]) {
        if (this.isOfAll) store.removeApp(appId);
        else store.clear();
        if (!this.isOfAll) store.setOlderCursor(null);
      }
      if (this.isOfAll) void this.totals.ask();
      else this.totals.cleared();
      this.#startAnew(); // a page being loaded may contain cleared entries
      live.addNote(this.texts().cleared(userId));
    });
  }

  /** Watches each application that is not watched yet, and looks for new ones from time to time. */
  async #joinAll(): Promise<void> {
    const all = await this.api.applications("join").catch(() => []);
    this.#appIds = await newestApps(this.api, all, maxApps);
    if (this.#isOver) return;
    this.#looking ??= setInterval(() => void this.#joinNew(), newAppsMs);
    this.onApps(this.#appIds.length, all.length);
    for (const appId of this.#appIds) this.#join(appId);
  }

  async #joinNew(): Promise<void> {
    const all = await this.api.applications("join").catch(() => undefined);
    if (!all || this.#isOver) return;
    const room = maxApps - this.#appIds.length;
    const added = all.filter((one) => !this.#appIds.includes(one)).slice(0, room);
    this.onApps(this.#appIds.length + added.length, all.length);
    for (const appId of added) {
      if (this.#isOver) return;
      this.#appIds = [...this.#appIds, appId];
      this.#join(appId);
      const page = await this.api.logs("new", appId, { limit: firstEntries }).catch(() => undefined);
      const known = new Set(this.#logs.live.live.map(({ entry }) => entry.id));
      if (page && !this.#isOver) this.#logs.live.add(page.logs.reverse().filter(({ id }) => !known.has(id)));
      void this.totals.ask();
    }
  }

  #join(appId: string): void {
    if (this.#others.has(appId) || appId === allApps) return;
    const client = new WebSocketClient(this.#url, { backoff });
    this.#others.set(appId, client);
    this.#listen(client, appId);
    client.authenticate(this.identity.userId, appId, this.identity.token);
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
    if (this.isOfAll && store.oldest) return { cursor: placeBefore(store.entries(), this.#appIds) };
    return store.oldest && { before: store.oldest.id };
  }

  /** Why Vigie refuses a regular expression. */
  async #refusalOf(regex: string): Promise<string | undefined> {
    try {
      await this.api.logs("check", this.#appIds[0] ?? this.identity.appId, { regex, from: 0, to: 0, limit: 1 });
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 400) return error.message;
    }
    return undefined;
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
      page = await this.logsApi.logs("first", this.identity.appId, { limit: firstEntries });
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
    live.setOlderCursor(page.cursor === null && !live.isStoredOnly ? null : undefined);
    this.#settle(live, { kind: "more" });
    if (this.#logs.filter.isChosen && !this.#logs.stretch) void this.older();
  }
}
