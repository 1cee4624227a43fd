// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when a regular expression is searched for.
import { fromRe2 } from "./regexdialect.js";
import type { Answer, Ask } from "./regexworker.js";
import { maxSearched, storedRegex } from "./search.js";
import type { Span } from "./spans.js";

declare const regexWorkerAddress: string; // by build.mjs

const answerMs = 1_000;
const loadMs = 10_000; // until the worker can be asked
const graceMs = 50; // for an answer that arrived while the page was busy
const maxMarks = 400; // texts that wait to be marked; of more, the last ones are in view

/** What RegexSearch uses of a Worker. */
export type RegexWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

interface Question {
  ask: Ask;
  /** Not called if there is no answer. */
  answered: (answer: Answer) => void;
}

/**
 * A search for a regular expression. It runs in a worker, which ends if an answer takes longer than a second: the time
 * of an expression has no bound in a browser. Answers come in the order of the questions.
 */
export class RegexSearch {
  readonly isRegex = true;
  /** The same as an RE2 expression for Vigie. */
  readonly stored: string;
  #worker: RegexWorker | undefined;
  #isAsked = true; // the first answer says that it is ready
  #choices: Question[] = [];
  #marks: Question[] = [];
  #current: Question | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #pattern: RegExp; // never runs here
  #isTooSlow = false;

  /** It is too slow from now on. */
  onTooSlow: () => void = () => {};

  /** Throws a SyntaxError. */
  constructor(text: string, private readonly start: () => RegexWorker = () => new Worker(regexWorkerAddress)) {
    this.#pattern = fromRe2(text);
    this.stored = storedRegex(text);
  }

  /** The browser takes too long for it: only Vigie can tell what matches. */
  get isTooSlow(): boolean {
    return this.#isTooSlow;
  }

  /** Which match, each by one of its texts. Never settles if there is no answer. */
  choose(choices: string[][]): Promise<boolean[]> {
    return new Promise((resolve) => {
      this.#choices.push({ ask: { choices }, answered: (answer) => resolve(answer as boolean[]) });
      this.#next();
    });
  }

  /** The matches to highlight. Never settles if there is no answer. */
  spans(text: string): Span[] | Promise<Span[]> {
    if (this.#isTooSlow) return [];
    return new Promise((resolve) => {
      this.#marks.push({ ask: { text: text.slice(0, maxSearched) }, answered: (answer) => resolve(answer as Span[]) });
      if (this.#marks.length > maxMarks) this.#marks.shift();
      this.#next();
    });
  }

  /** Answers no more. */
  end(): void {
    this.#worker?.terminate();
    this.#isAsked = true;
    clearTimeout(this.#timer);
    this.#choices = [];
    this.#marks = [];
  }

  #next(): void {
    if (!this.#worker) return this.#load();
    if (this.#isAsked) return;
    this.#current = this.#marks.shift() ?? this.#choices.shift();
    if (!this.#current) return;
    this.#isAsked = true;
    this.#worker.postMessage(this.#current.ask);
    this.#expect(answerMs);
  }

  #load(): void {
    const { source, flags } = this.#pattern;
    this.#worker = this.start();
    this.#worker.onerror = () => this.#giveUp();
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(this.#timer);
      this.#isAsked = false;
      this.#current?.answered(data);
      this.#current = undefined;
      this.#next();
    };
    this.#worker.postMessage({ source, flags } satisfies Ask);
    this.#expect(loadMs);
  }

  #expect(waitMs: number): void {
    this.#timer = setTimeout(() => (this.#timer = setTimeout(() => this.#giveUp(), graceMs)), waitMs);
  }

  #giveUp(): void {
    this.end();
    this.#isTooSlow = true;
    this.onTooSlow();
  }
}
