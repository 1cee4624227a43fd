// SPDX-License-Identifier: GPL-3.0-or-later
import { WebSocketClient, type ConnectionState, type LogEntry, type Metrics, type MetricsDetail } from "vigie-client";
import { Api, type LogsQuery, type QuestionFailed } from "./api.js";
import { failureOf } from "./failure.js";
import type { Identity } from "./identity.js";
import type { LogPanel, Stretch } from "./logpanel.js";
import { Pulse } from "./pulse.js";
import { Retry } from "./retry.js";
import type { Texts } from "./texts.js";

const firstEntries = 500;
const pageEntries = 500;
const stretchEntries = 1000;
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
  #cursor: string | undefined; // older entries of this choice go on from here
  #round = 0;
  #isLoading = false;
  #hasOlder = true;
  #mustBring = false; // the newest that were there before are not here yet
  #isOver = false;
  #trouble: Trouble | undefined;
  readonly #pulse = new Pulse(beatMs);
  #failure: QuestionFailed | undefined;
  #again = (): void => {}; // what has failed
  readonly #retry = new Retry(() => this.#again());

  onState: (state: ConnectionState) => void = () => {};
  /** Why, as the protocol has it. */
  onRefused: (refusal: { code?: string; message: string }) => void = () => {};
  /** Again whenever the connection was lost. */
  onSignedIn: () => void = () => {};
  onMetrics: (metrics: Metrics) => void = () => {};
  onDetail: (detail: MetricsDetail) => void = () => {};
  /** Whether entries are missing, and why, is another than it was. */
  onFailure: () => void = () => {};

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
      // What is on its way was there before.
      if (this.#waiting) this.#waiting = [];
      else this.#startAnew();
      logs.live.clear();
      logs.live.addNote(texts().cleared(userId));
    });
    let isFirst = true;
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
  /** Why entries are missing. */
  get failure(): QuestionFailed | undefined {
    return this.#failure;
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
    this.#noteFailure(undefined);
    void this.#client.close({ waitMs: 0 });
  }

  /** What was brought for an earlier choice is gone; there may be more for this one. */
  choiceChanged(): void {
    this.#startAnew();
    const { stretch } = this.#logs;
    if (stretch) void this.show(stretch, stretch.toMs);
    else void this.older();
  }

  /** Brings older entries that pass the choice, until there is a page of them or nothing older. */
  async older(): Promise<void> {
    const { stretch } = this.#logs;
    const store = stretch ? this.#logs.past : this.#logs.live;
    if (this.#isLoading || !this.#hasOlder || this.#waiting || this.#retry.isWaiting || store.isFull) return;
    const round = this.#round;
    this.#setLoading(true);
    try {
      for (let found = 0; found < pageEntries / 5 && this.#hasOlder && !store.isFull;) {
        const oldest = store.oldest?.id;
        const isNewest = !this.#cursor && !oldest;
        const place = this.#cursor ? { cursor: this.#cursor } : oldest ? { before: oldest } : {};
        const page = await this.api.logs("older", this.identity.appId, { ...this.#query(), ...timesOf(stretch), ...place, limit: pageEntries });
        if (round !== this.#round) return;
        this.#cursor = page.cursor ?? undefined;
        this.#hasOlder = page.cursor !== null;
        // Those that came live while the newest were asked for are here.
        const held = new Set(isNewest ? store.live.map(({ entry }) => entry.id) : []);
        store.addOlder(page.logs.reverse().filter(({ id }) => !held.has(id)));
        found += page.logs.length;
      }
      if (!stretch) this.#mustBring = false;
      this.#noteFailure(undefined);
    } catch (error) {
      if (round === this.#round) this.#fail(error, () => void this.older());
    }
    if (round === this.#round) this.#setLoading(false);
  }

  /** Shows the newest entries of a stretch that pass the choice; older() goes on from there. */
  async show(stretch: Stretch, aroundMs: number): Promise<void> {
    this.#startAnew();
    const round = this.#round;
    try {
      const query = { ...this.#query(), ...timesOf(stretch), limit: stretchEntries };
      const page = await this.api.logs("stretch", this.identity.appId, query);
      if (round !== this.#round) return;
      this.#logs.showStretch(stretch, page.logs.reverse(), aroundMs);
      this.#cursor = page.cursor ?? undefined;
      this.#hasOlder = page.cursor !== null;
    } catch (error) {
      if (round === this.#round) this.#fail(error, () => void this.show(stretch, aroundMs));
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
    this.#cursor = undefined;
    this.#hasOlder = true;
    this.#noteFailure(undefined);
    this.#setLoading(false);
  }

  #hear(): void {
    this.#pulse.heard(performance.now());
  }

  /** `again`: what is to be done again, if that may help. */
  #fail(error: unknown, again: () => void): void {
    const failure = failureOf(error);
    if (!failure) return;
    this.#noteFailure(failure);
    this.#again = again;
    this.#retry.failed(failure.mayRetry);
  }

  #noteFailure(failure: QuestionFailed | undefined): void {
    if (!failure) this.#retry.succeeded();
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.onFailure();
  }

  #setLoading(isLoading: boolean): void {
    this.#isLoading = isLoading;
    this.#logs.setLoading(isLoading);
  }

  /** A choice as Vigie's store understands it; the rest is sorted out here. */
  #query(): LogsQuery {
    const { levels, search, searchText, isRegex } = this.#logs;
    const known = levels.filter((level) => level !== "other");
    return {
      ...(known.length > 0 && known.length === levels.length ? { level: known.join(",") } : {}),
      ...(search ? (isRegex ? { regex: search.stored } : { search: searchText }) : {}),
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
    const begun = this.#waiting!;
    let page: LogEntry[] = [];
    let problem: unknown;
    try {
      page = (await this.api.logs("first", this.identity.appId, { limit: firstEntries })).logs.reverse();
    } catch (error) {
      problem = error; // then it begins with what comes, and those before are brought as soon as it goes
    }
    if (this.#isOver) return;
    const waiting = this.#waiting!;
    if (waiting !== begun) page = []; // they were cleared meanwhile
    const known = new Set(page.map(({ id }) => id));
    this.#waiting = undefined;
    this.#logs.live.add(page);
    this.#logs.live.add(waiting.filter(({ id }) => !known.has(id)));
    this.#hasOlder = problem !== undefined || page.length >= firstEntries;
    this.#logs.live.hasEarlier = this.#hasOlder;
    this.#mustBring = problem !== undefined;
    if (problem !== undefined) this.#fail(problem, () => void this.older());
  }
}
