// SPDX-License-Identifier: GPL-3.0-or-later
// What is filtered, coloured, exported, and sent to a colleague as a link.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser, startVigie } from "./vigie.mjs";
import { numbered, openViewer, sendSome } from "./viewer.mjs";

let browser, vigie, viewer;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => { vigie = await startVigie(); });
afterEach(async () => {
  await viewer?.close();
  viewer = undefined;
  await vigie.stop();
});

async function open(fragment, options) {
  viewer = await openViewer(browser, vigie, fragment, options);
  await viewer.waitForState("Live");
}

test("a colleague who opens the link sees the same view", async () => {
  await sendSome(vigie, numbered(100), { metadata: { till: 3 } });
  await sendSome(vigie, ["order 1 failed", "order 2 failed"], { level: "error", metadata: { till: 4 }, stepMs: 20_000 });
  await open();
  await viewer.waitForCount("102 stored entries");
  await viewer.drag(await viewer.plot(), 0.5, 0.98);
  await viewer.waitForAddress("from=");
  await viewer.page.fill("#search", "order");
  await viewer.waitForAddress("q=order");
  await viewer.page.click(".levels > button");
  await viewer.page.click(".levels .level.error");
  await viewer.waitForAddress("levels=error");
  await viewer.page.keyboard.press("Escape"); // the menu
  await viewer.row("order 1 failed").click();
  await viewer.page.click('.details .value:has-text("4")');
  await viewer.waitForAddress("where=till=4");
  const plot = await viewer.plot();
  await viewer.page.mouse.click(plot.x + plot.width / 2, plot.y + 30);
  await viewer.waitForAddress("at=");
  await viewer.page.click(".topbar .link");
  await viewer.page.waitForFunction(() => document.querySelector(".link").textContent === "Copied");
  const link = await viewer.clipboard();
  assert.equal(link, viewer.page.url());
  assert.doesNotMatch(link, /ann|token/);
  const shown = () => viewer.page.evaluate(() => [
    document.querySelector(".stretchtext").textContent, document.querySelector("#search").value, document.querySelector(".levels > button").textContent,
    document.querySelector(".chip").textContent, document.querySelector(".moment h2").textContent,
  ]);
  const mine = await shown();
  assert.equal(mine[2], "Errors only");
  await viewer.waitForText("order 1 failed");
  await viewer.close();
  // The colleague has another name, and another browser.
  viewer = await openViewer(browser, vigie, new URL(link).hash);
  await viewer.page.fill("input[name=user]", "bob");
  assert.equal(await viewer.page.inputValue("input[name=app]"), "shop");
  await viewer.page.keyboard.press("Enter");
  await viewer.waitForState("Live");
  await viewer.waitForText("order 1 failed");
  await viewer.page.waitForSelector(".moment:visible");
  assert.deepEqual(await shown(), mine);
  assert.equal(viewer.page.url(), link);
  await viewer.picture("link-opened");
  assert.deepEqual(viewer.complaints, []);
});

test("a link that is opened in a page that is open is shown there, and what is wrong in it is said", async () => {
  await sendSome(vigie, ["tea", "coffee"]);
  await sendSome(vigie, ["loan"], { appId: "bank" });
  await open();
  await viewer.waitForText("coffee");
  await viewer.page.evaluate(() => (location.hash = "#app=shop&q=tea&range=soon&token=vigie_x"));
  await viewer.waitForCount("1 of 2 stored entries");
  assert.equal(await viewer.page.textContent(".notice"), "Parts of this link were not understood: range");
  assert.equal(viewer.page.url().includes("token"), false);
  await viewer.page.evaluate(() => (location.hash = "#app=bank"));
  await viewer.waitForText("loan");
  assert.equal(await viewer.page.inputValue("#search"), "");
  assert.equal(await viewer.page.title(), "bank – Vigie");
});

