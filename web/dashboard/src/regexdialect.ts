// SPDX-License-Identifier: GPL-3.0-or-later
// Converts regular expressions from RE2's syntax, which Vigie's store uses, to JavaScript's.

const posixClasses: { [name: string]: string } = {
  alnum: "0-9A-Za-z", alpha: "A-Za-z", ascii: "\\x00-\\x7F", blank: "\\t ", cntrl: "\\x00-\\x1F\\x7F", digit: "0-9",
  graph: "!-~", lower: "a-z",
  print: " -~", punct: "!-\\/:-@\\[-`\\{-~", space: "\\t\\n\\v\\f\\r ", upper: "A-Z", word: "0-9A-Za-z_", xdigit: "0-9A-Fa-f",
};
const space = "\\t\\n\\f\\r ";
const special = /[\\^$.*+?()[\]{}|/]/;
const escaped = (character: string): string => (special.test(character) ? `\\${character}` : character);

/** A category such as L or Lu, or a script. */
function property(name: string, isNegated: boolean): string {
  if (name.startsWith("^")) return property(name.slice(1), !isNegated);
  return `\\${isNegated ? "P" : "p"}{${name.length <= 2 ? name : `Script=${name}`}}`;
}

class Translation {
  #at = 0;
  #flags = { i: true, m: false, s: false };
  #outer: boolean[] = []; // for each enclosing group: whether a dot also matches a line break
  #result = "";

  constructor(private readonly text: string) {}

  run(): RegExp {
    this.#leadingFlags();
    while (this.#at < this.text.length) this.#result += this.#next();
    return new RegExp(this.#result, `gu${this.#flags.i ? "i" : ""}${this.#flags.m ? "m" : ""}`);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text) ?? undefined;
    if (match) this.#at += match[0].length;
    return match;
  }

  /** Leading (?i), (?s-i) and the like apply to everything; JavaScript has them only for groups. */
  #leadingFlags(): void {
    const pattern = /\(\?([imsU]*)(?:-([imsU]+))?\)/y;
    for (let match = this.#take(pattern); match; match = this.#take(pattern)) {
      for (const [flags, isOn] of [[match[1] ?? "", true], [match[2] ?? "", false]] as const)
        for (const flag of flags) if (flag !== "U") this.#flags[flag as "i" | "m" | "s"] = isOn;
    }
  }

  #next(): string {
    const named = this.#take(/\(\?P?<([A-Za-z_]\w*)>/y);
    const flagged = named ? undefined : this.#take(/\(\?([ims]*)(?:-([ims]+))?:/y);
    if (named || flagged) this.#outer.push(this.#flags.s);
    if (named) return `(?<${named[1]}>`;
    if (flagged) return this.#flaggedGroup(flagged[1] ?? "", flagged[2] ?? "");
    const quoted = this.#take(/\\Q([^]*?)(?:\\E|$)/y);
    if (quoted) return [...quoted[1]!].map(escaped).join("");
    const repeat = this.#take(/\{\d+(?:,\d*)?\}/y);
    if (repeat) return repeat[0];
    const character = this.#take(/[^]/uy)![0];
    if (character === "\\") return this.#escape(false);
    if (character === "[") return this.#class();
    if (character === ".") return this.#flags.s ? "[^]" : "[^\\n]";
    if (character === "(") this.#outer.push(this.#flags.s);
    if (character === ")") this.#flags.s = this.#outer.pop() ?? this.#flags.s;
    return "{}]/".includes(character) ? `\\${character}` : character;
  }

  /** Omits flags that are already set, as not every browser supports them within an expression. */
  #flaggedGroup(on: string, off: string): string {
    if (on.includes("s") || off.includes("s")) this.#flags.s = on.includes("s");
    const others = (flags: string, isOn: boolean): string =>
      [...flags].filter((flag) => flag !== "s" && this.#flags[flag as "i" | "m"] !== isOn).join("");
    const [newOn, newOff] = [others(on, true), others(off, false)];
    return `(?${newOn}${newOff ? `-${newOff}` : ""}:`;
  }

  /** What follows a backslash. */
  #escape(isInClass: boolean): string {
    const named = this.#take(/([pP])(?:\{(\^?\w+)\}|(\w))/y);
    if (named) return property(named[2] ?? named[3]!, named[1] === "P");
    const code = this.#take(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/y);
    if (code) return `\\u{${code[1] ?? code[2]}}`;
    const octal = this.#take(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
    if (octal) return `\\u{${parseInt(octal[0], 8).toString(16)}}`;
    const character = this.#take(/[^]/uy)?.[0];
    if (character === undefined) return "\\"; // is a syntax error
    if (character === "s") return isInClass ? space : `[${space}]`;
    if (character === "S" && !isInClass) return `[^${space}]`;
    if (character === "a") return "\\x07";
    if (character === "A" && !isInClass) return "(?<![^])";
    if (character === "z" && !isInClass) return "(?![^])";
    if (/[0-9A-Za-z]/.test(character)) return `\\${character}`;
    return isInClass && character === "-" ? "\\-" : escaped(character);
  }

  #class(): string {
    let inner = this.#take(/\^/y) ? "^" : "";
    for (let isFirst = true; this.#at < this.text.length; isFirst = false) {
      const posix = this.#take(/\[:(\^?)(\w+):\]/y);
      if (posix) {
        const ranges = posixClasses[posix[2]!];
        if (!ranges || posix[1]) throw new SyntaxError(posix[0]);
        inner += ranges;
        continue;
      }
      const character = this.#take(/[^]/uy)![0];
      if (character === "]" && !isFirst) return `[${inner}]`;
      inner += character === "\\" ? this.#escape(true) : character === "-" ? "-" : escaped(character);
    }
    throw new SyntaxError("[");
  }
}

/**
 * Converts an RE2 expression for the browser. Ignores case unless it says otherwise. Passes on what only the browser supports
 * (lookaround, backreferences); Vigie must be asked about that. Throws a SyntaxError.
 */
export function fromRe2(text: string): RegExp {
  return new Translation(text).run();
}
