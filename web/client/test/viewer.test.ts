// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer is shown, across breaks and kills.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, comeBack, entry, signIn, start, tick } from "./fakeclient.js";
import { FakeSocket } from "./fakesocket.js";

test("a viewer goes on where it was, and sees nothing twice", async () => {
  const socket = await start();
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  socket.open();
  socket.letIn();
  socket.say("logs", [entry("1"), entry("2")]);
  // The last may not have been on disk: what was seen is left out.
  const next = await comeBack();
  assert.equal(next.of("auth")[0].since, "2");
  next.letIn();
  next.say("logs", [entry("2"), entry("3")]);
  assert.deepEqual(seen, ["1", "2", "3"]);
  assert.equal(client.lastId, "3");
});

test("a viewer goes on from what Vigie has on its disk", async () => {
  const socket = await signIn();
  const seen: string[] = [];
  client.onLogs((entries) => seen.push(...entries.map(({ id }) => id)));
  client.onGap(() => assert.fail("nothing is missing"));
  socket.say("stored", { lastId: "0" });
  socket.say("logs", [entry("1"), entry("2")]);
  socket.say("stored", { lastId: "1" });
  assert.equal(client.storedId, "1");
  socket.say("stored", {});
  await tick(60_000); // how late the break is noticed makes no entry safe
  const next = await comeBack();
  assert.equal(next.of("auth")[0].since, "1");
  next.letIn();
  next.say("logs", [entry("of another"), entry("2"), entry("3")]);
  assert.deepEqual(seen, ["1", "2", "of another", "3"]);
  assert.deepEqual(next.of("history"), []);
});

test("a viewer of an application without entries goes on from its beginning", async () => {
  const socket = await signIn();
  client.onGap(() => assert.fail("nothing is missing"));
  socket.say("stored", { lastId: null });
  socket.say("logs", [entry("1")]);
  const next = await comeBack();
  const { since } = next.of("auth")[0];
  assert.ok(since && since !== "1");
  next.letIn();
  next.say("gap", { fromId: since, toId: null, count: null });
});

test("a viewer of another application does not go on from where the first stood", async () => {
  const socket = await signIn();
  client.authenticate("ann", "till");
  socket.say("stored", { lastId: "of the shop" }); // which was on its way
  socket.say("clear", { appId: "shop", userId: "bob" });
  socket.say("auth_success", { userId: "ann", appId: "till" });
  assert.equal((await comeBack()).of("auth")[0].since, undefined);
  FakeSocket.last.letIn();
  FakeSocket.last.say("stored", { lastId: "of the till" });
  assert.equal((await comeBack()).of("auth")[0].since, "of the till");
});

test("a viewer that signs in anew misses nothing meanwhile", async () => {
  const socket = await signIn();
  socket.say("stored", { lastId: "0" });
  socket.say("logs", [entry("1")]);
  socket.say("stored", { lastId: "1" });
  client.authenticate("ann", "shop", "a newer token");
  assert.equal(socket.of("auth").at(-1).since, "1");
  socket.say("logs", [entry("2")]); // not shown, as it comes again
  socket.say("stored", { lastId: "2" });
  socket.say("auth_success", { userId: "ann", appId: "shop" });
  assert.equal((await comeBack()).of("auth")[0].since, "1");
});

test("a place that was cleared away leaves no gap", async () => {
  const socket = await signIn();
  socket.say("stored", { lastId: "1" });
  socket.say("clear", { appId: "shop", userId: "bob" });
  assert.deepEqual(socket.of("clear"), []); // it is no question
  client.onGap(() => assert.fail("nothing is missing"));
  const next = await comeBack();
  next.letIn();
  next.say("gap", { fromId: next.of("auth")[0].since, toId: null, count: null });
});
