// SPDX-License-Identifier: GPL-3.0-or-later
// The completions at work in the shells themselves: Tab is pressed on a terminal, and the line that came of it read.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const completions = join(process.env.VIGIE_BUILD, "packaging/manual/completions");
const folder = mkdtempSync(join(tmpdir(), "vigie-completions-"));
after(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, "data"));
writeFileSync(join(folder, "data.log"), "");

const cases = [
  ["vigie exp", "vigie export"],
  ["vigie --hea", "vigie --headless"],
  ["vigie --lang en doc", "vigie --lang en doctor"],
  ["vigie export --for", "vigie export --format"],
  ["vigie export --format c", "vigie export --format csv"],
  ["vigie token add --role pro", "vigie token add --role producer"],
  ["vigie token rev", "vigie token revoke"],
  ["vigie watch add --cont", "vigie watch add --containers"],
  ["vigie help wat", "vigie help watch"],
  ["vigie open data.", "vigie open data.log"],
  ["vigie doctor --data-dir da", "vigie doctor --data-dir data"],
];

/// The line after Tab, in a shell on a terminal of its own, which shows "> " when it waits.
function completed(command, line) {
  return new Promise((resolve, reject) => {
    const terminal = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, TERM: "dumb", LC_ALL: "C.UTF-8" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let out = "";
    let isTyped = false;
    terminal.stdout.setEncoding("utf8").on("data", (text) => {
      out += text;
      if (!isTyped && out.includes("READY> ")) {
        isTyped = true;
        // Ctrl+A goes to the line's beginning, so that the line is printed.
        terminal.stdin.write(`${line}\t\x01print_line \x05\n`);
      }
      const printed = out.match(/<<(.*?)>>\r?\n/);
      if (printed) {
        resolve(printed[1].trim().replace(/\/$/, "")); // zsh takes the slash of a folder back
        terminal.stdin.end("exit\n");
      }
    });
    terminal.on("error", reject);
    terminal.on("close", () => reject(new Error(`no line: ${JSON.stringify(out)}`)));
  });
}

const rc = join(folder, "bashrc");
writeFileSync(rc, `print_line() { echo "<<$*>>"; }\nPS1='READY> '\nbind 'set bell-style none'\nsource ${completions}/vigie\n`);
const zsh = join(folder, ".zshrc");
writeFileSync(zsh, `print_line() { print -r -- "<<$*>>"; }\nPS1='READY> '\nbindkey -e\nunsetopt beep prompt_sp\nfpath=(${completions} $fpath)\nautoload -U compinit\ncompinit -u -D\n`);

for (const [line, wanted] of cases) {
  test(`bash: ${line}`, async () => assert.equal(await completed(`bash --noprofile --rcfile ${rc} -i`, line), wanted));
  test(`zsh: ${line}`, async () => assert.equal(await completed("zsh -d -i", line), wanted));
  test(`fish: ${line}`, () => {
    const script = `source ${completions}/vigie.fish; complete -C ${JSON.stringify(line)}`;
    const found = execFileSync("fish", ["--no-config", "-c", script], { cwd: folder, env: { ...process.env, HOME: folder }, encoding: "utf8" });
    const words = found.trim().split("\n").map((each) => each.split("\t")[0].replace(/\/$/, ""));
    assert.ok(words.includes(wanted.split(" ").at(-1)), found);
  });
}
