// SPDX-License-Identifier: GPL-3.0-or-later
import { metadataText } from "./entrytext.js";
import { firstLine, maxShown } from "./logrow.js";
import type { LogLine } from "./logstore.js";

const maxRows = 20; // of one wrapped line
const beside = 2; // columns between the parts of a line

/** Columns of a text in a monospaced font. */
function widthOf(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; ++i) if (text.charCodeAt(i) >= 0x1100) ++wide; // drawn twice as wide
  return text.length + wide;
}

/** How many rows a line takes when it is wrapped at so many columns. */
export function rowsOf({ entry, isNote }: LogLine, columns: number): number {
  if (isNote) return 1;
  let width = widthOf(firstLine(entry.message).slice(0, maxShown));
  if (entry.message.includes("\n")) width += beside + 10;
  if (entry.metadata !== undefined) width += beside + widthOf(metadataText(entry).slice(0, maxShown));
  return Math.max(1, Math.min(maxRows, Math.ceil(width / columns)));
}

/** Where the lines of a list are, in rows: one each or, when wrapped, as many as each needs. */
export class RowPlaces {
  #ends: number[] | undefined; // by line: rows up to its end; none: one row each
  #columns = 0;

  get isWrapped(): boolean {
    return this.#ends !== undefined;
  }

  /** `columns`: undefined: does not wrap. */
  set(lines: readonly LogLine[], columns: number | undefined): void {
    this.#columns = columns ?? 0;
    this.#ends = columns === undefined ? undefined : [];
    this.append(lines);
  }

  /** `lines`: all, of which the last are new. */
  append(lines: readonly LogLine[]): void {
    const ends = this.#ends;
    if (!ends) return;
    for (let i = ends.length; i < lines.length; ++i) ends.push((ends[i - 1] ?? 0) + rowsOf(lines[i]!, this.#columns));
  }

  topOf(index: number): number {
    return this.#ends ? (this.#ends[index - 1] ?? (index > 0 ? this.#ends.at(-1) ?? 0 : 0)) : index;
  }

  rowsAt(index: number): number {
    return this.#ends ? this.topOf(index + 1) - this.topOf(index) : 1;
  }

  /** The line at a row. */
  indexAt(row: number): number {
    const ends = this.#ends;
    if (!ends) return Math.floor(row);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