test("a link that is pasted where the sign-in is open signs in, and the name outlives a reload", async () => {
  viewer = await openViewer(browser, vigie, "");
  await viewer.page.waitForSelector(".signin:visible");
  const paste = (fragment) => viewer.page.evaluate((text) => (location.hash = text), fragment);
  await paste("#user=bob"); // not enough
  await viewer.page.waitForFunction(() => document.querySelector("input[name=user]").value === "bob");
  assert.equal(viewer.page.url().includes("bob"), false);
  await viewer.page.reload();
  await viewer.page.waitForFunction(() => document.querySelector("input[name=user]").value === "bob");
  await paste("#app=shop&user=ann");
  await viewer.waitForState("Live");
  assert.equal(await viewer.page.isVisible(".signin"), false);
  assert.equal(await viewer.page.getAttribute(".who", "title"), "shop · ann");
  assert.equal(viewer.page.url().includes("ann"), false);
  await viewer.page.reload();
  await viewer.waitForState("Live");
  assert.equal(await viewer.page.getAttribute(".who", "title"), "shop · ann");
  assert.deepEqual(viewer.complaints, []);
});

test("in French, an entry's details keep their title on a line, and what copies them apart", async () => {
  await sendSome(vigie, numbered(3));
  viewer = await openViewer(browser, vigie, "#app=shop&user=ann", { locale: "fr-FR" });
  await viewer.waitForText("order 2");
  await viewer.row("order 2").click();
  await viewer.page.waitForSelector(".details:visible");
  await viewer.picture("details-french");
  const head = viewer.page.locator(".details header");
  assert.deepEqual(await head.locator("button").allTextContents(), ["Copier en JSON", "Copier en texte", ""]);
  const title = await head.locator("h2").boundingBox();
  assert.ok(title.height < 24, `${title.height} px`);
  assert.equal(await head.locator("h2").evaluate((h2) => h2.scrollWidth > h2.clientWidth), false);
  const [json, text] = await Promise.all([0, 1].map((n) => head.locator("button").nth(n).boundingBox()));
  assert.ok(text.x - json.x - json.width >= 8);
  assert.notEqual(await head.locator("button").first().evaluate((button) => getComputedStyle(button).borderColor), "rgba(0, 0, 0, 0)");
  // Also where there is less room.
  await viewer.page.setViewportSize({ width: 800, height: 800 });
  await viewer.picture("details-french-narrow");
  assert.equal((await head.locator("h2").boundingBox()).height, title.height);
  assert.equal(await head.locator("h2").evaluate((h2) => h2.scrollWidth > h2.clientWidth), false);
});

test("levels: a click shows one, the box adds, the menu stays open, and the button says which", async () => {
  await sendSome(vigie, numbered(5));
  for (const [level, count] of [["debug", 4], ["warn", 3], ["error", 2]]) await sendSome(vigie, numbered(count).map((text) => `${level} ${text}`), { level });
  await open();
  await viewer.waitForCount("14 stored entries");
  const button = viewer.page.locator(".levels > button");
  const menu = viewer.page.locator(".levels .popup");
  await button.click();
  const count = (level) => viewer.page.locator(`.levels .level.${level} .number`).textContent();
  await viewer.page.waitForFunction(() => document.querySelector(".levels .level.info .number").textContent === "5");
  assert.deepEqual([await count("debug"), await count("warn"), await count("error"), await count("fatal")], ["4", "3", "2", "0"]);
  await viewer.picture("levels");
  await menu.locator(".level.error").click();
  await viewer.waitForCount("2 of 14 stored entries");
  assert.equal(await button.textContent(), "Errors only");
  assert.equal(await menu.isVisible(), true);
  await menu.locator(".level.debug").click({ modifiers: ["Control"] });
  await viewer.waitForCount("6 of 14 stored entries");
  assert.equal(await button.textContent(), "2 levels");
  await menu.getByLabel("Debug").click();
  await viewer.waitForCount("2 of 14 stored entries");
  await menu.getByLabel("Error").click(); // the last one that passed
  await viewer.waitForCount("14 stored entries");
  assert.equal(await button.textContent(), "All levels");
  await menu.getByText("Warning and above").click();
  await viewer.waitForCount("5 of 14 stored entries");
  assert.equal(await button.textContent(), "Warning and above");
  await menu.locator("button", { hasText: /^All$/ }).click();
  await viewer.waitForCount("14 stored entries");
  assert.equal(await button.textContent(), "All levels");
  // Esc closes the menu first, then the details, then unpins the moment.
  await viewer.page.keyboard.press("Escape");
  assert.equal(await menu.isVisible(), false);
  const timestamp = Date.now() - 60_000;
  await sendSome(vigie, ["what is pinned"], { timestamp });
  await viewer.page.waitForFunction(() => !location.hash.includes("levels=")); // it follows in a moment
  await viewer.page.evaluate((at) => void (location.hash += `&at=${at}`), new Date(timestamp).toISOString());
  await viewer.row("what is pinned").click();
  await button.click();
  for (const closed of [".levels .popup", ".details", ".moment"]) {
    assert.equal(await viewer.page.isVisible(closed), true, closed);
    await viewer.page.keyboard.press("Escape");
    await viewer.page.waitForSelector(closed, { state: "hidden" });
  }
  assert.deepEqual(viewer.complaints, []);
});

