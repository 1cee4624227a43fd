// SPDX-License-Identifier: GPL-3.0-or-later
// The levels that the program's own test reads: one list holds both tables to it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { severities, severityOf, type Severity } from "../dist/severity.js";

const levels = JSON.parse(readFileSync(new URL("../../../tests/data/levels.json", import.meta.url), "utf8")) as { [severity in Severity]: string[] };

test("levels mean what the program says", () => {
  assert.deepEqual(Object.keys(levels), [...severities]);
  for (const severity of severities) {
    for (const level of levels[severity]) assert.equal(severityOf(level), severity, JSON.stringify(level));
  }
});

test("what the list does not name means nothing", () => {
  const known = new Set(severities.slice(0, -1).flatMap((severity) => levels[severity].map((level) => level.toLowerCase())));
  const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
  let words = [""];
  for (let length = 1; length <= 3; length += 1) {
    words = words.flatMap((word) => letters.map((letter) => word + letter));
    assert.deepEqual(words.filter((word) => severityOf(word) !== "other" && !known.has(word)), []);
  }
});
