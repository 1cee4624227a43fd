// SPDX-License-Identifier: GPL-3.0-or-later
// The page that Vigie serves, in a real browser.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, context, page, complaints;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => { vigie = await startVigie(); });
afterEach(async () => {
  await context.close();
  await vigie.stop();
});

async function openPage({ locale = "en-US" } = {}) {
  context = await browser.newContext({ locale });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // Browsers ask for an icon by themselves.
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) complaints.push(message.text());
  });
  await page.goto(vigie.url);
}

async function signIn(app, user = "ann") {
  await page.fill("input[name=app]", app);
  await page.fill("input[name=user]", user);
  await page.click("button");
  await page.waitForFunction(() => document.querySelector("#figures div"));
}

const shownMessages = () => page.$$eval("#logs li > span:last-child", (spans) => spans.map((span) => span.textContent));
const waitForLines = (count) =>
  page.waitForFunction((wanted) => document.querySelectorAll("#logs li").length >= wanted, count);

test("shows figures and log lines after signing in", async () => {
  const shop = await connectClient(vigie, "shop", "till");
  await shop.log({ level: "info", message: "before" });
  await openPage();
  assert.equal(await page.title(), "Vigie");
  assert.equal(await page.textContent("#state"), "Choose an application.");
  assert.equal(await page.isVisible("main"), false);
  await signIn("shop");
  assert.equal(await page.textContent("#state"), "Live");
  const figures = await page.$$eval("#figures div", (boxes) =>
    Object.fromEntries(boxes.map((box) => [box.querySelector("dt").textContent, box.querySelector("dd").textContent])));
  assert.match(figures.CPU, /^[\d.]+\u00a0%$/);
  assert.match(figures.Memory, /^[\d.]+\u00a0[KMGT]iB \/ [\d.]+\u00a0[KMGT]iB$/);
  assert.match(figures.Disk, /^[\d.]+\u00a0([KMGT]i)?B \/ [\d.]+\u00a0([KMGT]i)?B$/);
  assert.equal(figures.Clients, "2");

  await waitForLines(1);
  const other = await connectClient(vigie, "bank", "teller");
  await other.log({ level: "info", message: "not for the shop" });
  await shop.log({ level: "WARN", message: "during" });
  await waitForLines(2);
  assert.deepEqual(await shownMessages(), ["before", "during"]);
  assert.equal(await page.textContent("#logs li.warn .level"), "WARN");
  assert.deepEqual(complaints, []);
});

test("speaks the browser's language", async () => {
  await openPage({ locale: "fr-FR" });
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  assert.equal(await page.textContent("button"), "Suivre");
  await signIn("shop");
  assert.equal(await page.textContent("#state"), "En direct");
  assert.match(await page.textContent("#figures"), /Mémoire[\d,]+\u00a0[KMGT]io/);
  assert.deepEqual(complaints, []);
});

test("hostile log text stays text", async () => {
  const hostile = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "</li></ol><iframe src=\"javascript:parent.document.title='owned'\"></iframe>",
    "\u202e\u0000\u001b[31mred\u001b[0m & &lt;b&gt; \"'",
  ];
  const shop = await connectClient(vigie, "shop", "till");
  await openPage();
  await signIn("shop");
  await shop.log(...hostile.map((message) => ({ level: "<b onclick=alert(1)>", message, metadata: { message } })));
  await waitForLines(hostile.length);
  assert.deepEqual(await shownMessages(), hostile);
  assert.equal(await page.textContent("#logs li .level"), "<b onclick=alert(1)>");
  assert.equal(await page.locator("#logs :is(img, script, iframe, b)").count(), 0);
  assert.equal(await page.title(), "Vigie");
  assert.deepEqual(complaints, []);
});

test("entries that come while the history is under way are shown once and in order", async () => {
  const shop = await connectClient(vigie, "shop", "till");
  await shop.log({ level: "info", message: "1" });
  await openPage();
  await page.routeWebSocket("**", (route) => {
    const server = route.connectToServer();
    route.onMessage(async (message) => {
      const asksForHistory = JSON.parse(message).type.includes("history");
      if (asksForHistory) await shop.log({ level: "info", message: "2" }, { level: "info", message: "3" });
      server.send(message);
    });
    server.onMessage((message) => route.send(message));
  });
  await page.reload();
  await signIn("shop");
  await waitForLines(3);
  await shop.log({ level: "info", message: "4" });
  await page.waitForFunction(() => document.querySelector("#logs").lastChild.textContent.endsWith("4"));
  assert.deepEqual(await shownMessages(), ["1", "2", "3", "4"]);
});

test("comes back by itself when Vigie does", async () => {
  await openPage();
  await signIn("shop");
  const { port } = vigie;
  await vigie.stop();
  await page.waitForFunction(() => document.querySelector("#state").textContent.startsWith("Connection lost"));
  vigie = await startVigie({ port });
  await page.waitForFunction(() => document.querySelector("#state").textContent === "Live");
  const shop = await connectClient(vigie, "shop", "till");
  await shop.log({ level: "info", message: "after" });
  await waitForLines(1);
  assert.deepEqual(await shownMessages(), ["after"]);
});

test("another application starts with an empty list", async () => {
  const shop = await connectClient(vigie, "shop", "till");
  const bank = await connectClient(vigie, "bank", "teller");
  await shop.log({ level: "info", message: "of the shop" });
  await bank.log({ level: "info", message: "of the bank" });
  await openPage();
  await signIn("shop");
  await waitForLines(1);
  await page.fill("input[name=app]", "bank");
  await page.click("button");
  await page.waitForFunction(() => document.querySelector("#logs").textContent.includes("of the bank"));
  await shop.log({ level: "info", message: "of the shop" });
  await bank.log({ level: "info", message: "again" });
  await waitForLines(2);
  assert.deepEqual(await shownMessages(), ["of the bank", "again"]);
});
