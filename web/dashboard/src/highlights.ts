// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogEntry } from "vigie-client";
import { metadataText } from "./entrytext.js";
import { plainText } from "./visible.js";

const stored = "vigie.highlights";
const colours = 6; // in log.css
export const maxHighlights = 20;
const maxText = 200;

/** A text whose entries are coloured, and which of the colours, from 1. */
export interface Highlight {
  text: string;
  colour: number;
}

/** The reader's rules for colouring entries, kept in the browser. */
export class Highlights {
  #rules: readonly Highlight[] = [];

  onChange: () => void = () => {};

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem">) {
    try {
      const said = JSON.parse(storage.getItem(stored) ?? "[]") as unknown;
      if (Array.isArray(said)) for (const text of said) if (typeof text === "string") this.#add(text);
    } catch {
      // There are none, then.
    }
  }

  get rules(): readonly Highlight[] {
    return this.#rules;
  }

  /** There is no room for another. */
  get isFull(): boolean {
    return this.#rules.length >= maxHighlights;
  }

  /** Does nothing if it is full. */
  add(text: string): void {
    this.#add(text);
    this.#changed();
  }

  remove(text: string): void {
    this.#rules = this.#rules.filter((rule) => rule.text !== text);
    this.#changed();
  }

  /** The colour of an entry; undefined: none. */
  colourOf(entry: LogEntry): number | undefined {
    if (this.#rules.length === 0) return undefined;
    const text = `${plainText(entry.message)}\n${metadataText(entry)}`.toLowerCase();
    return this.#rules.find((rule) => text.includes(rule.text.toLowerCase()))?.colour;
  }

  #add(text: string): void {
    const wanted = text.trim().slice(0, maxText);
    if (!wanted || this.isFull || this.#rules.some((rule) => rule.text === wanted)) return;
    const uses = Array.from({ length: colours }, (_, i) => this.#rules.filter(({ colour }) => colour === i + 1).length);
    this.#rules = [...this.#rules, { text: wanted, colour: uses.indexOf(Math.min(...uses)) + 1 }];
  }

  #changed(): void {
    try {
      this.storage.setItem(stored, JSON.stringify(this.#rules.map(({ text }) => text)));
    } catch {
      // They last until the page is closed.
    }
    this.onChange();
  }
}
