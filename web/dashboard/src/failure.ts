// SPDX-License-Identifier: GPL-3.0-or-later
import { isSuperseded, RequestFailed } from "./api.js";
import type { Texts } from "./texts.js";

/** The failure to report for an error; undefined if a newer request has replaced this one. */
export function failureOf(error: unknown): RequestFailed | undefined {
  if (isSuperseded(error)) return undefined;
  return error instanceof RequestFailed ? error : new RequestFailed(0, undefined, String(error));
}

/** Why a request failed, and whether it is retried. */
export function whyText(failure: RequestFailed, texts: Texts): string {
  const why = failure.message || texts.unreachable;
  const sentence = /[.!?…]$/.test(why) ? why : `${why}.`;
  return failure.mayRetry && !failure.isNotKept ? `${sentence} ${texts.askedAgain}` : sentence;
}
