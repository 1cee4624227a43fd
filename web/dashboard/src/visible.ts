// SPDX-License-Identifier: GPL-3.0-or-later
// Draws untrusted text: nothing in it is invisible, reorders its surroundings or obstructs a search.
import { element } from "./dom.js";
import type { Search } from "./search.js";
import type { Span } from "./spans.js";
import { dress, isUsual, lookAfter, type Look } from "./sgr.js";

const maxSigns = 2_000; // of one text, as elements
const maxTogether = 8; // repeated signs drawn individually

// Terminal control, ECMA-48: control sequences, operating system commands, and character set selection.
const control = /(?:\u001b\[|\u009b)([0-?]*)([ -/]*[@-~])/;
// A command has no beginning of another in it, so that none of the text is read twice.
const command = /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d\n]*(?:\u0007|\u001b\\|\u009c)/;
const characterSet = /\u001b[()*+][0-9A-Za-z]/;
const escapes = new RegExp([control, command, characterSet].map(({ source }) => source).join("|"), "g");
const mayEscape = /[\u001b\u009b\u009d]/;
const hidden = /(?:(?![\t\n])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb])+/gu;

/** The text without terminal control sequences, for searching. */
export function plainText(text: string): string {
  return mayEscape.test(text) ? text.replace(escapes, "") : text;
}

export interface Run {
  text: string;
  look: Look;
}

/** The same, split into runs of one style each. */
export function runs(text: string): Run[] {
  if (!mayEscape.test(text)) return [{ text, look: {} }];
  const all: Run[] = [];
  let look: Look = {};
  let end = 0;
  for (const match of text.matchAll(escapes)) {
    if (match.index > end) all.push({ text: text.slice(end, match.index), look });
    end = match.index + match[0].length;
    if (match[2] === "m" && /^[\d;:]*$/.test(match[1]!)) look = lookAfter(look, match[1]!);
  }
  if (end < text.length) all.push({ text: text.slice(end), look });
  return all;
}

const names: { [code: number]: [short: string, name: string] } = {
  0x7f: ["DEL", "delete"], 0xad: ["SHY", "soft hyphen"], 0x34f: ["CGJ", "combining grapheme joiner"],
  0x61c: ["ALM", "Arabic letter mark"],
  0x200b: ["ZWSP", "zero width space"], 0x200c: ["ZWNJ", "zero width non-joiner"], 0x200d: ["ZWJ", "zero width joiner"],
  0x200e: ["LRM", "left-to-right mark"], 0x200f: ["RLM", "right-to-left mark"], 0x2028: ["LS", "line separator"],
  0x2029: ["PS", "paragraph separator"], 0x202a: ["LRE", "left-to-right embedding"], 0x202b: ["RLE", "right-to-left embedding"],
  0x202c: ["PDF", "pop directional formatting"],
  0x202d: ["LRO", "left-to-right override"], 0x202e: ["RLO", "right-to-left override"], 0x2060: ["WJ", "word joiner"],
  0x2066: ["LRI", "left-to-right isolate"], 0x2067: ["RLI", "right-to-left isolate"], 0x2068: ["FSI", "first strong isolate"],
  0x2069: ["PDI", "pop directional isolate"], 0xfeff: ["BOM", "zero width no-break space"],
};
const controls = ("NUL null,SOH start of heading,STX start of text,ETX end of text,EOT end of transmission,ENQ enquiry,"
  + "ACK acknowledge,BEL bell,BS backspace,TAB tab,LF line feed,VT vertical tab,FF form feed,CR carriage return,"
  + "SO shift out,SI shift in,"
  + "DLE data link escape,DC1 device control 1,DC2 device control 2,DC3 device control 3,DC4 device control 4,"
  + "NAK negative acknowledge,"
  + "SYN synchronous idle,ETB end of transmission block,CAN cancel,EM end of medium,SUB substitute,ESC escape,FS file separator,"
  + "GS group separator,RS record separator,US unit separator").split(",");

/** The sign drawn for an invisible character, and its name. Uses letters, as few machines have a font for U+240D. */
export function signOf(character: string): { sign: string; name: string } {
  const code = character.codePointAt(0)!;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const [sign, name] = controls[code]?.split(/ (.*)/) ?? names[code] ?? [number, ""];
  return { sign: sign!, name: name ? `${number} ${name}` : number };
}

