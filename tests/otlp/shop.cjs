// SPDX-License-Identifier: GPL-3.0-or-later
// A program with OpenTelemetry: node --require telemetry.cjs shop.cjs ENTRIES PAUSE_MS

const api = require("@opentelemetry/api");
const { metrics, trace } = api;
const logs = api.logs ?? require("@opentelemetry/api-logs").logs; // where it is since api 1.10
const pino = require("pino");
const winston = require("winston");

const [entries, pauseMs] = process.argv.slice(2).map(Number);
const logger = logs.getLogger("till", "1.2");
const silent = { write() {} };

async function main() {
  trace.getTracer("till").startActiveSpan("open the till", (root) => {
    trace.getTracer("till").startActiveSpan("count", (span) => {
      pino({ level: "trace" }, silent).warn({ till: 3 }, "low on rolls");
      span.end();
    });
    winston.createLogger({ level: "silly", levels: winston.config.npm.levels, transports: [new winston.transports.Console({ silent: true })] })
      .http("GET /till");
    root.end();
  });
  metrics.getMeter("till").createCounter("orders").add(12);
  metrics.getMeter("till").createHistogram("took").record(7);
  for (let i = 0; i < entries; i++) {
    logger.emit({ severityNumber: 9, severityText: "INFO", body: `entry ${i}`, attributes: { i, half: 0.5, cut: "done \ud83d", huge: 2 ** 63 } });
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

main();
