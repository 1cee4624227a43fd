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
import { ConnectionLost, Questions } from "./questions.js";
import { Resume } from "./resume.js";
import { Sender, type Dropped, type QueueOptions } from "./sender.js";
import type { WebSocketConstructor } from "./socket.js";

const tryLaterCode = 1013; // RFC 6455

export interface ClientOptions {
  /** Made of a global WebSocket, or in older Node.js of the package ws, if absent. */
  WebSocket?: WebSocketConstructor;
  backoff?: BackoffOptions;
  queue?: QueueOptions;
  /** The id of the last entry that was seen before: all that followed comes first. */
  since?: string;
}

const historyType = "vigie-client.history";

/**
 * A connection to Vigie that stays: made anew when it is lost, signed in again, with its filter and subscription. What
 * log() takes is in Vigie once, in order; what onLogs() gives is everything, once, in order, or onGap() says what is
 * missing. Begins to connect when it is made; nobody is told anything before the event loop has gone round.
 */
export class WebSocketClient {
  readonly #connection: Connection;
  readonly #sender: Sender;
  readonly #resume: Resume;
  #identity: (Identity & { token?: string }) | undefined;
  #filters: LogFilters | undefined;
  #subscription: Subscription = {};
  #isListening = false; // what comes as logs is what is to be shown
  #signInsAsked = 0; // and not answered; the last answer counts
  readonly #questions = new Questions((text) => this.#connection.send(text));
  #historyQuestions = 0;

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
  /** Entries given to log() that are not yet known to be in Vigie. */
  get waiting(): number {
    return this.#sender.waiting;
  }
  /** The id of the last entry that came. Entries come a moment before they are on Vigie's disk. */
  get lastId(): string | undefined {
    return this.#resume.lastId;
  }
  /**
   * The id of the last entry that Vigie has on its disk with all before it; undefined: Vigie has not said. Given as
   * `since` another time nothing is missed, whatever became of Vigie; what came after it comes again.
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
  /** Vigie refused us, and will the next time: authenticate() anew. */
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
  /** Entries that will never be in Vigie: the queue was full, or Vigie refused them. */
  onDropped(listener: (dropped: Dropped) => void): Unsubscribe {
    return this.#sender.dropped.add(listener);
  }

  /** Signs in, now or as soon as there is a connection, and again whenever there is a new one. */
  authenticate(userId: string, appId: string, token?: string): void {
    if (this.#identity && this.#identity.appId !== appId) {
      this.#resume.forget();
      this.#questions.giveUp("Another application was signed in to.", false);
    }
    this.#identity = { userId, appId, ...(token === undefined ? {} : { token }) };
    if (!this.#connection.isOpen) return void this.#connection.open();
    this.#signIn(); // what comes until we are let in again is not shown
  }

  /**
   * Takes an entry, whatever the state of the connection, and gives its id. `metadata` is made to JSON at once: a member
   * that cannot be read says so in its place. Throws nothing but, with `whenFull: "throw"`, that the queue is full.
   */
  log(level: string, message: unknown, metadata?: unknown, timestampMs: number | Date = Date.now()): string {
    return this.#sender.log(level, message, metadata, timestampMs);
  }

  /** Resolves when all that log() has taken is safe in Vigie, or given up. */
  flushed(): Promise<void> {
    return this.#sender.flushed();
  }

  /** Resolves when log() can take an entry without giving one up. */
  roomy(): Promise<void> {
    return this.#sender.roomy();
  }

  /** What onLogs() is to give from now on, or as soon as we are signed in. */
  setFilters(filters: LogFilters): void {
    this.#filters = filters;
    if (this.#isListening) this.#connection.send(encode("filter", filters));
    else if (this.#signInsAsked > 0) this.#signIn(); // what is caught up is to obey it
  }

  /** The newest entries that pass the filter, oldest first, or those before a place. */
  requestHistory(request: HistoryRequest = {}): Promise<LogEntry[]> {
    return this.#askHistory(request);
  }

  /** One look at the machine now, besides those that come by themselves; onMetrics() gives it. False: not signed in. */
  requestMetrics(): boolean {
    return this.#tell("request_metrics", undefined);
  }

  subscribe(subscription: Subscription): void {
    this.#subscription = { ...this.#subscription, ...subscription };
    this.#tell("subscribe", subscription);
  }

  /** Empties the application's history, for everybody. False: not signed in, and nothing is done. */
  clearLogs(): boolean {
    return this.#tell("clear", undefined);
  }

  /** Figures of the application about itself. False: not signed in, and they are not kept. */
  sendMetrics(metrics: { [name: string]: Json }, timestamp: number = Date.now()): boolean {
    return this.#tell("send_metrics", { metrics, timestamp });
  }

  command(type: string, data?: Json): Promise<CommandResponse> {
    return this.#ask("command", { type, ...(data === undefined ? {} : { data }) }, "command_response");
  }

  /** The last commands of the application, oldest first. */
  lastActions(): Promise<PastCommand[]> {
    return this.#ask<ServerPayloads["get_last_actions"]>("get_last_actions", undefined, "get_last_actions").then(pastCommands);
  }

  checkStatus(): Promise<Status> {
    return this.#ask("check_status", undefined, "status_response");
  }

  /** Does not wait for its time to try again. */
  retryNow(): void {
    if (this.state.name === "waiting") void this.#connection.open();
  }

  /** Ends the connection for good, once what log() has taken is in Vigie, or after a while: `waitMs`. */
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
    this.#questions.giveUp("The connection to Vigie was lost.");
  }

  #signIn(): void {
    this.#isListening = false;
    // A filter can be set only by who is signed in, and all that comes is to obey it: then we sign in twice.
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

  /** Before we are signed in, Vigie answers all else with a refusal to sign in. */
  #tell<Type extends keyof ClientData>(type: Type, data: ClientData[Type]): boolean {
    return this.#isListening && this.#connection.send(encode(type, data));
  }

  #askHistory(request: HistoryRequest): Promise<LogEntry[]> {
    // Each has a type of answer of its own, so that it is no other's, whatever became of those before.
    const type = `${historyType}.${++this.#historyQuestions}`;
    return this.#ask<{ logs: LogEntry[] }>("history", request, type, type).then(({ logs }) => logs);
  }

  #ask<Answer>(type: keyof ClientData, data: object | undefined, answerType: string, responseType?: string): Promise<Answer> {
    if (!this.#isListening) return Promise.reject(new ConnectionLost("There is no connection to Vigie."));
    return this.#questions.ask(type, data, answerType, responseType);
  }

  #fail(error: ServerError): void {
    // Who is signed in already is told so that another sign-in is refused.
    if (error.requestType === "auth" && this.#signInsAsked > 0) return this.#refuse({ code: error.code, message: error.message });
    const isOfLogs = error.requestType === "logs" || (error.code === "invalid_json" && error.requestType === undefined);
    if (isOfLogs && this.#sender.refused(error)) return;
    this.#questions.refuse(error);
    this.#error.tell(error);
  }

  #refuse(refusal: AuthError): void {
    // Somebody else may have failed at this address: our turn comes.
    const { retryAfterMs, message } = refusal;
    if (retryAfterMs !== undefined) return this.#connection.retryAfter(retryAfterMs, tryLaterCode, message);
    this.#authFailed.tell(refusal);
    this.#connection.close(refusal.message, true);
  }

  #receive(type: string, payload: unknown): void {
    if (type !== "connect" && (typeof payload !== "object" || payload === null)) return;
    if (this.#questions.answer(type, payload)) return;
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
        // While we sign in, what came before it was not shown.
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
