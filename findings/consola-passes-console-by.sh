#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# consola 3.4.2 in Node.js does not write by the console that a program may have wrapped: none of its calls passes through
# console.log, info, warn, error or debug. What takes in "the console" (error trackers, log collectors, test runners) misses all of
# it, though the terminal shows it. A reporter of one's own (createConsola({ reporters: [...] })) gets each entry.
# Guess before: consola's "basic" reporter calls console.log, as its name suggests. Seen: 0 calls, in a terminal's look and with CI=1.
# Ends with 0 if that is still so, 1 if it has changed. Needs Node.js 18 or later and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund consola@3.4.2
cat > try.mjs <<'JS'
let calls = 0;
for (const name of ["log", "info", "warn", "error", "debug", "trace"]) console[name] = () => void ++calls;
const { consola, createConsola } = await import("consola");
consola.info("one");
consola.warn("two");
consola.error(new Error("three"));
const seen = [];
createConsola({ reporters: [{ log: (entry) => seen.push(entry.type) }] }).error("four");
await new Promise(setImmediate);
process.stdout.write(`\ncalls of console: ${calls}, entries at a reporter of one's own: ${seen}\n`);
JS
expected="calls of console: 0, entries at a reporter of one's own: error"
for ci in "" 1; do
  seen=$(CI=$ci node try.mjs 2>/dev/null | tail -n 1)
  echo "CI=$ci: $seen"
  [ "$seen" = "$expected" ] || { echo "changed; it was: $expected" >&2; exit 1; }
done
