// SPDX-License-Identifier: GPL-3.0-or-later
export type { BackoffOptions } from "./backoff.js";
export { captureConsole, captureErrors } from "./capture.js";
export { WebSocketClient, type ClientOptions } from "./client.js";
export type { ConnectionState } from "./connection.js";
export { formatConsole, type Formatted } from "./format.js";
export { IndexedDbStorage } from "./indexeddb.js";
export type { Unsubscribe } from "./listeners.js";
export * from "./messages.js";
export { ConnectionLost } from "./requests.js";
export { parseExactly } from "./rawjson.js";
export type { EntryStorage, QueuedEntry } from "./queue.js";
export type { Dropped, QueueOptions } from "./sender.js";
export { severities, severityOf, type Severity } from "./severity.js";
export type { Socket, WebSocketConstructor } from "./socket.js";
