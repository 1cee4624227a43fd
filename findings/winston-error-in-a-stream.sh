#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# winston 3.19.0: log.error(new Error("boom")) gives a Stream transport in object mode the Error object itself as the entry. Its
# message and stack are there, but are no own enumerable members: JSON.stringify, a copy by {...entry} or structured logging of the
# object keep {"level":"error"} only. A second argument, log.error("said", error), gives a plain object with the two messages run
# together ("said boom").
# Guess before: the entry is a plain object with level, message and stack.
# Ends with 0 if that is still so, 1 if it has changed. Needs Node.js 18 or later and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund winston@3.19.0
cat > try.mjs <<'JS'
import { Writable } from "node:stream";
import winston from "winston";
const entries = [];
const stream = new Writable({ objectMode: true, write: (entry, _, done) => (entries.push(entry), done()) });
const log = winston.createLogger({ transports: [new winston.transports.Stream({ stream })] });
log.error(new Error("boom"));
log.error("said", new Error("boom"));
setImmediate(() => {
  const [alone, second] = entries;
  console.log(`Error: ${alone instanceof Error}, message: ${alone.message}, as JSON: ${JSON.stringify(alone)}, copied: ${JSON.stringify({ ...alone })}`);
  console.log(`Error: ${second instanceof Error}, message: ${second.message}, stack: ${typeof second.stack}`);
});
JS
expected='Error: true, message: boom, as JSON: {"level":"error"}, copied: {"level":"error"}
Error: false, message: said boom, stack: string'
seen=$(node try.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; it was:\n%s\n' "$expected" >&2; exit 1; }
