// SPDX-License-Identifier: GPL-3.0-or-later

/** What a level means, ascending; "other" is unknown. */
export const severities = ["trace", "debug", "info", "warn", "error", "fatal", "other"] as const;
export type Severity = (typeof severities)[number];

/** src/core/severity.cpp has the same table; tests/data/levels.json checks both. */
const meanings: { [severity in Severity]: string } = {
  trace: "trace trc trac trce verbose vrb silly finest finer t v 10",
  debug: "debug dbg debu dbug fine config http d 20",
  info: "info inf information informational log notice ntc success i 30",
  warn: "warn warning wrn w 40",
  error: "error err erro severe fail e 50",
  fatal: "fatal ftl fata critical crit crt alert emerg emergency panic pani pnc dpanic f 60",
  other: "",
};
const severityOfLevel = new Map(severities.flatMap((severity) => meanings[severity].split(" ").map((level) => [level, severity])));

const trimmed = (level: string): string => level.replace(/^[ \t\r\n\v\f]+/, "").replace(/[ \t\r\n\v\f]+$/, "");

/** The word without its decoration: "[ERROR]", "<error>", "ERROR:". */
function withoutDecoration(level: string): string {
  let word = trimmed(level);
  if (word.endsWith(":")) word = trimmed(word.slice(0, -1));
  const isInBrackets = word.length > 1 && ["[]", "<>", "()", "{}"].includes(word[0]! + word.at(-1)!);
  return isInBrackets ? trimmed(word.slice(1, -1)) : word;
}

/** As docs/protocol.md defines: ignores case, white space, surrounding brackets and a trailing colon. */
export function severityOf(level: string): Severity {
  return severityOfLevel.get(level.toLowerCase()) ?? severityOfLevel.get(withoutDecoration(level).toLowerCase()) ?? "other";
}
