// SPDX-License-Identifier: GPL-3.0-or-later
// A client of another version of the protocol is told so: in a real browser and in Node.js, which both hang up on a server that
// takes none of the versions they offered.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie;

before(async () => {
  browser = await startBrowser();
  vigie = await startVigie();
});
after(async () => {
  await browser.close();
  await vigie.stop();
});

for (const offered of [["vigie.v2"], ["chat", "vigie.v3", "vigie.v2"]]) {
  test(`a program that offers ${offered} sees 4004`, async () => {
    const socket = new WebSocket(`ws://${vigie.host}/`, offered);
    const [code] = await once(socket, "close");
    assert.equal(code, 4004);
  });

  test(`a page that offers ${offered} sees 4004`, async () => {
    const page = await browser.newPage();
    await page.goto(vigie.url);
    const code = await page.evaluate(([host, versions]) => new Promise((resolve) => {
      new WebSocket(`ws://${host}/`, versions).onclose = (event) => resolve(event.code);
    }), [vigie.host, offered]);
    await page.close();
    assert.equal(code, 4004);
  });
}

test("one that offers ours, too, is served", async () => {
  const socket = new WebSocket(`ws://${vigie.host}/`, ["vigie.v2", "vigie.v1"]);
  const [text] = await once(socket, "message");
  assert.equal(JSON.parse(text).type, "connect");
  assert.equal(socket.protocol, "vigie.v1");
  socket.close();
});