test("an entry's menu copies, filters for and against, highlights, wraps, and goes around its moment", async () => {
  await sendSome(vigie, numbered(40).map((text) => `${text} ${"of very much tea ".repeat(20)}`), { metadata: { shop: { name: "North" } } });
  await sendSome(vigie, ["sold out"], { level: "error", metadata: { shop: { name: "South" } } });
  await open();
  await viewer.waitForText("sold out");
  const menu = viewer.page.locator(".entrymenu");
  const openMenu = (text) => viewer.row(text).first().locator(".message").click({ button: "right", position: { x: 20, y: 8 } });
  await openMenu("sold out");
  await viewer.picture("entry-menu");
  await menu.getByText("Copy as text").click();
  assert.match(await viewer.clipboard(), /^\d+ \S+ \d{4}, \d\d:\d\d:\d\d\.\d{3} UTC\S*  error  shop  till  sold out  \{"shop":\{"name":"South"\}\}$/);
  await openMenu("sold out");
  await menu.getByText("Copy as JSON").click();
  assert.equal(JSON.parse(await viewer.clipboard()).metadata.shop.name, "South");
  // Against a value, and for one.
  await openMenu("sold out");
  await menu.getByLabel("Hide entries with shop.name = South").click();
  await viewer.waitForCount("40 of 41 stored entries");
  assert.equal(await viewer.page.textContent(".chip"), "shop.name ≠ South");
  await viewer.page.click(".chip");
  await viewer.waitForCount("41 stored entries");
  await openMenu("sold out");
  await menu.getByLabel("Show only entries with level = error").click();
  await viewer.waitForCount("1 of 41 stored entries");
  await viewer.waitForAddress("where=level=error");
  await viewer.page.fill("#search", "nowhere");
  await viewer.page.waitForFunction(() => document.querySelector(".oldernote").textContent.includes("No entries match"));
  await viewer.picture("no-match");
  await viewer.page.click("text=Reset filters");
  await viewer.waitForCount("41 stored entries");
  assert.equal(await viewer.page.inputValue("#search"), "");
  // A rule colours entries, and is there after a reload.
  await openMenu("sold out");
  await menu.getByLabel("Text to highlight").fill("sold");
  await viewer.page.keyboard.press("Enter");
  await viewer.page.waitForSelector(".line.highlight-1");
  await viewer.page.waitForFunction(() => !location.hash.includes("where=")); // it follows in a moment
  await viewer.page.reload();
  await viewer.page.waitForSelector(".line.highlight-1");
  assert.equal(await viewer.page.locator(".line.highlight-1").count(), 1);
  // Wrapped lines take the rows they need, and nothing stands on another.
  await openMenu("sold out");
  await menu.getByText("Wrap lines").click();
  const places = () => viewer.page.locator(".loglist:visible .line").evaluateAll((lines) => lines.map((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return { top, bottom, wanted: line.querySelector(".message").scrollHeight };
  }));
  await viewer.page.waitForFunction(() => document.querySelector(".loglist:not([hidden]) .line").getBoundingClientRect().height > 40);
  const lines = await places();
  assert.ok(lines.every(({ top }, i) => i === 0 || Math.abs(top - lines[i - 1].bottom) < 1), JSON.stringify(lines));
  assert.ok(lines.every(({ top, bottom, wanted }) => wanted <= bottom - top + 1), JSON.stringify(lines));
  await viewer.picture("wrapped");
  await viewer.page.click(".chip");
  assert.equal(await viewer.page.locator(".line.highlight-1").count(), 0);
  // When there are as many as may be, it is said.
  for (let i = 0; i < 20; ++i) {
    await openMenu("sold out");
    await menu.getByLabel("Text to highlight").fill(`rule ${i}`);
    await viewer.page.keyboard.press("Enter");
  }
  await openMenu("sold out");
  assert.equal(await menu.locator(".why").textContent(), "There are 20 highlights: remove one first.");
  assert.equal(await menu.getByText("Highlight", { exact: true }).isDisabled(), true);
  await viewer.picture("highlights-full");
  await viewer.page.keyboard.press("Escape");
  for (let i = 20; i > 0; --i) await viewer.page.locator(".chip").first().click();
  // Around a moment: its stretch, with the entry in sight.
  await viewer.page.fill("#search", "sold");
  await viewer.waitForCount("1 of 41 stored entries");
  await openMenu("sold out");
  await menu.getByText("Around this moment").click();
  await viewer.waitForAddress("at=");
  await viewer.waitForText("order 39");
  assert.equal(await viewer.page.isVisible(".present"), true);
  assert.deepEqual(viewer.complaints, []);
});

