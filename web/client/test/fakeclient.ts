// SPDX-License-Identifier: GPL-3.0-or-later
// A client whose server is the test, and whose time goes on when the test says so.
import assert from "node:assert/strict";
import { afterEach, beforeEach } from "node:test";
import { WebSocketClient, type ClientOptions, type LogEntry } from "../dist/index.js";
import { FakeSocket, settle } from "./fakesocket.js";
import { fakeTimers, pass, realTimers } from "./faketimers.js";

export let client: WebSocketClient;
export const entry = (id: string): LogEntry => ({ id, timestamp: 1, level: "info", message: id, appId: "shop", userId: "till" });

export async function start(options: ClientOptions = {}): Promise<FakeSocket> {
  FakeSocket.all = [];
  client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, backoff: { baseMs: 1, capMs: 1 }, ...options });
  client.authenticate("ann", "shop", "secret");
  await settle();
  return FakeSocket.last;
}

export async function signIn(options?: ClientOptions): Promise<FakeSocket> {
  const socket = await start(options);
  socket.open();
  socket.letIn();
  return socket;
}

/** The connection breaks, and a new one is made. */
export async function comeBack(): Promise<FakeSocket> {
  const before = FakeSocket.all.length;
  FakeSocket.last.break();
  await tick(5);
  await settle();
  assert.equal(FakeSocket.all.length, before + 1);
  FakeSocket.last.open();
  return FakeSocket.last;
}

export async function tick(ms: number): Promise<void> {
  pass(ms);
  await settle();
}

beforeEach(() => fakeTimers());
afterEach(async () => {
  await client.close({ waitMs: 0 });
  realTimers();
});
