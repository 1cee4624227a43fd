// SPDX-License-Identifier: GPL-3.0-or-later
import { reasonOf } from "./tojson.js";

export type Unsubscribe = () => void;

const telling = new WeakMap<object, number>(); // for each client: how many of its echo listeners are running now
const raised = new WeakMap<object, object>(); // errors thrown by such listeners, with the client

/** Works for objects of other realms and without a prototype, too. */
function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** A set of listeners, called in the order of registration. */
export class Listeners<Value> {
  readonly #listeners = new Map<symbol, (value: Value) => void>();
  readonly #echoesOf: object | undefined;

  /** `echoesOf`: the client whose own entries can trigger these listeners, so that logging from them would never end. */
  constructor(echoesOf?: object) {
    this.#echoesOf = echoesOf;
  }

  add(listener: (value: Value) => void): Unsubscribe {
    const key = Symbol();
    this.#listeners.set(key, listener);
    return () => void this.#listeners.delete(key);
  }

  /** Calls all listeners. If one throws, the others are still called; its error is rethrown later. */
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

/** Whether the current code runs within an echo listener of this client. */
export function isEchoOf(client: object): boolean {
  return (telling.get(client) ?? 0) > 0;
}

/** Whether an echo listener of this client threw this error. */
export function isErrorOfEcho(client: object, error: unknown): boolean {
  return isObject(error) && raised.get(error) === client;
}