// For single characters. Chromium 156 does not match these classes before $ without a leading ^.
const joins = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u; // a joiner combines two of them into one
const isVaried = /^[\p{Extended_Pictographic}\p{Script=Han}\d#*]$/u;
const isJoined = /^[\u0600-\u109f\u1780-\u18af]$/; // scripts with joined letters

/** Whether the character is needed for writing after the character `before`. */
function isOfWriting(character: string, before: string): boolean {
  if (character === "\u200d") return joins.test(before) || isJoined.test(before);
  if (character === "\u200c") return isJoined.test(before);
  return /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u.test(character) && isVaried.test(before);
}

/** The same for plain text, such as an element's title. */
export function visibleText(text: string): string {
  const written = (character: string): string => `⟨${signOf(character).sign}⟩`;
  return plainText(text).replace(hidden, (characters) => [...characters].map(written).join(""));
}

/** Draws one text. Limits the number of signs, and so of elements. */
class Drawing {
  #signs = 0;

  signs(text: string, before: string): (Node | string)[] {
    const parts: (Node | string)[] = [];
    const add = (part: Node | string): void => {
      if (typeof part === "string" && typeof parts.at(-1) === "string") parts[parts.length - 1] += part;
      else if (part !== "") parts.push(part);
    };
    let end = 0;
    for (const match of text.matchAll(hidden)) {
      const characters = [...match[0]];
      const at = match.index;
      const ahead = [...(at > 0 ? text.slice(Math.max(0, at - 2), at) : before)].at(-1) ?? "";
      const isWritten = (character: string, i: number): boolean => isOfWriting(character, i > 0 ? characters[i - 1]! : ahead);
      if (characters.length <= 2 && characters.every(isWritten)) continue;
      add(text.slice(end, at));
      this.#drawn(characters).forEach(add);
      end = at + match[0].length;
    }
    add(text.slice(end));
    return parts;
  }

  #drawn(characters: string[]): (Node | string)[] {
    if (characters.length > maxTogether) {
      const { sign, name } = signOf(characters[0]!);
      return [this.#element(characters.join(""), `${sign} … ×${characters.length}`, `${name} …`)];
    }
    return characters.map((character) => {
      const { sign, name } = signOf(character);
      return this.#element(character, sign, name);
    });
  }

  /** The element contains the original characters, so that they can be copied. */
  #element(characters: string, sign: string, name: string): Node | string {
    const escaped = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;
    if (++this.#signs > maxSigns) return [...characters].map(escaped).join("");
    return element("span", { className: "sign", title: name, attributes: { "data-sign": sign } }, characters);
  }
}

/** `text`, up to `max` characters, drawn with search matches highlighted: those of a regular expression a moment later. */
export function drawn(text: string, search?: Search, max = Infinity): (Node | string)[] {
  const all = runs(text);
  const plain = all.length === 1 ? all[0]!.text : all.map((run) => run.text).join("");
  const spans = search?.spans(plain.length > max ? plain.slice(0, max) : plain) ?? [];
  if (!(spans instanceof Promise)) return marked(all, plain, spans, max);
  const whole = element("span", {}, ...marked(all, plain, [], max));
  void spans.then((found) => found.length > 0 && whole.replaceChildren(...marked(all, plain, found, max)));
  return [whole];
}

function marked(all: readonly Run[], plain: string, spans: readonly Span[], max: number): (Node | string)[] {
  const drawing = new Drawing();
  const nodes: (Node | string)[] = [];
  let from = 0;
  let looks = 0;
  for (const run of all) {
    const to = Math.min(from + run.text.length, max);
    if (from >= to) continue;
    const parts: (Node | string)[] = [];
    const add = (partFrom: number, partTo: number, isMarked: boolean): void => {
      if (partFrom >= partTo) return;
      const signs = drawing.signs(plain.slice(partFrom, partTo), plain.slice(Math.max(0, partFrom - 2), partFrom));
      parts.push(...(isMarked ? [element("mark", {}, ...signs)] : signs));
    };
    let at = from;
    for (const [spanFrom, spanTo] of spans) {
      if (spanTo <= from || spanFrom >= to) continue;
      add(at, Math.max(at, spanFrom), false);
      add(Math.max(at, spanFrom), Math.min(to, spanTo), true);
      at = Math.min(to, spanTo);
    }
    add(at, to, false);
    if (isUsual(run.look) || ++looks > maxSigns) nodes.push(...parts);
    else {
      const dressed = element("span", {}, ...parts);
      dress(dressed, run.look);
      nodes.push(dressed);
    }
    from += run.text.length;
  }
  return nodes;
}
