// SPDX-License-Identifier: GPL-3.0-or-later
import { reasonOf } from "./tojson.js";

export type Unsubscribe = () => void;

const telling = new WeakMap<object, number>(); // how many such listeners of each client are being told right now
const raised = new WeakMap<object, object>(); // errors of such listeners, and whose

/** Also of another realm, or without a prototype. */
function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Functions that want to be told of something, in the order in which they came. */
export class Listeners<Value> {
  readonly #listeners = new Map<symbol, (value: Value) => void>();
  readonly #echoesOf: object | undefined;

  /** `echoesOf`: the client of which these hear what its own entries may cause, so that logging it would never end. */
  constructor(echoesOf?: object) {
    this.#echoesOf = echoesOf;
  }

  add(listener: (value: Value) => void): Unsubscribe {
    const key = Symbol();
    this.#listeners.set(key, listener);
    return () => void this.#listeners.delete(key);
  }

  /** Tells all. One that throws keeps nobody from being told: its error is raised later, by itself. */
  tell(value: Value): void {
    const owner = this.#echoesOf;
    if (owner) telling.set(owner, (telling.get(owner) ?? 0) + 1);
    for (const listener of [...this.#listeners.values()]) {
      try {
        listener(value);
      } catch (thrown) {
        const error = owner && !isObject(thrown) ? new Error(reasonOf(thrown)) : thrown;
        if (owner) raised.set(error as object, owner);
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    if (owner) telling.set(owner, telling.get(owner)! - 1);
  }
}

/** Whether what is written now is written by who is told of the client's own entries. */
export function isEchoOf(client: object): boolean {
  return (telling.get(client) ?? 0) > 0;
}

/** Whether an error is of one of these. */
export function isErrorOfEcho(client: object, error: unknown): boolean {
  return isObject(error) && raised.get(error) === client;
}
