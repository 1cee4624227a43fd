// SPDX-License-Identifier: GPL-3.0-or-later
// vigie-client within a page, in a real browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { serve, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, origin, page;

before(async () => {
  const entry = fileURLToPath(new URL("../../web/client/dist/index.js", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", globalName: "client", write: false,
      logLevel: "warning" });
  origin = await serve(`<!DOCTYPE html><meta charset="utf-8"><script>${outputFiles[0].text}</script>`);
  [browser, vigie] = await Promise.all([startBrowser(), startVigie({ flags: ["--allow-origin", origin.origin] })]);
  page = await browser.newPage();
});
after(async () => {
  await browser?.close();
  await vigie?.stop();
  await origin?.stop();
});

/** Runs `act` in the page with a client, and gives what Vigie then has of it. */
async function logged(appId, act) {
  await page.goto(origin.origin);
  await page.evaluate(async ([url, app, body]) => {
    const vigie = new client.WebSocketClient(url);
    vigie.authenticate("ann", app);
    await new Function("vigie", `return (${body})(vigie)`)(vigie);
    await vigie.flushed();
    await vigie.close();
  }, [`ws://${vigie.host}/`, appId, String(act)]);
  const answer = await fetch(`${vigie.url}api/apps/${appId}/logs`);
  return (await answer.json()).logs.reverse();
}

// One that does not arrive is sent for ever.
test("a long text that is not ASCII arrives, though the browser cuts it into frames", { timeout: 60_000 }, async () => {
  const entries = await logged("long", (vigie) => {
    for (const text of ["é".repeat(70_000), "aé".repeat(70_000), "データ".repeat(20_000)]) vigie.log("info", text);
    for (let i = 0; i < 97; ++i) vigie.log("info", "ü".repeat(2_000), { i }); // batches of them
  });
  for (const [i, text] of ["é".repeat(70_000), "aé".repeat(70_000),
      "データ".repeat(20_000)].entries()) assert.ok(entries[i].message === text, `text ${i}`);
  assert.deepEqual(entries.slice(3).map(({ metadata }) => metadata.i), Array.from({ length: 97 }, (_, i) => i));
});

test("the console and errors that nobody caught are logged, each once", { timeout: 60_000 }, async () => {
  const entries = await logged("captured", async (vigie) => {
    client.captureConsole(vigie);
    client.captureErrors(vigie);
    console.log("%c%s has %d", "color:red", "ann", 3);
    setTimeout(() => { throw new RangeError("thrown"); });
    await new Promise((resolve) => window.addEventListener("error", resolve));
    void Promise.reject(new TypeError("rejected"));
    await new Promise((resolve) => window.addEventListener("unhandledrejection", resolve));
    console.trace("here");
  });
  assert.deepEqual(entries.map(({ level, message }) => [level, message.replace("Uncaught ", "")]),
                   [["info", "ann has 3"], ["fatal", "RangeError: thrown"], ["fatal", "TypeError: rejected"], ["trace", "here"]]);
});
