// SPDX-License-Identifier: GPL-3.0-or-later
import type { BackoffOptions } from "./backoff.js";
import { Connection, type ConnectionState } from "./connection.js";
import { Listeners, type Unsubscribe } from "./listeners.js";
import {
  encode, pastCommands,
  type AppMetrics, type AuthError, type Cleared, type ClientData, type Command, type CommandResponse, type Gap,
  type HistoryRequest, type Identity, type Json, type LogEntry, type LogFilters, type Metrics, type MetricsDetail,
  type PastCommand, type ServerError, type ServerPayloads, type Status, type Subscription,
} from "./messages.js";
import { ConnectionLost, PendingRequests } from "./requests.js";
import { Resume } from "./resume.js";
import { Sender, type Dropped, type QueueOptions } from "./sender.js";
import type { WebSocketConstructor } from "./socket.js";

const tryLaterCode = 1013; // RFC 6455

export interface ClientOptions {
  /** Default: the global WebSocket or, in older Node.js, that of the package ws. */
  WebSocket?: WebSocketConstructor;
  backoff?: BackoffOptions;
  queue?: QueueOptions;
  /** The id of the last entry seen before. All entries after it come first. */
  since?: string;
}

const historyType = "vigie-client.history";

/**
 * A persistent connection to Vigie. If it is lost, reconnects and signs in again, with the same filter and subscription. Each
 * entry given to log() reaches Vigie once, in order. onLogs() delivers every entry once, in order; onGap() reports missing
 * ones. The constructor starts to connect; listeners are not called before the next turn of the event loop.
 */
export class WebSocketClient {
  readonly #connection: Connection;
  readonly #sender: Sender;
  readonly #resume: Resume;
  #identity: (Identity & { token?: string }) | undefined;
  #filters: LogFilters | undefined;
  #subscription: Subscription = {};
  #isListening = false; // log messages are for the listeners
  #signInsAsked = 0; // unanswered sign-ins; only the last answer counts
  readonly #pending = new PendingRequests((text) => this.#connection.send(text));
  #historyRequests = 0;

  readonly #connected = new Listeners<Partial<Identity>>();
  readonly #authSucceeded = new Listeners<Identity>();
  readonly #authFailed = new Listeners<AuthError>();
  readonly #logs = new Listeners<LogEntry[]>(this);
  readonly #metrics = new Listeners<Metrics>();
  readonly #detail = new Listeners<MetricsDetail>();
  readonly #appMetrics = new Listeners<AppMetrics>();
  readonly #gap = new Listeners<Gap>();
  readonly #cleared = new Listeners<Cleared>();
  readonly #command = new Listeners<Command>();
  readonly #error = new Listeners<ServerError>(this);

