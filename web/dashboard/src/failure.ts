// SPDX-License-Identifier: GPL-3.0-or-later
import { isReplaced, QuestionFailed } from "./api.js";
import type { Texts } from "./texts.js";

/** What is to be said of an error of a question; undefined: nothing, as another question has taken its place. */
export function failureOf(error: unknown): QuestionFailed | undefined {
  if (isReplaced(error)) return undefined;
  return error instanceof QuestionFailed ? error : new QuestionFailed(0, undefined, String(error));
}

/** Why a question has no answer, and whether it is asked again. */
export function whyText(failure: QuestionFailed, texts: Texts): string {
  const why = failure.message || texts.unreachable;
  const sentence = /[.!?…]$/.test(why) ? why : `${why}.`;
  return failure.mayRetry && !failure.isNotKept ? `${sentence} ${texts.askedAgain}` : sentence;
}
