// SPDX-License-Identifier: GPL-3.0-or-later

/** What a level means; "other" is one of no known meaning. Ascending. */
export const severities = ["trace", "debug", "info", "warn", "error", "fatal", "other"] as const;
export type Severity = (typeof severities)[number];

const meanings: { [severity in Severity]: string } = {
  trace: "trace verbose silly finest",
  debug: "debug fine",
  info: "info information log notice success",
  warn: "warn warning",
  error: "error err severe",
  fatal: "fatal critical crit alert emerg emergency panic",
  other: "",
};
const severityOfLevel = new Map(severities.flatMap((severity) => meanings[severity].split(" ").map((level) => [level, severity])));

/** As docs/protocol.md has it; case does not count. */
export function severityOf(level: string): Severity {
  return severityOfLevel.get(level.toLowerCase()) ?? "other";
}
