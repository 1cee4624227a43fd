// SPDX-License-Identifier: GPL-3.0-or-later
import type { WebSocketConstructor } from "./socket.js";

export async function findWebSocket(): Promise<WebSocketConstructor> {
  return globalThis.WebSocket;
}

export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Whether a long message may be sent in frames that are cut within a character. */
export const mayCutMessages = true;

/** A page that ends is told nothing that it could still act on. */
export function beforeExit(_act: () => void): () => void {
  return () => {};
}
