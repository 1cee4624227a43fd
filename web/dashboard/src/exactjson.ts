// SPDX-License-Identifier: GPL-3.0-or-later
// Parses and writes JSON to the letter: keeps numbers, names and their order as written.

/** A JSON value. `text` is the source text of a scalar. */
export type Exact =
  | { kind: "scalar"; text: string }
  | { kind: "list"; items: Exact[] }
  | { kind: "object"; members: [name: string, value: Exact][] };

const token = /\s*([{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\],:"]+)/gy;
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** Parses JSON. `text` must be valid, and no deeper than JSON.parse() accepts. */
export function readExact(text: string): Exact {
  token.lastIndex = 0;
  const next = (): string => token.exec(text)?.[1] ?? "";
  const read = (sign: string): Exact => {
    if (sign === "[") {
      const items: Exact[] = [];
      for (let at = next(); at && at !== "]"; at = next()) if (at !== ",") items.push(read(at));
      return { kind: "list", items };
    }
    if (sign === "{") {
      const members: [string, Exact][] = [];
      for (let at = next(); at && at !== "}"; at = next()) {
        if (at === ",") continue;
        next(); // the colon
        members.push([JSON.parse(at) as string, read(next())]);
      }
      return { kind: "object", members };
    }
    return { kind: "scalar", text: sign };
  };
  return read(next());
}

/** Like JSON.stringify(…, null, 2). */
export function writeExact(value: Exact, indent = ""): string {
  if (value.kind === "scalar") return value.text;
  const inner = `${indent}  `;
  const parts = value.kind === "list"
    ? value.items.map((item) => writeExact(item, inner))
    : value.members.map(([name, member]) => `${JSON.stringify(name)}: ${writeExact(member, inner)}`);
  const [open, close] = value.kind === "list" ? "[]" : "{}";
  return parts.length === 0 ? `${open}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Like JSON.stringify(…). */
export function writeCompact(value: Exact): string {
  if (value.kind === "scalar") return value.text;
  if (value.kind === "list") return `[${value.items.map(writeCompact).join(",")}]`;
  return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}:${writeCompact(member)}`).join(",")}}`;
}

/** All values at a key, which names nested ones as `a.b`; several if a name is repeated, or itself contains a point. */
export function valuesAt(value: Exact, key: string): Exact[] {
  if (value.kind === "scalar") return [];
  const members = value.kind === "list" ? value.items.map((item, i): [string, Exact] => [String(i), item]) : value.members;
  return members.flatMap(([name, member]) => {
    if (name === key) return [member];
    return key.startsWith(`${name}.`) ? valuesAt(member, key.slice(name.length + 1)) : [];
  });
}

/** JSON with normalised string escapes; all else unchanged. */
export function readable(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(strings, (string) => (string.includes("\\") ? JSON.stringify(JSON.parse(string)) : string));
}
