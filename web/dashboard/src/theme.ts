// SPDX-License-Identifier: GPL-3.0-or-later
import type { Theme } from "./settings.js";

/** The colours for canvases, the same as in the style sheet. */
export interface Colours {
  text: string;
  accent: string;
  muted: string;
  grid: string;
  cpu: string;
  memory: string;
  swap: string;
  incoming: string;
  outgoing: string;
  levels: { [severity: string]: string };
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

export function currentColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("text"), accent: of("accent"), muted: of("muted"), grid: of("grid"), cpu: of("cpu"), memory: of("memory"), swap: of("swap"),
    incoming: of("incoming"), outgoing: of("outgoing"),
    levels: Object.fromEntries(["trace", "debug", "info", "warn", "error", "fatal", "other"].map((level) => [level, of(`level-${level}`)])),
  };
}
