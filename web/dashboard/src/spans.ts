// SPDX-License-Identifier: GPL-3.0-or-later

/** A range in a text: start and end. */
export type Span = [number, number];

/** The first 50 matches of a global pattern, without empty ones. */
export function spansOf(pattern: RegExp, text: string): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match && spans.length < 50; match = pattern.exec(text)) {
    if (match[0].length > 0) spans.push([match.index, match.index + match[0].length]);
    else ++pattern.lastIndex;
  }
  return spans;
}
