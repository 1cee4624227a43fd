// SPDX-License-Identifier: GPL-3.0-or-later
// The worker in which a regular expression runs: it may take forever here without stopping the page.
import { spansOf, type Span } from "./spans.js";

/** What the page asks, one at a time: first the pattern, which has no answer. */
export type Ask =
  | { source: string; flags: string }
  /** Which of these match, each by one of its texts? */
  | { choices: string[][] }
  /** Where does it match in this text? */
  | { text: string };
export type Answer = "ready" | boolean[] | Span[];

let pattern = /(?:)/g;

function matches(text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  if ("source" in data) pattern = new RegExp(data.source, data.flags);
  else postMessage(("choices" in data ? data.choices.map((texts) => texts.some(matches)) : spansOf(pattern, data.text)) satisfies Answer);
});
postMessage("ready" satisfies Answer);
