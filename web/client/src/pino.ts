// SPDX-License-Identifier: GPL-3.0-or-later
// The target of `pino({ transport: { target: "vigie-client/pino", options } })`, which runs it on a thread of its own.
export { createStream as default } from "./stream.js";
