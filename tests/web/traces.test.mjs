// SPDX-License-Identifier: GPL-3.0-or-later
// A trace on the page, as a person comes to it from an entry, with the program's own answer.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

const traceId = "0af7651916cd43dd8448eb211c80319c";
let browser, vigie, context, page, complaints, began;

before(async () => {
  browser = await startBrowser();
  vigie = await startVigie();
  began = Date.now() - 5_000;
  const span = (at, message, id, parent, duration, level = "trace") => ({ level, message, timestamp: began + at,
    metadata: { trace_id: traceId, span: parent ? "child" : "root", span_id: id, ...(parent ? { parent_span_id: parent } : {}), duration_ms: duration } });
  const shop = await connectClient(vigie, "shop", "till");
  await shop.log(span(0, "GET /cart", "1", "", 400.4), { level: "info", message: "the cart has 3 items", timestamp: began + 5, metadata: { trace_id: traceId, span_id: "1" } },
                 { level: "info", message: "of no trace", timestamp: began + 6 });
  shop.close();
  const billing = await connectClient(vigie, "billing", "till");
  await billing.log(span(100, "POST /charge", "2", "1", 200, "error"), span(390, "send receipt", "3", "1", 60), span(430, "render", "4", "9", 1));
  billing.close();
});
after(async () => {
  await browser.close();
  await vigie.stop();
});
afterEach(async () => {
  await context?.close();
  context = undefined;
  assert.deepEqual(complaints, []);
});

async function openPage(options = {}) {
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(`${vigie.url}#app=shop&user=ann`);
  await line("GET /cart").waitFor();
}

async function picture(name) {
  const folder = process.env.VIGIE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const line = (text) => page.locator(".loglist:visible .line", { hasText: text });
const rows = () => page.locator(".tracedialog .tracerows button");

test("an entry's menu shows its trace: spans, what was logged, and what is odd", async () => {
  await openPage();
  await line("the cart has 3 items").click({ button: "right" });
  await page.click(".entrymenu button:has-text('Show trace')");
  await rows().first().waitFor();
  assert.deepEqual(await page.locator(".tracedialog .name").allInnerTexts(), ["GET /cart", "the cart has 3 items", "⚠ POST /charge", "send receipt", "render"]);
  assert.deepEqual(await page.locator(".tracedialog .duration").allInnerTexts(), ["400\u00a0ms", "", "200\u00a0ms", "60.0\u00a0ms", "1.00\u00a0ms"]);
  assert.match(await page.innerText(".tracedialog [role=status]"), /^4 spans · 1 other entry · 2 applications · 450\sms · from /);
  assert.match(await page.innerText(".tracedialog .muted"), /^Of 1, what called it is not there\. 1 span lies partly outside/);
  // Where a bar lies is when the span was.
  const [left, width, whole] = await page.evaluate(() => {
    const bar = document.querySelectorAll(".tracedialog .bar")[1].getBoundingClientRect();
    const plot = document.querySelectorAll(".tracedialog .track")[2].getBoundingClientRect();
    return [bar.left - plot.left, bar.width, plot.width];
  });
  assert.ok(Math.abs(left / whole - 100 / 450) < 0.01, `${left} of ${whole}`);
  assert.ok(Math.abs(width / whole - 200 / 450) < 0.01, `${width} of ${whole}`);
  await picture("trace");
});

test("the details show it, and keys go to an entry, also of another application", async () => {
  await openPage();
  await line("GET /cart").click();
  await page.click(".details .trace");
  await rows().first().waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".tracedialog .tracerows"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("app=billing"));
  await page.waitForFunction((at) => decodeURIComponent(location.hash).includes(`at=${at}`), new Date(began + 100).toISOString());
  await page.waitForFunction(() => document.querySelector(".details:not([hidden])")?.innerText.includes("POST /charge"));
  assert.equal(await page.locator(".tracedialog").count(), 0);
});

test("a row leaves out the ids of traces, and shows how long a span was", async () => {
  await openPage();
  assert.equal(await line("GET /cart").locator(".metadata").innerText(), '{"span":"root","duration_ms":400.4}');
  assert.equal(await line("the cart has 3 items").locator(".metadata").count(), 0);
});

test("an entry of no trace offers none", async () => {
  await openPage();
  await line("of no trace").click();
  await page.waitForSelector(".details:not([hidden])");
  assert.equal(await page.locator(".details .trace").count(), 0);
  await line("of no trace").click({ button: "right" });
  await page.waitForSelector(".entrymenu");
  assert.equal(await page.locator(".entrymenu button:has-text('Show trace')").count(), 0);
});

test("traces are found by their roots", async () => {
  await openPage();
  await page.goto(`${vigie.url}#app=shop&where=span%3Droot`);
  await line("of no trace").waitFor({ state: "detached" });
  await line("GET /cart").waitFor();
});

for (const [name, options] of [["phone", { viewport: { width: 390, height: 780 } }], ["dark-fr", { locale: "fr", colorScheme: "dark" }]]) {
  test(`nothing is cut off: ${name}`, async () => {
    await openPage(options);
    await line("GET /cart").click();
    await page.click(".details .trace");
    await rows().first().waitFor();
    await picture(`trace-${name}`);
    assert.ok(await page.evaluate(() => document.querySelector(".tracedialog .tracerows").firstChild.offsetHeight < 60)); // a line or two, not a chart
    assert.ok(await page.evaluate(() => document.querySelector(".tracedialog").scrollWidth <= document.querySelector(".tracedialog").clientWidth));
  });
}