test("the menu of an entry is used by the keyboard", async () => {
  await sendSome(vigie, ["one", "two"]);
  await open();
  await viewer.waitForText("two");
  await viewer.page.locator(".loglist:visible").focus();
  await viewer.page.keyboard.press("End");
  await viewer.page.keyboard.press("Shift+F10");
  await viewer.page.waitForSelector(".entrymenu");
  await viewer.page.keyboard.press("ArrowDown");
  await viewer.page.keyboard.press("Enter");
  assert.equal(JSON.parse(await viewer.clipboard()).message, "two");
  await viewer.page.keyboard.press("Shift+F10");
  await viewer.page.waitForSelector(".entrymenu");
  await viewer.page.keyboard.press("Escape");
  await viewer.page.waitForSelector(".entrymenu", { state: "detached" });
});

test("what is filtered is exported from the store, all of it, in three forms, and can be cancelled", async () => {
  await sendSome(vigie, numbered(2_500).map((text, i) => (i % 2 ? text : `${text}, "quoted"`)), { stepMs: 10, metadata: { n: 1 } });
  await sendSome(vigie, ["no order"], { level: "error" });
  await open();
  await viewer.page.fill("#search", "order 1");
  await viewer.page.waitForFunction(() => document.querySelector(".count").textContent.includes("found so far"));
  const exportAs = async (form) => {
    await viewer.page.click(".logbar .export");
    await viewer.page.selectOption(".exportdialog select", form);
    const download = viewer.page.waitForEvent("download");
    await viewer.page.click(".exportdialog .primary");
    const file = await download;
    assert.equal(file.suggestedFilename(), `shop.${form}`);
    await viewer.page.waitForFunction(() => document.querySelector(".exportdialog .progress").textContent === "1,111 entries");
    await viewer.picture(`export-${form}`);
    await viewer.page.keyboard.press("Escape");
    return readFile(await file.path(), "utf8");
  };
  const lines = (await exportAs("jsonl")).trimEnd().split("\n").map((line) => JSON.parse(line).message);
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [1_111, "order 1", "order 1999"]); // oldest first
  const csv = (await exportAs("csv")).trimEnd().split("\r\n");
  assert.equal(csv[0], "id,timestamp,level,message,metadata,appId,userId");
  assert.match(csv[2], /^[^,]+,\d{4}-.*Z,info,"order 10, ""quoted""","\{""n"":1\}",shop,till$/);
  // As the command on the same machine has it.
  const printed = (await vigie.command("export", "--app", "shop", "--format", "csv")).split("\r\n");
  assert.equal(printed[0], csv[0]);
  assert.ok(printed.includes(csv[2]), `${csv[2]} among ${printed.slice(0, 3)}`);
  assert.match((await exportAs("txt")).split("\n")[0], /  info  shop  till  order 1  \{"n":1\}$/);
  // While it goes on it tells how far it is, and can be ended.
  let asked = 0;
  await viewer.page.route(/\/logs\?.*limit=1000/, async (route) => {
    if (++asked > 1) return; // never answered
    await route.continue();
  });
  await viewer.page.click(".logbar .export");
  await viewer.page.click(".exportdialog .primary");
  await viewer.page.waitForFunction(() => /^[\d,]+ entries, back to /.test(document.querySelector(".exportdialog .progress").textContent));
  await viewer.page.click(".exportdialog .buttons button");
  await viewer.page.waitForSelector("dialog", { state: "detached" });
  assert.deepEqual(viewer.complaints, []);
});

