// SPDX-License-Identifier: GPL-3.0-or-later
// Which languages there are. Each one's texts are a file of their own, loaded when it is chosen.
import type { en } from "./textsen.js";

export type Texts = typeof en;

export const languageNames = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof languageNames;

export async function textsOf(language: Language): Promise<Texts> {
  return language === "fr" ? (await import("./textsfr.js")).fr : (await import("./textsen.js")).en;
}

/** The first of the reader's languages that is available. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0]!;
    if (language in languageNames) return language as Language;
  }
  return "en";
}
