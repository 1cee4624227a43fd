// SPDX-License-Identifier: GPL-3.0-or-later

export type Unsubscribe = () => void;

/** Functions that want to be told of something, in the order in which they came. */
export class Listeners<Value> {
  readonly #listeners = new Map<symbol, (value: Value) => void>();

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  add(listener: (value: Value) => void): Unsubscribe {
    const key = Symbol();
    this.#listeners.set(key, listener);
    return () => void this.#listeners.delete(key);
  }

  /** Tells all. One that throws keeps nobody from being told: its error is raised later, by itself. */
  tell(value: Value): void {
    for (const listener of [...this.#listeners.values()]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
