// SPDX-License-Identifier: GPL-3.0-or-later
// The manual says what --help says, of the program and of each command, in each language.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const manual = join(process.env.VIGIE_BUILD, "packaging/manual/man");
const vigie = (...words) => execFileSync(process.env.VIGIE_BINARY, words, { encoding: "utf8" });
const collapsed = (text) => text.replace(/\s+/g, " ");

/// As a reader sees it; any warning of roff's fails.
function shown(path) {
  const env = { ...process.env, MANWIDTH: "200", MAN_KEEP_FORMATTING: "", LC_ALL: "C.UTF-8" };
  const groff = execFileSync("groff", ["-Kutf8", "-man", "-Tutf8", "-ww", "-P-cbou", path], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  // Signs that roff has of its own for those of the keyboard.
  return collapsed(groff.replaceAll("−", "-").replaceAll("‐", "-").replaceAll("’", "'"));
}

/// "--app <application>" and what it does, for each option, command and argument that the help lists.
function itemsOf(help) {
  const items = [];
  for (const line of help.split("\n")) {
    const first = line.match(/^ {2}(\S.*?)(?: {2,}(.*))?$/);
    const more = line.match(/^ {4,}(\S.*)$/);
    if (first) items.push([first[1], first[2] ?? ""]);
    else if (more && items.length) items.at(-1)[1] += ` ${more[1]}`;
  }
  return items.map(([what, text]) => [what, collapsed(text).trim()]).filter(([, text]) => text);
}

const commands = ["", ...itemsOf(vigie("--help", "--lang", "en").split("Commands;")[1]).map(([name]) => name)].filter((name) => name !== "help");
const unquoted = (text) => text.replaceAll("’", "'");

test("there is a page of each command, and no other", () => {
  const wanted = commands.map((name) => `vigie${name && `-${name}`}.1`).sort();
  assert.ok(wanted.length > 9);
  for (const folder of ["man1", "fr/man1"]) assert.deepEqual(readdirSync(join(manual, folder)).sort(), wanted);
});

for (const [language, folder] of [["en", "man1"], ["fr", "fr/man1"]]) {
  for (const command of commands) {
    test(`vigie ${command}, ${language}`, () => {
      const help = command ? vigie("help", command, "--lang", language) : vigie("--help", "--lang", language);
      const page = shown(join(manual, folder, `vigie${command && `-${command}`}.1`));
      const items = itemsOf(help);
      assert.ok(items.length > 1);
      for (const [what, text] of items) assert.ok(page.includes(unquoted(`${what} ${text}`)), `${what} ${text}\n${page}`);
      // What stands above the options.
      const head = help.split("\n\n")[0].split("\n").slice(1).join(" ");
      assert.ok(page.includes(unquoted(collapsed(head).trim())), `${head}\n${page}`);
    });
  }
}
