// SPDX-License-Identifier: GPL-3.0-or-later
// The page as a person has it before them, for the tests beside this file. Pictures are kept in VIGIE_SCREENSHOTS.

import { mkdirSync } from "node:fs";
import { connectClient } from "./vigie.mjs";

/** Opens the page; `complaints` are what it says went wrong. */
export async function openViewer(browser, vigie, fragment = "#app=shop&user=ann", options = {}) {
  const context = await browser.newContext({
    locale: "en-US", viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.setDefaultTimeout(15_000);
  await page.goto(vigie.url + fragment);
  const waitFor = (test, value) => page.waitForFunction(test, value);
  return {
    page, context, complaints,
    waitForState: (text) => waitFor((wanted) => document.querySelector(".state")?.textContent === wanted, text),
    waitForText: (text) => waitFor((wanted) => document.querySelector(".loglist:not([hidden])")?.innerText.includes(wanted), text),
    waitForCount: (text) => waitFor((wanted) => document.querySelector(".count").textContent === wanted, text),
    /** What the address says; it follows in a moment. */
    waitForAddress: (part) => waitFor((wanted) => decodeURIComponent(location.hash).includes(wanted), part),
    /** The stretch that the address says, in ms. */
    async stretch() {
      const said = new URLSearchParams(new URL(page.url()).hash.slice(1));
      return said.has("from") ? Date.parse(said.get("to")) - Date.parse(said.get("from")) : Number(said.get("range")) * 1000;
    },
    /** Until the address says a stretch of about so many ms. */
    waitForStretch: (low, high) => page.waitForFunction(([least, most]) => {
      const said = new URLSearchParams(location.hash.slice(1));
      const ms = Date.parse(said.get("to")) - Date.parse(said.get("from"));
      return ms > least && ms < most;
    }, [low, high]),
    /** Where the first chart is drawn. */
    plot: (n = 0) => page.locator(".plot .u-over").nth(n).boundingBox(),
    row: (text) => page.locator(".loglist:visible .line", { hasText: text }),
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    /** Drags the mouse between two shares of a box's width. */
    async drag(box, from, to, { button = "left", key } = {}) {
      const y = box.y + box.height / 2;
      if (key) await page.keyboard.down(key);
      await page.mouse.move(box.x + box.width * from, y);
      await page.mouse.down({ button });
      await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
      await page.mouse.up({ button });
      if (key) await page.keyboard.up(key);
    },
    async picture(name) {
      const folder = process.env.VIGIE_SCREENSHOTS;
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: `${folder}/${name}.png` });
    },
    close: () => context.close(),
  };
}

/** Sends entries of an application: the last is the newest, each `stepMs` after the one before. */
export async function sendSome(vigie, messages, { appId = "shop", level = "info", stepMs = 1000, ...more } = {}) {
  const till = await connectClient(vigie, appId, "till");
  const now = Date.now();
  const logs = messages.map((message, i) => ({ level, message, timestamp: now - (messages.length - 1 - i) * stepMs, ...more }));
  for (let i = 0; i < logs.length; i += 500) await till.log(...logs.slice(i, i + 500));
  till.close();
}

export const numbered = (count, from = 0) => Array.from({ length: count }, (_, i) => `order ${from + i}`);
