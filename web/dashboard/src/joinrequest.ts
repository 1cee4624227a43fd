// SPDX-License-Identifier: GPL-3.0-or-later
import { decode, encode, type Identity } from "vigie-client";

/** The result of a request for access: a token to sign in with, or a code of the protocol. */
export type JoinAnswer = { token: string } | { code: string };

/** Asks the owner for access, and waits for the answer on a connection of its own. */
export class JoinRequest {
  readonly #socket: WebSocket;
  #isOver = false;

  constructor(identity: Identity, address: URL, onAnswer: (answer: JoinAnswer) => void) {
    const url = new URL(address.pathname, address);
    url.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const end = (answer: JoinAnswer) => {
      if (this.#isOver) return;
      this.cancel();
      onAnswer(answer);
    };
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => this.#socket.send(encode("request_access", { appId: identity.appId, userId: identity.userId }));
    this.#socket.onmessage = ({ data }) => {
      const message = decode(data);
      const payload = (message?.payload ?? {}) as { token?: unknown; code?: unknown };
      if (message?.type === "access_granted" && typeof payload.token === "string") end({ token: payload.token });
      else if (message?.type === "access_denied" || message?.type === "error") end({ code: String(payload.code) });
    };
    this.#socket.onclose = ({ code }) => end({ code: code === 4003 ? "denied" : "lost" });
  }

  cancel(): void {
    this.#isOver = true;
    this.#socket.close();
  }
}