test("applications are chosen from a list, those that may be seen", async () => {
  await sendSome(vigie, ["from the shop"]);
  await sendSome(vigie, ["from the bank"], { appId: "bank" });
  viewer = await openViewer(browser, vigie, "");
  await viewer.page.waitForFunction(() => document.querySelectorAll("#applications option").length === 3);
  assert.deepEqual(await viewer.page.locator("#applications option").evaluateAll((all) => all.map((one) => one.value)), ["*", "bank", "shop"]);
  await viewer.page.fill("input[name=app]", "shop");
  await viewer.page.fill("input[name=user]", "ann");
  await viewer.page.keyboard.press("Enter");
  await viewer.waitForText("from the shop");
  await viewer.page.selectOption(".apps", "bank");
  await viewer.waitForText("from the bank");
  assert.equal(await viewer.page.locator(".line", { hasText: "from the shop" }).count(), 0);
  await viewer.waitForAddress("app=bank");
  await viewer.picture("applications");
  assert.deepEqual(viewer.complaints, []);
});

test("all applications are shown at once, in one order, further back as well", async () => {
  await sendSome(vigie, numbered(700).map((text) => `shop ${text}`), { stepMs: 2_000 });
  await sendSome(vigie, numbered(300).map((text) => `bank ${text}`), { appId: "bank", stepMs: 4_000 });
  await open("#app=*&user=ann");
  await viewer.waitForCount("1,000 stored entries");
  await viewer.waitForText("shop order 699");
  await viewer.waitForText("bank order 299");
  await sendSome(vigie, ["live from the bank"], { appId: "bank" });
  await viewer.waitForText("live from the bank");
  // An application that is new is found by itself.
  await sendSome(vigie, ["a new one"], { appId: "cafe" });
  await viewer.waitForText("a new one");
  await viewer.waitForCount("1,002 stored entries");
  await viewer.picture("all-applications");
  await viewer.page.locator(".loglist:visible").focus();
  while (Number(await viewer.page.locator(".line").first().getAttribute("aria-setsize")) < 1_002) {
    await viewer.page.keyboard.press("g");
    await viewer.page.waitForFunction(() => !document.querySelector(".logs.loading"));
  }
  const download = viewer.page.waitForEvent("download");
  await viewer.page.click(".logbar .export");
  await viewer.page.click(".exportdialog .primary");
  const lines = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(new Set(lines.map(({ id }) => id)).size, 1_002);
  assert.deepEqual(lines.map(({ timestamp }) => timestamp), lines.map(({ timestamp }) => timestamp).sort((a, b) => a - b));
  await viewer.page.keyboard.press("Escape");
  await viewer.page.keyboard.press("G");
  await viewer.row("live from the bank").click({ button: "right" });
  await viewer.page.getByLabel("Show only entries with app = bank").click();
  await viewer.page.waitForFunction(() => document.querySelector(".count").textContent.startsWith("301 "));
  assert.deepEqual(viewer.complaints, []);
});

