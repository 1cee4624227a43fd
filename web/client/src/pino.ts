// SPDX-License-Identifier: GPL-3.0-or-later
// The target of `pino({ transport: { target: "vigie-client/pino", options } })`. pino runs it in a worker thread.
export { createStream as default } from "./stream.js";
