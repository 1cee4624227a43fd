// SPDX-License-Identifier: GPL-3.0-or-later
// What stands along a time axis: docs/design-language.md says how.
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";
import type { View } from "./timeline.js";
import { agesOf, dayStart, timeMarks } from "./timemarks.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const markPixels = 80; // minimum distance of marks
const edgePixels = 20; // nearer to an end, a text would leave the plot
const dayPixels = 48; // the same, of one with its day
const endPixels = 90; // the same, where an end has a text of its own

type Words = Pick<Texts, "ago" | "now" | "units">;

/** A mark; its text may be empty. */
export interface AxisMark {
  timeMs: number;
  text: string;
}

/** Whether the axis tells how long ago things were: where it ends now and is no longer than an hour. */
function isRelative({ fromMs, toMs, isLive }: View): boolean {
  return isLive && toMs - fromMs <= hourMs;
}

/** What stands at the ends of a relative axis: −5 min, now. undefined: marks, as between them. */
export function axisEnds(view: View, format: Format, texts: Words): [string, string] | undefined {
  return isRelative(view) ? [format.ago(view.toMs - view.fromMs, texts), texts.now] : undefined;
}

/** The marks of an axis `pixels` long. */
export function axisMarks(view: View, pixels: number, format: Format, texts: Words): AxisMark[] {
  const { fromMs, toMs } = view;
  const msPerPixel = (toMs - fromMs) / Math.max(1, pixels);
  const within = (timeMs: number, edge: number): boolean => timeMs - fromMs >= edge * msPerPixel && toMs - timeMs >= edge * msPerPixel;
  if (isRelative(view)) {
    return agesOf(toMs - fromMs, markPixels * msPerPixel).map((ageMs) =>
      ({ timeMs: toMs - ageMs, text: within(toMs - ageMs, endPixels) ? format.ago(ageMs, texts) : "" }));
  }
  const { times, stepMs } = timeMarks(fromMs, toMs, markPixels * msPerPixel);
  const tellsDay = stepMs >= dayMs || times.some((timeMs) => timeMs === dayStart(timeMs) && within(timeMs, edgePixels));
  const wantsDay = !tellsDay && !format.isToday(toMs);
  const marks = times.map((timeMs) => ({ timeMs, text: within(timeMs, wantsDay ? dayPixels : edgePixels) ? format.tick(timeMs, stepMs) : "" }));
  const first = marks.find(({ text }) => text);
  if (wantsDay && first) first.text = `${format.day(first.timeMs)}, ${first.text}`;
  return marks;
}