test("of many applications the newest are shown, and how many of them is said", async () => {
  for (let i = 0; i < 53; ++i) await sendSome(vigie, [`from ${i}`], { appId: `app-${String(i).padStart(2, "0")}` });
  await open("#app=*&user=ann");
  await viewer.page.waitForFunction(() => document.querySelector(".someapps").textContent === "50 of 53 applications are shown");
  await viewer.waitForText("from 52");
  await viewer.waitForCount("50 stored entries");
  await viewer.page.click(".logbar .export");
  assert.match(await viewer.page.textContent(".exportdialog p"), /; 50 of 53 applications are shown\.$/);
  await viewer.page.keyboard.press("Escape");
  // A second reader finds room.
  const first = viewer;
  await open("#app=*&user=bob");
  await viewer.waitForText("from 52");
  await first.close();
  await viewer.page.selectOption(".apps", "app-00"); // by itself
  await viewer.waitForText("from 0");
  assert.equal(await viewer.page.textContent(".someapps"), "");
  assert.deepEqual(viewer.complaints, []);
});

test("a token for one application names no other", async () => {
  await vigie.stop();
  vigie = await startVigie({ flags: ["--require-token"] });
  const token = async (...args) => (await vigie.command("token", "add", "--user", "ann", ...args)).trim();
  const [narrow, wide] = [await token("--app", "shop"), await token("--all-apps")];
  const apps = async (bearer) => (await fetch(new URL("api/apps", vigie.url), { headers: { Authorization: `Bearer ${bearer}` } })).json();
  while ((await apps(wide)).code) await new Promise((resolve) => setTimeout(resolve, 50)); // it looks for new ones
  assert.deepEqual(await apps(narrow), { apps: ["shop"] });
  assert.deepEqual(await apps(wide), { apps: [] });
  assert.equal((await apps("vigie_none")).code, "token_unknown");
  await open(`#app=shop&user=ann&token=${narrow}`);
  assert.equal(await viewer.page.isVisible(".apps"), false);
});

test("the processes of a moment have their ids, and are copied as text", async () => {
  await open();
  const processes = async () => (await fetch(new URL(`api/processes?at=${Date.now() - 5_000}`, vigie.url))).json();
  while ((await processes()).timestamp === null) await new Promise((resolve) => setTimeout(resolve, 200));
  const plot = await viewer.plot();
  await viewer.page.mouse.click(plot.x + plot.width - 2, plot.y + 20);
  await viewer.page.waitForSelector(".moment table");
  assert.match(await viewer.page.locator(".moment td:nth-child(2)").first().textContent(), /^\d+$/);
  await viewer.picture("processes");
  for (const [n, sorted] of [[0, "CPU"], [1, "Memory"]]) {
    const heads = viewer.page.locator(".moment table").nth(n).locator("th");
    assert.deepEqual(await heads.allTextContents(), ["Process", "PID", "CPU", "Memory"]);
    for (const head of await heads.all()) assert.ok((await head.boundingBox()).width > 40); // not only for screen readers
    assert.equal(await viewer.page.locator(".moment table").nth(n).locator("th[aria-sort=descending]").textContent(), sorted);
  }
  const rows = await viewer.page.locator(".loglist:visible").evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    return (Math.min(bottom, innerHeight) - top) / parseFloat(getComputedStyle(list).lineHeight);
  });
  assert.ok(rows >= 8, `${rows} rows of the log`);
  await viewer.page.click(".moment header button:has-text('Copy as text')");
  await viewer.page.waitForFunction(() => document.querySelector(".moment header button").textContent === "Copied");
  assert.match(await viewer.clipboard(), /^\d+ \S+ \d{4}, [^]*By CPU\nProcess\tPID\tCPU\tMemory\n.+\t\d+\t[\d.]+\s%\t/);
  assert.deepEqual(viewer.complaints, []);
});
