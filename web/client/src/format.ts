// SPDX-License-Identifier: GPL-3.0-or-later
import { textOf, toJson } from "./tojson.js";

/** The text of a console call, and those of its values that are not strings. */
export interface Formatted {
  text: string;
  values: unknown[];
}

/** The result of an object's own conversion to text; undefined if it has none. */
function ownText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof Error || value instanceof Date) return undefined;
  const { toString } = value;
  const builtIn: unknown[] = [undefined, Object.prototype.toString, Array.prototype.toString, RegExp.prototype.toString];
  return typeof toString !== "function" || builtIn.includes(toString) ? undefined : String(value);
}

function numberText(value: unknown, read: (value: never) => number): string {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "symbol" ? "NaN" : textOf(read(value as never));
}

function written(kind: string, value: unknown): string {
  try {
    switch (kind) {
      case "s":
        return ownText(value) ?? textOf(value);
      case "d":
        return numberText(value, Number);
      case "i":
        return numberText(value, Number.parseInt);
      case "f":
        return typeof value === "bigint" ? String(Number(value)) : numberText(value, Number.parseFloat);
      case "c":
        return ""; // a style
      case "j":
        return JSON.stringify(toJson(value)) ?? "undefined";
    }
  } catch {
    return kind === "s" ? textOf(value) : "NaN"; // the value's own conversion failed
  }
  return typeof value === "string" ? JSON.stringify(value) : textOf(value);
}

/**
 * Formats values as a console does. If the first is a string and others follow, %s %d %i %f %j %o %O are replaced by the next
 * value, %c consumes a style, and %% is a percent sign. Remaining values are appended, separated by spaces. Never throws.
 */
export function formatConsole(data: readonly unknown[]): Formatted {
  const [first, ...rest] = data;
  if (typeof first !== "string" || rest.length === 0) {
    return { text: data.map(textOf).join(" "), values: data.filter((value) => typeof value !== "string") };
  }
  let next = 0;
  const styles = new Set<number>();
  const text = first.replace(/%([%sdifjoOc])/g, (sign, kind: string) => {
    if (kind === "%") return "%";
    if (next >= rest.length) return sign;
    if (kind === "c") styles.add(next);
    return written(kind, rest[next++]);
  });
  return {
    text: [text, ...rest.slice(next).map(textOf)].join(" "),
    values: rest.filter((value, i) => typeof value !== "string" && !styles.has(i)),
  };
}
