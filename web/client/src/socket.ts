// SPDX-License-Identifier: GPL-3.0-or-later

/** The part of a browser's WebSocket that is used; the package ws has it, too. */
export interface Socket {
  // Browsers and ws have different event types; only `data`, `code` and `reason` are read.
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string) => Socket;