  constructor(url: string, options: ClientOptions = {}) {
    this.#connection = new Connection(url, options.WebSocket, options.backoff);
    this.#resume = new Resume(options.since);
    this.#sender = new Sender((text) => this.#connection.send(text), new Listeners<Dropped>(this), options.queue);
    this.#connection.received.add(({ type, payload }) => this.#receive(type, payload));
    this.#connection.stateChanged.add((state) => this.#follow(state));
    this.#connection.silent.add(() => this.requestMetrics());
    this.#sender.failed.add((error) => this.#error.tell({ code: "storage_failed", message: error.message }));
    queueMicrotask(() => void this.#connection.open());
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }
  /** Number of entries given to log() that are not yet confirmed by Vigie. */
  get waiting(): number {
    return this.#sender.waiting;
  }
  /** The id of the last entry received. Entries arrive shortly before they are on Vigie's disk. */
  get lastId(): string | undefined {
    return this.#resume.lastId;
  }
  /**
   * The id of the last entry that is on Vigie's disk together with all before it; undefined if Vigie has not reported one.
   * Pass it as `since` next time to miss nothing, even if Vigie crashed; later entries are delivered again.
   */
  get storedId(): string | undefined {
    return this.#resume.storedId;
  }

  onStateChanged(listener: (state: ConnectionState) => void): Unsubscribe {
    return this.#connection.stateChanged.add(listener);
  }
  onConnect(listener: (identity: Partial<Identity>) => void): Unsubscribe {
    return this.#connected.add(listener);
  }
  onAuthSuccess(listener: (identity: Identity) => void): Unsubscribe {
    return this.#authSucceeded.add(listener);
  }
  /** Vigie refused the sign-in and would do so again: call authenticate() with other credentials. */
  onAuthError(listener: (error: AuthError) => void): Unsubscribe {
    return this.#authFailed.add(listener);
  }
  onLogs(listener: (entries: LogEntry[]) => void): Unsubscribe {
    return this.#logs.add(listener);
  }
  onMetrics(listener: (metrics: Metrics) => void): Unsubscribe {
    return this.#metrics.add(listener);
  }
  onMetricsDetail(listener: (detail: MetricsDetail) => void): Unsubscribe {
    return this.#detail.add(listener);
  }
  onAppMetrics(listener: (metrics: AppMetrics) => void): Unsubscribe {
    return this.#appMetrics.add(listener);
  }
  onGap(listener: (gap: Gap) => void): Unsubscribe {
    return this.#gap.add(listener);
  }
  onClear(listener: (cleared: Cleared) => void): Unsubscribe {
    return this.#cleared.add(listener);
  }
  onCommand(listener: (command: Command) => void): Unsubscribe {
    return this.#command.add(listener);
  }
  onError(listener: (error: ServerError) => void): Unsubscribe {
    return this.#error.add(listener);
  }
  /** Entries that will never reach Vigie: the queue was full, or Vigie refused them. */
  onDropped(listener: (dropped: Dropped) => void): Unsubscribe {
    return this.#sender.dropped.add(listener);
  }

  /** Signs in, now or as soon as there is a connection, and again after each reconnect. */
  authenticate(userId: string, appId: string, token?: string): void {
    if (this.#identity && this.#identity.appId !== appId) {
      this.#resume.forget();
      this.#pending.giveUp("Another application was signed in to.", false);
    }
    this.#identity = { userId, appId, ...(token === undefined ? {} : { token }) };
    if (!this.#connection.isOpen) return void this.#connection.open();
    this.#signIn(); // entries are not shown until we are signed in again
  }

  /**
   * Queues an entry, whatever the state of the connection, and returns its id. `metadata` is converted to JSON at once; an
   * unreadable member is replaced by a description of the error. Throws only with `whenFull: "throw"`, if the queue is full.
   */
  log(level: string, message: unknown, metadata?: unknown, timestampMs: number | Date = Date.now()): string {
    return this.#sender.log(level, message, metadata, timestampMs);
  }

  /** Resolves when every entry given to log() so far is safe in Vigie, or was dropped. */
  flushed(): Promise<void> {
    return this.#sender.flushed();
  }

  /** Resolves when log() can queue an entry without dropping one. */
  roomy(): Promise<void> {
    return this.#sender.roomy();
  }

  /** Sets the filter of onLogs(), from now on or as soon as we are signed in. */
  setFilters(filters: LogFilters): void {
    this.#filters = filters;
    if (this.#isListening) this.#connection.send(encode("filter", filters));
    else if (this.#signInsAsked > 0) this.#signIn(); // so that entries from history match the filter, too
  }

  /** The newest entries that match the filter, oldest first, or those before a given position. */
  requestHistory(request: HistoryRequest = {}): Promise<LogEntry[]> {
    return this.#askHistory(request);
  }

  /** Requests metrics now, outside the schedule; onMetrics() delivers them. False: not signed in. */
  requestMetrics(): boolean {
    return this.#tell("request_metrics", undefined);
  }

  subscribe(subscription: Subscription): void {
    this.#subscription = { ...this.#subscription, ...subscription };
    this.#tell("subscribe", subscription);
  }

  /** Clears the application's history for everybody. False: not signed in, nothing is cleared. */
  clearLogs(): boolean {
    return this.#tell("clear", undefined);
  }

  /** Sends the application's own metrics. False: not signed in, the metrics are discarded. */
  sendMetrics(metrics: { [name: string]: Json }, timestamp: number = Date.now()): boolean {
    return this.#tell("send_metrics", { metrics, timestamp });
  }

  command(type: string, data?: Json): Promise<CommandResponse> {
    return this.#ask("command", { type, ...(data === undefined ? {} : { data }) }, "command_response");
  }

  /** The application's last commands, oldest first. */
  lastActions(): Promise<PastCommand[]> {
    return this.#ask<ServerPayloads["get_last_actions"]>("get_last_actions", undefined, "get_last_actions").then(pastCommands);
  }

  checkStatus(): Promise<Status> {
    return this.#ask("check_status", undefined, "status_response");
  }

  /** Reconnects now instead of waiting. */
  retryNow(): void {
    if (this.state.name === "waiting") void this.#connection.open();
  }

  /** Closes the connection for good, once Vigie has all queued entries or `waitMs` have passed. */
  async close({ waitMs = 2_000 }: { waitMs?: number } = {}): Promise<void> {
    if (waitMs > 0 && this.#identity && !this.#connection.isClosed) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)));
      await Promise.race([this.flushed(), late]);
      clearTimeout(timer);
    }
    this.#connection.close("", false);
    await this.#sender.stop();
  }

  #follow(state: ConnectionState): void {
    if (state.name === "open" && this.#identity) return this.#signIn();
    if (state.name !== "waiting" && state.name !== "closed") return;
    this.#isListening = false;
    this.#signInsAsked = 0;
    this.#sender.disconnected();
    this.#pending.giveUp("The connection to Vigie was lost.");
  }

  #signIn(): void {
    this.#isListening = false;
    // Only a signed-in client can set a filter, and the filter must apply to all entries: so sign in twice.
    if (this.#filters) {
      this.#auth(false);
      this.#connection.send(encode("filter", this.#filters));
    }
    this.#auth(true);
  }

  #auth(resumes: boolean): void {
    const since = resumes ? this.#resume.since : undefined;
    ++this.#signInsAsked;
    this.#connection.send(encode("auth", { ...this.#identity!, ...(since === undefined ? {} : { since }) }));
  }

  #begin(identity: Identity): void {
    if (this.#signInsAsked > 0 && --this.#signInsAsked > 0) return;
    this.#isListening = true;
    this.#resume.begin();
    this.#connection.noteSignedIn();
    if (Object.keys(this.#subscription).length > 0) this.#tell("subscribe", this.#subscription);
    this.#sender.signedIn();
    this.#authSucceeded.tell(identity);
  }

  /** Before sign-in, Vigie would refuse the message. */
  #tell<Type extends keyof ClientData>(type: Type, data: ClientData[Type]): boolean {
    return this.#isListening && this.#connection.send(encode(type, data));
  }

  #askHistory(request: HistoryRequest): Promise<LogEntry[]> {
    // Each request has a response type of its own, so that late answers to earlier requests cannot be mistaken for its answer.
    const type = `${historyType}.${++this.#historyRequests}`;
    return this.#ask<{ logs: LogEntry[] }>("history", request, type, type).then(({ logs }) => logs);
  }

  #ask<Answer>(type: keyof ClientData, data: object | undefined, answerType: string, responseType?: string): Promise<Answer> {
    if (!this.#isListening) return Promise.reject(new ConnectionLost("There is no connection to Vigie."));
    return this.#pending.ask(type, data, answerType, responseType);
  }

  #fail(error: ServerError): void {
    // An error for `auth` is how Vigie refuses a second sign-in.
    if (error.requestType === "auth" && this.#signInsAsked > 0) return this.#refuse({ code: error.code, message: error.message });
    const isOfLogs = error.requestType === "logs" || (error.code === "invalid_json" && error.requestType === undefined);
    if (isOfLogs && this.#sender.refused(error)) return;
    this.#pending.refuse(error);
    this.#error.tell(error);
  }

  #refuse(refusal: AuthError): void {
    // Others at this address may have failed before. Try again later.
    const { retryAfterMs, message } = refusal;
    if (retryAfterMs !== undefined) return this.#connection.retryAfter(retryAfterMs, tryLaterCode, message);
    this.#authFailed.tell(refusal);
    this.#connection.close(refusal.message, true);
  }

  #receive(type: string, payload: unknown): void {
    if (type !== "connect" && (typeof payload !== "object" || payload === null)) return;
    if (this.#pending.answer(type, payload)) return;
    const told = <Type extends keyof ServerPayloads>(_: Type) => payload as ServerPayloads[Type];
    switch (type) {
      case "connect":
        return this.#connected.tell(told("connect") ?? {});
      case "auth_success":
        return this.#begin(told("auth_success"));
      case "auth_error":
        return this.#refuse(told("auth_error"));
      case "logs": {
        if (!this.#isListening || !Array.isArray(payload)) return;
        const fresh = this.#resume.fresh(told("logs"));
        if (fresh.length > 0) this.#logs.tell(fresh);
        return;
      }
      case "logs_ack":
        return this.#sender.acknowledged(told("logs_ack"));
      case "stored":
        // During sign-in, the entries before this point have not been shown.
        if (this.#isListening) this.#resume.noteStored(told("stored").lastId ?? null);
        return;
      case "gap":
        if (!this.#resume.isExpected(told("gap").fromId)) this.#gap.tell(told("gap"));
        return;
      case "clear":
        if (told("clear").appId === this.#identity?.appId) this.#resume.noteCleared();
        return this.#cleared.tell(told("clear"));
      case "metrics":
        return this.#metrics.tell(told("metrics"));
      case "metrics_detail":
        return this.#detail.tell(told("metrics_detail"));
      case "app_metrics":
        return this.#appMetrics.tell(told("app_metrics"));
      case "command":
        return this.#command.tell(told("command"));
      case "error":
        return this.#fail(told("error"));
    }
  }
}
