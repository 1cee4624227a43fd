// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of another origin may do with Vigie, in a real browser: nothing, unless the owner allowed it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve, startBrowser, startVigie } from "./vigie.mjs";

let browser, stranger;

before(async () => {
  browser = await startBrowser();
  stranger = await serve("<!DOCTYPE html><title>stranger</title>");
});
after(async () => {
  await browser.close();
  await stranger.stop();
});

/** What a page of `origin` hears of Vigie: the type of the first message, or how the connection ended. */
async function firstWord(origin, vigie) {
  const page = await browser.newPage();
  await page.goto(origin);
  const word = await page.evaluate((address) => new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
    socket.onclose = ({ code }) => resolve(`closed ${code}`);
  }), `ws://${vigie.host}/`);
  await page.close();
  return word;
}

test("a page of another origin cannot connect", async () => {
  const vigie = await startVigie();
  try {
    assert.equal(await firstWord(stranger.origin, vigie), "closed 1006");
    assert.equal(await firstWord(vigie.url, vigie), "connect");
  } finally {
    await vigie.stop();
  }
});

test("--allow-origin lets it in, and no other", async () => {
  const vigie = await startVigie({ flags: ["--allow-origin", stranger.origin] });
  const other = await serve("<!DOCTYPE html>");
  try {
    assert.equal(await firstWord(stranger.origin, vigie), "connect");
    assert.equal(await firstWord(other.origin, vigie), "closed 1006");
  } finally {
    await other.stop();
    await vigie.stop();
  }
});

test("a page of another origin can neither read nor frame Vigie's page", async () => {
  const vigie = await startVigie();
  const page = await browser.newPage();
  try {
    await page.goto(stranger.origin);
    assert.equal(await page.evaluate((url) => fetch(url).then(() => "read", () => "refused"), vigie.url), "refused");
    await page.evaluate((url) => new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.onload = resolve;
      document.body.append(frame);
    }), vigie.url);
    assert.equal(await page.frames()[1].$("#sign-in"), null);
  } finally {
    await page.close();
    await vigie.stop();
  }
});
