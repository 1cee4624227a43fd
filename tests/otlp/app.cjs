// SPDX-License-Identifier: GPL-3.0-or-later
// A program that knows nothing of OpenTelemetry.

const winston = require("winston");
const pino = require("pino");

winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] }).warn("the till is low", { till: 3 });
pino({ level: "info" }, { write() {} }).error({ till: 4 }, "the till is empty");
