// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes as random } from "node:crypto";
import type { WebSocketConstructor } from "./socket.js";

export async function findWebSocket(): Promise<WebSocketConstructor> {
  if (globalThis.WebSocket) return globalThis.WebSocket;
  try {
    return (await import("ws")).default as unknown as WebSocketConstructor;
  } catch {
    throw new Error("This Node.js has no WebSocket: install the package ws, or give one as options.WebSocket.");
  }
}

export function randomBytes(count: number): Uint8Array {
  return random(count);
}

/** Whether a long message may be split into frames within a character: neither Node.js nor ws splits messages. */
export const mayCutMessages = false;

const toDo = new Set<() => void>();

function doAll(): void {
  for (const act of toDo) {
    try {
      act();
    } catch {
      // The program is ending, so there is nobody to report to.
    }
  }
}

/** Calls `act` when the program ends, unless by a signal. The returned function cancels that. */
export function beforeExit(act: () => void): () => void {
  if (toDo.size === 0) process.on("exit", doAll);
  toDo.add(act);
  return () => {
    toDo.delete(act);
    if (toDo.size === 0) process.off("exit", doAll);
  };
}
