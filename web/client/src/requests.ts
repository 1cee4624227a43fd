// SPDX-License-Identifier: GPL-3.0-or-later
import { encode, type ClientData, type ServerError } from "./messages.js";

/** A request got no answer because the connection was lost. */
export class ConnectionLost extends Error {}

interface PendingRequest {
  requestType: keyof ClientData;
  answerType: string;
  text: string;
  resolve: (payload: never) => void;
  reject: (error: Error) => void;
}

/**
 * Matches requests with their answers. A refusal names only the type of the request, so there is one request of each type in
 * flight, and the others are queued.
 */
export class PendingRequests {
  readonly #send: (text: string) => boolean;
  #waiting: PendingRequest[] = [];
  #asked = new Map<keyof ClientData, PendingRequest>();

  constructor(send: (text: string) => boolean) {
    this.#send = send;
  }

  ask<Answer>(
    requestType: keyof ClientData, data: object | undefined, answerType: string, responseType?: string,
  ): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const text = encode(requestType, data as never, responseType);
      this.#waiting.push({ requestType, answerType, text, resolve, reject });
      this.#askNext(requestType);
    });
  }

  /** Handles a message if it is the answer to a pending request. Returns whether it was. */
  answer(type: string, payload: unknown): boolean {
    const question = [...this.#asked.values()].find(({ answerType }) => answerType === type);
    if (!question) return false;
    this.#done(question);
    question.resolve(payload as never);
    return true;
  }

  /** An error from Vigie: rejects the request that it is about, if any. */
  refuse(error: ServerError): void {
    const question = this.#asked.get(error.requestType as keyof ClientData);
    if (!question) return;
    this.#done(question);
    question.reject(new Error(error.message));
  }

  /** Rejects the pending requests; with `all` false, only those that were not sent. */
  giveUp(reason: string, all = true): void {
    const lost = [...(all ? this.#asked.values() : []), ...this.#waiting];
    this.#waiting = [];
    if (all) this.#asked.clear();
    for (const { reject } of lost) reject(new ConnectionLost(reason));
  }

  #done({ requestType }: PendingRequest): void {
    this.#asked.delete(requestType);
    this.#askNext(requestType);
  }

  #askNext(requestType: keyof ClientData): void {
    if (this.#asked.has(requestType)) return;
    const index = this.#waiting.findIndex((question) => question.requestType === requestType);
    if (index < 0) return;
    const question = this.#waiting.splice(index, 1)[0]!;
    this.#asked.set(requestType, question);
    this.#send(question.text);
  }
}
