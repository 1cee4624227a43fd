// SPDX-License-Identifier: GPL-3.0-or-later
// What a printed `npm install` would put there, without a network: those packages and what they need, and no other.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = fileURLToPath(new URL(".", import.meta.url));
const { packages } = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));

/** The packages that the line `npm install …` in `text` names; there is one such line. */
export function printedPackages(text) {
  const lines = [...text.matchAll(/^npm install (.*)$/gm)];
  assert.equal(lines.length, 1, text);
  return lines[0][1].split(" ");
}

/** Installs these into `folder`, in the versions of package-lock.json. */
export async function install(folder, names) {
  const wanted = new Set(names.map((name) => find("", name)));
  assert.ok(!wanted.has(undefined), `not in package-lock.json: ${names}`);
  for (const path of wanted) {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const needed = find(path, name);
      if (needed && !peerDependenciesMeta[name]?.optional) wanted.add(needed);
    }
  }
  // Whole, with what is only theirs; such a path begins with another.
  const whole = [...wanted].filter((path) => path.lastIndexOf("node_modules/") === 0);
  for (const parent of new Set(whole.map((path) => dirname(path)))) {
    await mkdir(join(folder, parent), { recursive: true });
    await promisify(execFile)("cp", ["-r", ...whole.filter((path) => dirname(path) === parent).map((path) => join(here, path)), join(folder, parent)]);
  }
}

/** Where Node.js finds the package for one at `path`. */
function find(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const candidate = `${at}${at && "/"}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (!at) return undefined;
  }
}
