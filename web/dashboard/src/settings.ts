// SPDX-License-Identifier: GPL-3.0-or-later
import { Signal } from "./signal.js";
import { languageNames, preferredLanguage, type Language } from "./texts.js";

export type Theme = "system" | "light" | "dark";

/** The reader's settings, stored in the browser if it allows that. */
export class Settings {
  readonly language: Signal<Language>;
  readonly theme: Signal<Theme>;
  readonly rangeSeconds: Signal<number>;
  readonly perCore: Signal<boolean>;
  /** Whether long lines of the log go on in the next row. */
  readonly wraps: Signal<boolean>;
  /** The name by which the reader signed in last. */
  readonly name: Signal<string>;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem">, wanted: readonly string[]) {
    this.language = this.#signal("language", preferredLanguage(wanted), (text) => (text in languageNames ? (text as Language) : undefined));
    this.theme = this.#signal<Theme>("theme", "system", (text) => (["system", "light", "dark"].includes(text) ? (text as Theme) : undefined));
    this.rangeSeconds = this.#signal("range", 300, (text) => (Number(text) >= 10 ? Number(text) : undefined));
    this.perCore = this.#signal("perCore", false, (text) => text === "true");
    this.wraps = this.#signal("wraps", false, (text) => text === "true");
    this.name = this.#signal("name", "", (text) => text);
  }

  #signal<Value>(name: string, usual: Value, read: (text: string) => Value | undefined): Signal<Value> {
    const key = `vigie.${name}`;
    let stored: string | null = null;
    try {
      stored = this.storage.getItem(key);
    } catch {
      // The browser does not store anything.
    }
    const signal = new Signal<Value>((stored === null ? undefined : read(stored)) ?? usual);
    let isFirst = true;
    signal.watch((value) => {
      if (isFirst) return void (isFirst = false);
      try {
        this.storage.setItem(key, String(value));
      } catch {
        // The setting lasts until the page is closed.
      }
    });
    return signal;
  }
}
