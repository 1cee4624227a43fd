// SPDX-License-Identifier: GPL-3.0-or-later
import { WebSocketClient, type ConnectionState, type LogEntry, type Metrics, type MetricsDetail } from "vigie-client";
import { Api, QuestionFailed, type LogsPage, type LogsQuery } from "./api.js";
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
const enoughFound = 100; // of a page's entries that pass
const mostPages = 10; // that are looked through for them
const beatMs = 1_000; // how often figures are to come
const goneClose = 1001;
const slowClose = 1013;

/** Why there is no connection: how the last one ended, or that there are too many. */
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

/** How the connection looks: in doubt, it may be dead. */
export type StateKind = "good" | "busy" | "doubt" | "bad";

/** What a state of the connection is called. `isSilent`: nothing is heard, though it stands. */
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

/** One reader of one application, signed in: its live entries and figures, and the way back to older ones. */
export class Session {
  readonly api: Api;
  readonly #client: WebSocketClient;
  readonly #logs: LogPanel;
  #waiting: LogEntry[] | undefined = []; // that came before the first page was there
  #round = 0;
  #isLoading = false;
  #mustBring = false; // the newest that were there before are not here yet
  #isOver = false;
  #trouble: Trouble | undefined;
  readonly #pulse = new Pulse(beatMs);
  readonly #retry = new Retry(() => void this.older());

  onState: (state: ConnectionState) => void = () => {};
  /** Why, as the protocol has it. */
  onRefused: (refusal: { code?: string; message: string }) => void = () => {};
  /** Again whenever the connection was lost. */
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
      // How it ended counts until there is another one: later attempts only find nobody there.
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
        store.setWay(null);
      }
      this.#startAnew(); // a page that is on its way has what is gone
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

  /** The connection stands, but nothing comes. To be asked about twice a second. */
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

  /** What was brought for an earlier choice is gone; there may be more for this one. */
  choiceChanged(): void {
    this.#startAnew();
    const { stretch } = this.#logs;
    if (stretch) void this.show(stretch, stretch.toMs);
    else void this.older();
  }

  /**
   * Brings older entries that pass the choice, until there is a page of them or nothing older. After a failure only
   * when somebody asks for them; it is asked again in a while by itself.
   */
  async older(isAsked = true): Promise<void> {
    const { stretch } = this.#logs;
    const store = stretch ? this.#logs.past : this.#logs.live;
    if (this.#isLoading || store.way.isEnd || this.#waiting || (this.#retry.isWaiting && !isAsked)) return;
    if (store.isFull) return this.#logs.setOlder({ kind: "full" });
    const round = this.#round;
    this.#isLoading = true;
    this.#logs.setOlder({ kind: "loading" });
    try {
      let found = 0;
      let toMs: number | undefined;
      for (let pages = 0; found < enoughFound && pages < mostPages && !store.way.isEnd && !store.isFull; ++pages) {
        const place = this.#place(store);
        const page = await this.api.logs("older", this.identity.appId, { ...this.#query(), ...timesOf(stretch), ...place, limit: pageEntries });
        if (round !== this.#round) return;
        toMs = page.logs.at(-1)?.timestamp ?? toMs;
        // What came live while nothing was held is in both.
        const held = new Set(place ? [] : store.live.map(({ entry }) => entry.id));
        found += store.addOlder(page.logs.filter(({ id }) => !held.has(id)).reverse(), page.cursor);
      }
      if (!stretch) this.#mustBring = false;
      this.#retry.succeeded();
      this.#settle(store, found < enoughFound ? { kind: "paused", toMs } : { kind: "more" });
    } catch (error) {
      if (round === this.#round) this.#failed(error);
    }
  }

  /** Shows the newest entries of a stretch that pass the choice; older() goes on from there. */
  async show(stretch: Stretch, aroundMs: number): Promise<void> {
    this.#startAnew();
    const round = this.#round;
    try {
      const query = { ...this.#query(), ...timesOf(stretch), limit: stretchEntries };
      const page = await this.api.logs("stretch", this.identity.appId, query);
      if (round !== this.#round) return;
      this.#logs.showStretch(stretch, page.logs.reverse(), page.cursor, aroundMs);
      this.#settle(this.#logs.past, { kind: "more" });
      // What the choice sorts out here may be all of the page.
      if (this.#logs.past.shown.length === 0) void this.older();
    } catch (error) {
      if (round !== this.#round || !failureOf(error)) return;
      this.#logs.showStretch(stretch, [], undefined, aroundMs);
      this.#failed(error);
    }
  }

  /** The live entries are shown again. */
  leaveStretch(): void {
    this.#startAnew();
    if (this.#mustBring) void this.older();
  }

  /** What is on its way no longer counts, and what lies before is not known. */
  #startAnew(): void {
    ++this.#round;
    this.#isLoading = false;
    this.#retry.succeeded();
    this.#settle(this.#logs.live, { kind: "more" });
  }

  #settle(store: LogStore, state: OlderState): void {
    this.#isLoading = false;
    this.#logs.setOlder(store.way.isEnd ? { kind: "end" } : store.isFull ? { kind: "full" } : state);
  }

  #hear(): void {
    this.#pulse.heard(performance.now());
  }

  /** Why older entries did not come; what may come another time is asked for again. */
  #failed(error: unknown): void {
    this.#isLoading = false;
    const failure = failureOf(error);
    if (!failure) return;
    this.#logs.setOlder({ kind: "failed", reason: failure.message, mayRetry: failure.mayRetry });
    this.#retry.failed(failure.mayRetry);
  }

  #place(store: LogStore): { cursor: string } | { before: string } | undefined {
    if (store.way.cursor) return { cursor: store.way.cursor };
    return store.oldest && { before: store.oldest.id };
  }

  /** Why Vigie refuses a regular expression. */
  async #refusalOf(regex: string): Promise<string | undefined> {
    try {
      await this.api.logs("check", this.identity.appId, { regex, from: 0, to: 0, limit: 1 });
    } catch (error) {
      if (error instanceof QuestionFailed && error.status === 400) return error.message;
    }
    return undefined;
  }

  /** A choice as Vigie's store understands it; the rest is sorted out here. */
  #query(): LogsQuery {
    const { levels, storedSearch } = this.#logs;
    const known = levels.filter((level) => level !== "other");
    return {
      ...(known.length > 0 && known.length === levels.length ? { level: known.join(",") } : {}),
      ...storedSearch,
    };
  }

  /** A WebSocket does not say why there is none; a request does. */
  async #askWhy(): Promise<void> {
    const isFull = (await fetch(".", { method: "HEAD", cache: "no-store" }).catch(() => undefined))?.status === 503;
    if (this.#trouble) this.#trouble.isFull = isFull;
    this.onState(this.state);
  }

  /** The newest entries, and then those that came while they were asked for. */
  async #begin(): Promise<void> {
    const { live } = this.#logs;
    const begun = this.#waiting;
    let page: LogsPage = { logs: [], cursor: null };
    let problem: unknown;
    try {
      page = await this.api.logs("first", this.identity.appId, { limit: firstEntries });
    } catch (error) {
      problem = error; // then it begins with what comes
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
    live.setWay(page.cursor === null ? null : undefined);
    this.#settle(live, { kind: "more" });
  }
}
