// SPDX-License-Identifier: GPL-3.0-or-later
// Terminal colours (ECMA-48, "select graphic rendition").

export type Colour = readonly [red: number, green: number, blue: number];

/** The style of a run of text; absent members are the default. */
export interface Look {
  front?: Colour | undefined;
  back?: Colour | undefined;
  isBold?: boolean;
  isDim?: boolean;
  isItalic?: boolean;
  isUnderlined?: boolean;
  isStruck?: boolean;
  isInverse?: boolean;
}

const hex = (text: string): Colour => [0, 2, 4].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Colour;
const basic = ("000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
  + "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff").split(" ").map(hex);

function indexed(index: number): Colour | undefined {
  if (!(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return basic[index];
  if (index >= 232) return Array(3).fill(8 + 10 * (index - 232)) as unknown as Colour;
  const step = (value: number): number => (value === 0 ? 0 : 55 + 40 * value);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

/** The colour after 38 or 48; consumes its codes. */
function longColour(codes: number[]): Colour | undefined {
  const kind = codes.shift();
  if (kind === 5) return indexed(codes.shift() ?? NaN);
  if (kind !== 2) return undefined;
  const parts = codes.splice(0, 3);
  return parts.length === 3 && parts.every((part) => part >= 0 && part <= 255) ? (parts as unknown as Colour) : undefined;
}

const switches: { [code: number]: Look } = {
  1: { isBold: true }, 2: { isDim: true }, 3: { isItalic: true }, 4: { isUnderlined: true }, 7: { isInverse: true },
  9: { isStruck: true }, 21: { isUnderlined: true }, 22: { isBold: false, isDim: false }, 23: { isItalic: false },
  24: { isUnderlined: false }, 27: { isInverse: false }, 29: { isStruck: false },
  39: { front: undefined }, 49: { back: undefined },
};

/** The style after a sequence with these parameters. Hidden text stays visible. */
export function lookAfter(look: Look, parameters: string): Look {
  // With colons, a colour may include its colour space: 38:2::R:G:B.
  const plain = parameters.replace(/(\d+)((?::\d*)+)/g, (_, code: string, rest: string) => {
    const parts = rest.slice(1).split(":");
    if (parts[0] === "2" && parts.length > 4) parts.splice(1, 1);
    return code === "4" ? (parts[0] === "0" ? "24" : "4") : [code, ...parts].join(";");
  });
  const codes = plain.split(";").map((part) => (part === "" ? 0 : Number(part)));
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 0) look = {};
    else if (code === 38) look = { ...look, front: longColour(codes) };
    else if (code === 48) look = { ...look, back: longColour(codes) };
    else if (code >= 30 && code <= 37) look = { ...look, front: basic[code - 30] };
    else if (code >= 40 && code <= 47) look = { ...look, back: basic[code - 40] };
    else if (code >= 90 && code <= 97) look = { ...look, front: basic[code - 82] };
    else if (code >= 100 && code <= 107) look = { ...look, back: basic[code - 92] };
    else look = { ...look, ...switches[code] };
  }
  return look;
}

export function isUsual(look: Look): boolean {
  return Object.values(look).every((value) => !value);
}

/** As defined by WCAG 2. */
function luminance(colour: Colour): number {
  const linear = (part: number): number => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = colour.map(linear) as unknown as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `front` if it is legible on `back`, else black or white. */
export function legibleOn(back: Colour, front: Colour | undefined): Colour {
  if (front && contrast(back, front) >= 4.5) return front;
  return luminance(back) > 0.179 ? [0, 0, 0] : [255, 255, 255];
}

const css = (colour: Colour): string => `rgb(${colour.join(" ")})`;

/** Applies a style to an element. The style sheet keeps colours on the page's own background legible in both themes. */
export function dress(element: HTMLElement, look: Look): void {
  let { front, back } = look;
  if (look.isInverse) [front, back] = [back, front];
  element.classList.add("sgr");
  for (const [name, isOn] of Object.entries({
    bold: look.isBold, dim: look.isDim, italic: look.isItalic, underlined: look.isUnderlined, struck: look.isStruck,
    inverse: look.isInverse && !back,
  })) element.classList.toggle(name, isOn === true);
  if (back) {
    element.style.backgroundColor = css(back);
    element.style.color = css(legibleOn(back, front));
  } else if (front && !look.isInverse) {
    element.classList.add("coloured");
    element.style.setProperty("--front", css(front));
  }
}
