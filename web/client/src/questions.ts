// SPDX-License-Identifier: GPL-3.0-or-later
import { encode, type ClientData, type ServerError } from "./messages.js";

/** Why a request has no answer. */
export class ConnectionLost extends Error {}

interface Question {
  requestType: keyof ClientData;
  answerType: string;
  text: string;
  resolve: (payload: never) => void;
  reject: (error: Error) => void;
}

/**
 * Questions and their answers. A refusal says only of which type the question was: so of each type one is asked at a
 * time, and the others wait for their turn.
 */
export class Questions {
  readonly #send: (text: string) => boolean;
  #waiting: Question[] = [];
  #asked = new Map<keyof ClientData, Question>();

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

  /** Whether it is the answer to one of them. */
  answer(type: string, payload: unknown): boolean {
    const question = [...this.#asked.values()].find(({ answerType }) => answerType === type);
    if (!question) return false;
    this.#done(question);
    question.resolve(payload as never);
    return true;
  }

  /** An error of Vigie's: the question that it is about, if it is, has no answer. */
  refuse(error: ServerError): void {
    const question = this.#asked.get(error.requestType as keyof ClientData);
    if (!question) return;
    this.#done(question);
    question.reject(new Error(error.message));
  }

  /** Nobody answers any more; `all` false: those that were asked are still answered. */
  giveUp(reason: string, all = true): void {
    const lost = [...(all ? this.#asked.values() : []), ...this.#waiting];
    this.#waiting = [];
    if (all) this.#asked.clear();
    for (const { reject } of lost) reject(new ConnectionLost(reason));
  }

  #done({ requestType }: Question): void {
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
