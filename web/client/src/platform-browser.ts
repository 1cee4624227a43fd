// SPDX-License-Identifier: GPL-3.0-or-later
import type { WebSocketConstructor } from "./socket.js";

export async function findWebSocket(): Promise<WebSocketConstructor> {
  return globalThis.WebSocket;
}

export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Whether a long message may be split into frames within a character. */
export const mayCutMessages = true;

/** Does nothing: a page that ends cannot act any more. */
export function beforeExit(_act: () => void): () => void {
  return () => {};
}
