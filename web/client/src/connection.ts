// SPDX-License-Identifier: GPL-3.0-or-later
import { Backoff, type BackoffOptions } from "./backoff.js";
import { Listeners } from "./listeners.js";
import { decode } from "./messages.js";
import { findWebSocket } from "#platform";
import type { Socket, WebSocketConstructor } from "./socket.js";

export type ConnectionState =
  | { name: "connecting"; attempt: number }
  | { name: "open" }
  | { name: "signedIn" }
  /** The connection was lost or could not be made. The next attempt is at `retryAtMs` of Date.now(). */
  | { name: "waiting"; attempt: number; retryAtMs: number; code: number; reason: string }
  /** Closed for good, by close() or because Vigie refused us; then with its close code, if any. */
  | { name: "closed"; reason: string; isFinal: boolean; code?: number };

const finalCloseCodes = new Set([4001, 4002, 4003, 4004]); // docs/protocol.md: retrying cannot help
const silenceMs = 25_000; // Vigie sends metrics every 5 s, unless subscribed to a longer interval
const lostCode = 1006; // what browsers report if a connection ends without a close frame

/**
 * Maintains one connection to a URL; reconnects with growing waits when it is lost. `onSilence` may send something that is
 * answered; if the connection is silent for as long again, it counts as lost.
 */
export class Connection {
  readonly stateChanged = new Listeners<ConnectionState>();
  readonly received = new Listeners<{ type: string; payload: unknown }>();
  readonly silent = new Listeners<void>();
  readonly #url: string;
  readonly #backoff: Backoff;
  readonly #given: WebSocketConstructor | undefined;
  #state: ConnectionState = { name: "connecting", attempt: 0 };
  #socket: Socket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setInterval> | undefined;
  #silentLooks = 0;

  constructor(url: string, given: WebSocketConstructor | undefined, backoff: BackoffOptions | undefined) {
    this.#url = url;
    this.#given = given;
    this.#backoff = new Backoff(backoff);
  }

  get state(): ConnectionState {
    return this.#state;
  }
  get isOpen(): boolean {
    return this.#state.name === "open" || this.#state.name === "signedIn";
  }
  get isClosed(): boolean {
    return this.#state.name === "closed";
  }

  /** Connects now, unless connected or connecting. */
  async open(): Promise<void> {
    if (this.#socket || this.isOpen) return;
    clearTimeout(this.#retryTimer);
    this.#setState({ name: "connecting", attempt: this.#backoff.attempt });
    let socket: Socket;
    try {
      const WebSocket = this.#given ?? (await findWebSocket());
      if (this.#socket || this.isClosed) return;
      socket = new WebSocket(this.#url);
    } catch (error) {
      // There is no WebSocket, or the URL is invalid: retrying cannot help.
      this.#setState({ name: "closed", reason: error instanceof Error ? error.message : String(error), isFinal: true });
      return;
    }
    this.#socket = socket;
    socket.onopen = () => {
      this.#silentLooks = 0;
      this.#silenceTimer = setInterval(() => this.#listen(), silenceMs);
      this.#setState({ name: "open" });
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      this.#silentLooks = 0;
      const message = decode(data);
      if (message) this.received.tell(message);
    };
    socket.onerror = () => {}; // onclose follows
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => this.#lose(code, reason);
  }

  send(text: string): boolean {
    if (!this.isOpen) return false;
    this.#socket?.send(text);
    return true;
  }

  /** Vigie accepted the sign-in. */
  noteSignedIn(): void {
    this.#backoff.reset();
    this.#setState({ name: "signedIn" });
  }

  /** Closes the connection for good, or until the next open(). */
  close(reason: string, isFinal: boolean): void {
    const socket = this.#drop();
    clearTimeout(this.#retryTimer);
    socket?.close(1000);
    this.#setState({ name: "closed", reason, isFinal });
  }

  /** Closes this connection and reconnects in `waitMs` at the earliest. */
  retryAfter(waitMs: number, code: number, reason: string): void {
    this.#drop()?.close();
    this.#retryLater(code, reason, waitMs);
  }

  #listen(): void {
    if (++this.#silentLooks === 1) return;
    if (this.#silentLooks === 2) return this.silent.tell();
    this.#drop()?.close();
    this.#retryLater(lostCode, "");
  }

  #lose(code: number, reason: string): void {
    this.#drop();
    if (finalCloseCodes.has(code)) this.#setState({ name: "closed", reason, isFinal: true, code });
    else this.#retryLater(code, reason);
  }

  #drop(): Socket | undefined {
    const socket = this.#socket;
    clearInterval(this.#silenceTimer);
    this.#socket = undefined;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }

  #retryLater(code: number, reason: string, minMs = 0): void {
    const waitMs = Math.max(minMs, this.#backoff.next());
    this.#retryTimer = setTimeout(() => void this.open(), waitMs);
    this.#setState({ name: "waiting", attempt: this.#backoff.attempt, retryAtMs: Date.now() + waitMs, code, reason });
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.stateChanged.tell(state);
  }
}
