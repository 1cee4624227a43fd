#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# OpenTelemetry's automatic instrumentation of Node.js (@opentelemetry/auto-instrumentations-node 0.81.2, in it instrumentation-winston
# 0.68.1) sends nothing of what winston 3.19.0 logs, and says nothing of it, where @opentelemetry/winston-transport is not installed:
# no package needs it, not even as a peer. The warning that there is goes to OpenTelemetry's own log, which is off by default
# (OTEL_LOG_LEVEL). With the transport (0.34.0) the entries come.
# Guess before: what instruments winston brings all that it needs, as that of pino does.
# Ends with 0 if that is still so, 1 if it has changed. Needs Node.js 18 or later and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/api@1.9.1 @opentelemetry/auto-instrumentations-node@0.81.2 \
  @opentelemetry/instrumentation-winston@0.68.1 winston@3.19.0
cat > app.js <<'JS'
const winston = require("winston");
winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] }).warn("the till is low");
JS
cat > try.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
let logs = 0;
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  if (request.url === "/v1/logs" && Buffer.concat(parts).includes("the till is low")) logs++;
  response.end();
}).listen(0, "127.0.0.1");
await once(server, "listening");
const env = {
  ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.address().port}`, OTEL_LOGS_EXPORTER: "otlp",
  OTEL_METRICS_EXPORTER: "none", OTEL_NODE_RESOURCE_DETECTORS: "env",
};
delete env.OTEL_LOG_LEVEL;
const app = spawn(process.execPath, ["--require", "@opentelemetry/auto-instrumentations-node/register", "app.js"], { env });
let said = "";
for (const stream of [app.stdout, app.stderr]) stream.on("data", (text) => (said += text));
const [code] = await once(app, "close");
server.close();
console.log(`exit ${code}, said: "${said.trim()}", requests with the entry: ${logs}`);
JS
seen="without: $(node try.mjs)"
npm install --silent --no-audit --no-fund @opentelemetry/winston-transport@0.34.0
seen+=$'\n'"with: $(node try.mjs)"
expected='without: exit 0, said: "", requests with the entry: 0
with: exit 0, said: "", requests with the entry: 1'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; it was:\n%s\n' "$expected" >&2; exit 1; }
