// SPDX-License-Identifier: GPL-3.0-or-later
// The log of the page: what is shown, copied, saved and found is what was sent.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { clockEnv, connectClient, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, context, page, complaints, till;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => { vigie = await startVigie(); });
afterEach(async () => {
  till?.close();
  till = undefined;
  await context?.close();
  context = undefined;
  await vigie.stop();
});

async function openPage(options = {}, prepare = () => {}) {
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await prepare();
  await page.goto(`${vigie.url}#app=shop&user=ann`);
}

async function picture(name) {
  const folder = process.env.VIGIE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Entries of the shop; `texts`: the JSON of each, to the letter. */
async function send(...texts) {
  till ??= await connectClient(vigie, "shop", "till");
  till.sendText(`{"type":"logs","data":{"ack":true,"logs":[${texts.join(",")}]}}`);
  await till.take("logs_ack");
}
async function logSome(messages, more = {}) {
  const now = Date.now();
  const logs = messages.map((message, i) => ({ level: "info", message, timestamp: now - (messages.length - 1 - i) * 10, ...more }));
  for (let i = 0; i < logs.length; i += 1_000) await send(...logs.slice(i, i + 1_000).map((entry) => JSON.stringify(entry)));
}
const numbered = (count, from = 0) => Array.from({ length: count }, (_, i) => `order ${from + i}`);
const list = () => page.locator(".loglist:visible");
const row = (text) => page.locator(".loglist:visible .line", { hasText: text });
const waitForText = (text) => page.waitForFunction((wanted) => document.querySelector(".loglist:not([hidden])")?.innerText.includes(wanted), text);
const waitForCount = (text) => page.waitForFunction((wanted) => document.querySelector(".count")?.textContent === wanted, text);
/** So many lines can be scrolled through. */
const waitForHeld = (count) => page.waitForFunction((wanted) => Number(document.querySelector(".loglist:not([hidden]) .line")?.ariaSetSize) === wanted, count);
const waitForNote = (text) => page.waitForFunction((wanted) => document.querySelector(".oldernote")?.textContent.includes(wanted), text);
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
/** Of an entry as it was copied: its message. */
const copiedMessages = async () => (await clipboard()).split("\n").map((line) => line.split("  ")[4]);
const copy = () => page.keyboard.press("Control+c");
/** What assistive technology is told: rows of the list. */
async function accessible() {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const list = nodes.find((node) => node.role?.value === "listbox" && !node.ignored);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const below = (node) => node.childIds.flatMap((id) => (byId.get(id).ignored || byId.get(id).role.value === "generic" ? below(byId.get(id)) : [byId.get(id)]));
  const property = (node, name) => node.properties.find((one) => one.name === name)?.value;
  await session.detach();
  return { list, rows: below(list), property, nodes };
}

test("numbers, names and their order are as they were written, wherever they are shown", async () => {
  const metadata = '{"id":9007199254740993,"n":12345678901234567890,"p":1.10,"z":1,"10":2,"a":1,"z":3}';
  await send(`{"level":"info","message":"one","metadata":${metadata}}`, '{"level":"info","message":"other","metadata":{"id":9007199254740992}}');
  await openPage();
  await waitForText("one");
  const shown = () => row("one").locator(".metadata").textContent();
  assert.equal(await shown(), metadata);
  await send(`{"level":"info","message":"live one","metadata":${metadata}}`); // by the other road
  await waitForText("live one");
  assert.deepEqual(await page.locator(".metadata").allTextContents(), [metadata, '{"id":9007199254740992}', metadata]);
  await row("live one").click();
  assert.deepEqual(await page.locator(".json .value").allTextContents(), ["9007199254740993", "12345678901234567890", "1.10", "1", "2", "1", "3"]);
  await page.click(".details header button >> nth=0");
  await page.waitForFunction(() => document.querySelector(".details header button")?.textContent === "Copied");
  const copied = await clipboard();
  for (const line of ['"id": 9007199254740993,', '"n": 12345678901234567890,', '"p": 1.10,']) assert.ok(copied.includes(line), copied);
  assert.equal(copied.replace(/\s/g, "").split('"metadata":')[1].slice(0, metadata.length), metadata);
  await page.click('.details .value:has-text("9007199254740993")');
  await waitForCount("2 of 3 stored entries");
  assert.equal(await page.textContent(".chip"), "id = 9007199254740993");
  const download = page.waitForEvent("download");
  await page.click(".logbar .export");
  await page.click(".exportdialog .primary");
  const lines = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\n");
  assert.equal(lines.length, 2);
  for (const line of lines) assert.ok(line.includes(`"metadata":${metadata},`), line);
  assert.deepEqual(complaints, []);
});

test("lines are marked by the mouse and copied in their order, also beyond the view", async () => {
  await logSome(numbered(500), { metadata: { a: 1 } });
  await openPage();
  await waitForText("order 499");
  await list().hover();
  await list().evaluate((root) => { window.stands = new Promise((done) => root.addEventListener("scrollend", done, { once: true })); });
  await page.mouse.wheel(0, -1_000);
  await page.waitForFunction(() => document.querySelector(".follow")?.ariaPressed === "false");
  await page.evaluate(() => window.stands); // else the rows go on under the pointer
  const rows = () => list().evaluate((root) => [...root.querySelectorAll(".line")].map((line) => [line.getBoundingClientRect().top, line.querySelector(".text").textContent]));
  await page.waitForFunction(() => document.querySelector(".line")?.innerText.match(/order (\d+)/)?.[1] < 460);
  const inOrder = await rows();
  assert.deepEqual(inOrder, [...inOrder].sort(([a], [b]) => a - b)); // as they are read
  const box = await list().boundingBox();
  const [, first] = inOrder.find(([top]) => top > box.y + 40);
  const number = Number(first.slice(6));
  const place = async (n) => (await row(new RegExp(`order ${n}\\b`)).boundingBox());
  const [from, to] = [await place(number + 1), await place(number + 5)];
  await page.mouse.move(from.x + 200, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 300, to.y + 5, { steps: 6 });
  await page.mouse.up();
  await copy();
  assert.deepEqual(await copiedMessages(), numbered(5, number + 1));
  assert.match(await clipboard(), /^\d+ \S+ \d{4}, \d\d:\d\d:\d\d\.\d{3} UTC\S* {2}info {2}shop {2}till {2}order \d+ {2}\{"a":1\}\n/);
  assert.equal(await page.locator(".line.selected").count(), 5);
  assert.equal(await page.isVisible(".details"), false);
  await picture("lines-marked");
  // The other way and beyond the view: the list goes along.
  await page.mouse.move(from.x + 200, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 200, box.y - 30, { steps: 4 });
  await page.waitForFunction((wanted) => Number(document.querySelector(".line")?.innerText.match(/order (\d+)/)?.[1]) < wanted, number - 100);
  await page.mouse.up();
  await copy();
  const messages = await copiedMessages();
  assert.ok(messages.length > 60, String(messages.length));
  assert.deepEqual(messages, numbered(messages.length, number + 2 - messages.length));
  // Shift and click, after the one end has been scrolled away.
  await page.keyboard.press("g");
  await row(/order 3\b/).click();
  await page.keyboard.press("Escape"); // the details
  await row(/order 3\b/).click();
  await page.keyboard.press("G");
  await waitForText("order 499");
  await row(/order 499\b/).click({ modifiers: ["Shift"] });
  await copy();
  assert.deepEqual(await copiedMessages(), numbered(497, 3));
  // All of them, and from there by keys.
  await page.keyboard.press("Control+a");
  await copy();
  assert.deepEqual(await copiedMessages(), numbered(500));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await copy();
  assert.deepEqual(await copiedMessages(), numbered(3, 496));
  // Entries that come meanwhile change nothing of it.
  await logSome(numbered(50, 500));
  await page.waitForFunction(() => document.querySelector(".count")?.textContent === "550 stored entries");
  await copy();
  assert.deepEqual(await copiedMessages(), numbered(3, 496));
  assert.deepEqual(complaints, []);
});

test("a text within one line is marked and copied as everywhere", async () => {
  await logSome(["see \u202efdp.exe\u202c and more", "next"]);
  await openPage();
  await waitForText("next");
  const box = await row("see").locator(".text").boundingBox();
  await page.mouse.move(box.x - 1, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + 8, { steps: 5 });
  await page.mouse.up();
  await copy();
  assert.equal((await clipboard()).trim(), "see \u202efdp.exe\u202c and more"); // signs are no text
  assert.equal(await page.isVisible(".details"), false);
  assert.equal(await page.locator(".line.selected").count(), 0);
});

test("what cannot be seen is seen, nothing is turned round, and colours are colours", async () => {
  const messages = {
    turned: "open \u202egnp.exe", hidden: "in\u200bvisible\ufeff", cr: "10%\r50%\r100%", crlf: "first\r\nsecond", emoji: "👩‍👩‍👧 ❤️ می‌خواهم",
    colour: "\u001b[32mINFO\u001b[0m server \u001b[1;48;2;255;255;0mwarm\u001b[0m\u001b[2K \u001b[38;5;226myellow\u001b[0m \u001b[7mturned\u001b[0m", control: "a\u0000b\u007fc\u0085d",
  };
  await send(...Object.values(messages).map((message) => JSON.stringify({ level: "in\u202efo", message, metadata: { file: "ab\u202ec", n: 1 } })));
  for (const theme of ["light", "dark"]) {
    await openPage({ colorScheme: theme });
    await waitForText("INFO server");
    const of = (n) => page.locator(".line .text").nth(n);
    const signs = (n) => of(n).locator(".sign").evaluateAll((all) => all.map((sign) => [sign.dataset.sign, sign.title]));
    assert.deepEqual(await signs(0), [["RLO", "U+202E right-to-left override"]]);
    assert.deepEqual(await signs(1), [["ZWSP", "U+200B zero width space"], ["BOM", "U+FEFF zero width no-break space"]]);
    assert.deepEqual((await signs(2)).map(([sign]) => sign), ["CR", "CR"]);
    assert.deepEqual(await signs(3), []);
    assert.deepEqual(await signs(4), []); // writing needs these
    assert.deepEqual((await signs(6)).map(([sign]) => sign), ["NUL", "DEL", "U+0085"]);
    assert.equal(await of(0).textContent(), messages.turned);
    // Each letter stands where it was written, and the metadata behind the message.
    const places = await page.locator(".line").nth(0).evaluate((line) => {
      const letters = document.createTreeWalker(line.querySelector(".message"), NodeFilter.SHOW_TEXT);
      const all = [];
      for (let node = letters.nextNode(); node; node = letters.nextNode()) {
        if (node.parentElement.closest(".sign")) continue;
        for (let i = 0; i < node.data.length; ++i) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          all.push(range.getBoundingClientRect().left);
        }
      }
      return all;
    });
    assert.ok(places.length > 20 && places.every((left, i) => i === 0 || left >= places[i - 1]), String(places));
    assert.equal(await of(5).textContent(), "INFO server warm yellow turned");
    // Each can be read on what is behind it.
    const contrasts = await of(5).evaluate((text) => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const light = (colour) => rgb(colour).map((part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
      const card = getComputedStyle(document.documentElement).getPropertyValue("--card");
      return [...text.querySelectorAll(".sgr")].map((run) => {
        const { color, backgroundColor } = getComputedStyle(run);
        const [a, b] = [light(color), light(backgroundColor === "rgba(0, 0, 0, 0)" ? card : backgroundColor)].sort((x, y) => x - y);
        return (b + 0.05) / (a + 0.05);
      });
    });
    assert.equal(contrasts.length, 4);
    assert.ok(contrasts.every((contrast) => contrast > 4.5), String(contrasts));
    assert.notEqual(await of(5).locator(".sgr").first().evaluate((run) => getComputedStyle(run).color), await of(5).evaluate((run) => getComputedStyle(run).color));
    await picture(`signs-${theme}`);
    await page.fill("#search", "info server warm");
    await waitForCount("1 of 7 stored entries");
    assert.equal(await page.locator(".text mark").allTextContents().then((texts) => texts.join("")), "INFO server warm");
    await page.locator(".line").click();
    assert.equal(await page.locator(".details .whole pre").textContent(), "INFO server warm yellow turned");
    await picture(`signs-details-${theme}`);
    await list().focus();
    await copy();
    assert.equal((await clipboard()).split("  ")[4], messages.colour); // the text that was sent
    assert.deepEqual(complaints, []);
    if (theme === "light") await context.close();
  }
});

test("a value without a name has its details, and can be chosen", async () => {
  await send('{"level":"info","message":"with","metadata":{"":5}}', '{"level":"info","message":"without"}');
  await openPage();
  await row("with").first().click();
  await page.locator(".details .json .value").click();
  await waitForCount("1 of 2 stored entries");
  assert.deepEqual(complaints, []);
});

test("a text of a million signs is no million elements", async () => {
  await logSome(["\u0000\u202ea".repeat(100_000)]);
  await logSome(["\u001b[31mb\u001b[0m".repeat(20_000)]);
  await openPage();
  for (const text of ["a", "b"]) {
    await row(text).click();
    await page.waitForFunction((wanted) => document.querySelector(".details pre")?.textContent.includes(wanted), text);
    assert.ok(await page.evaluate(() => document.querySelectorAll("*").length) < 10_000, text);
  }
});

test("what Vigie's store would refuse is refused at the box, with its reason", async () => {
  await logSome(["a NullPointerException"]);
  await openPage();
  await waitForText("NullPointer");
  await page.click(".search button");
  const problem = () => page.locator("#searchproblem:visible").textContent();
  for (const pattern of ["Null(?!Foo)", "(?<=Check)out", "Null\\u0050ointer", "(l)\\1P", "(?>a)", "a{5000}"]) {
    await page.fill("#search", pattern);
    await page.waitForFunction(() => !document.querySelector("#search").validity.valid);
    assert.match(await problem(), /^Vigie does not understand this: .+/, pattern);
    await page.fill("#search", "");
    await page.waitForFunction(() => document.querySelector("#search")?.validity.valid);
  }
  await page.fill("#search", "Null(?!Foo)");
  await page.waitForSelector("#searchproblem:visible");
  await picture("regex-refused");
  await waitForCount("1 stored entry"); // it changes nothing
  for (const [pattern, count] of [["(?P<word>null)", "1 of 1 stored entry"], ["\\bnull\\pL+n\\z", "1 of 1 stored entry"], ["\\Aa [[:alpha:]]+$", "1 of 1 stored entry"], ["(?-i)null", "0 of 1 stored entry"]]) {
    await page.fill("#search", pattern);
    await page.waitForSelector("#searchproblem", { state: "hidden" });
    await waitForCount(count);
  }
});

test("a regular expression finds what is stored and what comes, and marks it", async () => {
  await logSome(["tea for 12", "coffee", ...numbered(600), "tea for two"]);
  await openPage();
  await waitForHeld(500);
  await page.click(".search button");
  await page.fill("#search", "TEA for (\\d+|two)");
  await waitForCount("2 of 603 stored entries");
  await logSome(["tea for three", "tea for 4"]);
  await waitForCount("3 of 605 stored entries");
  await page.waitForFunction(() => document.querySelectorAll(".loglist:not([hidden]) .line mark").length === 3);
  assert.deepEqual(await page.locator(".loglist:visible .line mark").allTextContents(), ["tea for 12", "tea for two", "tea for 4"]);
  await row("tea for 12").click();
  await page.waitForFunction(() => document.querySelector(".details mark")?.textContent === "tea for 12");
  assert.deepEqual(complaints, []);
});

test("an expression that gets no answer leaves the page as quick as it was, and what is stored is found", async () => {
  await logSome(["tea for 12", "coffee"]);
  await openPage({}, () => page.route("**/regexworker-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: 'postMessage("ready");' })));
  await waitForText("coffee");
  await page.click(".search button");
  await page.fill("#search", "tea for \\d+");
  // Nothing is shown until there is a verdict, and the page does what it is told meanwhile.
  await waitForCount("0 found so far");
  await page.click(".levels > button");
  await page.waitForSelector(".levels .popup:visible");
  await page.click(".levels > button");
  await page.waitForSelector(".slow:visible");
  await waitForText("tea for 12");
  assert.match(await page.locator(".slow").textContent(), /takes too long here: only stored entries are searched/);
  await waitForCount("1 found so far");
  await picture("regex-slow");
  await logSome(["tea for 3"]); // it is not known whether this matches
  await page.click(".levels > button");
  await page.waitForFunction(() => document.querySelector(".levels .level.info .number")?.textContent === "3"); // it has come
  assert.equal(await row("tea for").count(), 1);
  await page.keyboard.press("Escape");
  // The same link, opened again, ends the same way; a text is searched at once.
  await page.waitForFunction(() => location.hash.includes("regex=1"));
  await page.reload();
  await page.waitForSelector(".slow:visible");
  await waitForCount("2 found so far");
  await page.click(".search button");
  await page.fill("#search", "coffee");
  await waitForCount("1 of 3 stored entries");
  await page.waitForSelector(".slow", { state: "hidden" });
  assert.deepEqual(complaints, []);
});

test("says what was not searched, and searches it when asked", async () => {
  await logSome(["java.lang.NullPointerException in CheckoutService", ...numbered(2_000)]);
  await openPage();
  await waitForHeld(500);
  await page.fill("#search", "Service");
  await waitForNote("only beginnings of words");
  await picture("beginnings-only");
  assert.equal((await page.textContent(".oldernote")).includes("No entries match"), false);
  await page.click(".oldernote button");
  await waitForText("CheckoutService");
  await page.fill("#search", "nowhere");
  await waitForNote("Nothing found yet: in stored entries, only beginnings of words");
  await page.click(".oldernote button");
  await waitForNote("No entries match"); // which is known now
  await page.fill("#search", "order 499"); // a new search begins with the fast way
  await waitForText("order 499");
  await waitForNote("only beginnings of words");
});

test("a question for older entries that fails is said, and asked again", async () => {
  await logSome(numbered(2_000));
  await openPage();
  await waitForHeld(500);
  let answers = 0;
  await page.route(/\/logs\?.*search=/, (route) => {
    ++answers;
    return answers === 1 ? route.abort() : answers === 2 ? route.fulfill({ status: 500, json: { code: "internal", message: "the disk is gone" } }) : route.continue();
  });
  await page.fill("#search", "order 17");
  await waitForNote("Older entries could not be loaded: no answer");
  assert.equal(await page.locator(".oldernote").textContent().then((text) => text.includes("No entries match")), false);
  // At once, and not where it is gone: in a while the page asks without it.
  const tryNow = () => page.evaluate(() => {
    const button = document.querySelector(".oldernote button");
    if (button?.textContent === "Try now") button.click();
  });
  await tryNow();
  await waitForNote("Older entries could not be loaded: the disk is gone");
  await picture("older-failed");
  await tryNow();
  await page.waitForFunction(() => document.querySelector(".count")?.textContent.startsWith("111 "));
  // Also without being asked: in a while, or with the next connection.
  answers = 0;
  await page.fill("#search", "order 18");
  await waitForNote("Older entries could not be loaded");
  await page.waitForFunction(() => document.querySelector(".count")?.textContent.startsWith("111 "), undefined, { timeout: 20_000 });
  assert.equal(answers >= 3, true);
});

test("a value that few entries have is looked for further back", async () => {
  await logSome(["the one"], { metadata: { order: 7 } });
  await logSome(numbered(2_000), { metadata: { order: 8 } });
  await logSome(["another"], { metadata: { order: 7 } });
  await openPage();
  await waitForText("another");
  await row("another").click();
  await page.click('.details .value:has-text("7")');
  await waitForText("the one");
  await waitForNote("There are no older entries");
});

test("what was on its way when the log was cleared does not come", async () => {
  await logSome(numbered(2_000));
  let asked;
  await openPage({}, () => { asked = new Promise((resolve) => void page.route(/\/logs\?.*(before|cursor)=/, resolve, { times: 1 })); });
  await waitForHeld(500);
  await page.keyboard.press("g");
  const route = await asked;
  const response = await route.fetch();
  till.send("clear");
  await waitForText("till deleted stored entries");
  await route.fulfill({ response }).catch(() => {}); // nobody may wait for it any more
  await logSome(["after"]);
  await waitForText("after");
  await page.keyboard.press("g");
  await waitForNote("There are no older entries");
  assert.equal(await page.locator(".line .text", { hasText: "order" }).count(), 0);
});

test("a list says where the day changes", async () => {
  const at = (iso) => new Date(iso).getTime();
  const days = [["2025-11-30T10:39:00.792Z", "a year ago"], ["2027-03-27T22:30:00Z", "before"], ["2027-03-27T23:30:00Z", "saving"], ["2027-03-28T21:59:59.999Z", "its last"], ["2027-03-28T22:00:00Z", "next day"],
    ["2027-04-02T10:00:00Z", "today"]];
  const present = at("2027-04-02T10:00:01Z");
  await vigie.stop();
  vigie = await startVigie({ env: clockEnv({ aheadS: Math.round((present - Date.now()) / 1000) }) });
  await send(...days.map(([iso, message]) => JSON.stringify({ level: "info", message, timestamp: at(iso) })));
  await openPage({ timezoneId: "Europe/Paris" });
  await page.clock.setFixedTime(present);
  await page.reload();
  await waitForText("today");
  const dates = () => page.locator(".line").evaluateAll((lines) => lines.map((line) => [line.querySelector(".text").textContent, line.querySelector(".day").textContent]));
  assert.deepEqual(await dates(), [["a year ago", "30 Nov 2025"], ["before", "27 Mar"], ["saving", "28 Mar"], ["its last", ""], ["next day", "29 Mar"], ["today", "2 Apr"]]);
  const title = (text) => row(text).locator("time").getAttribute("title");
  assert.match(await title("a year ago"), /^30 Nov 2025, 11:39:00\.792 UTC\+1$/);
  assert.match(await title("next day"), /^29 Mar 2027, 00:00:00\.000 UTC\+2$/);
  await row("a year ago").click();
  assert.match(await page.textContent(".details dd"), /^30 Nov 2025, 11:39:00\.792 UTC\+1$/);
  await picture("days");
  await page.keyboard.press("Escape");
  // The day of what is in view is said also where it does not begin there.
  await logSome(numbered(200), { timestamp: at("2027-03-20T10:00:00Z") });
  await page.keyboard.press("G");
  await waitForText("order 199");
  assert.equal(await page.textContent(".day-ahead"), "20 Mar");
  await picture("day-ahead");
});

test("a screen reader is told of lines, their places and which one is chosen", async () => {
  await logSome(numbered(300));
  await openPage();
  await waitForText("order 299");
  await list().focus();
  await page.keyboard.press("ArrowUp");
  await page.waitForSelector(".line.selected");
  const before = await accessible();
  assert.equal(before.list.name.value, "Log entries");
  assert.ok(before.rows.length > 10);
  assert.deepEqual([...new Set(before.rows.map((node) => node.role.value))], ["option"]);
  const chosen = (tree) => tree.rows.filter((node) => tree.property(node, "selected")?.value);
  const active = (tree) => tree.property(tree.list, "activedescendant")?.relatedNodes[0].backendDOMNodeId;
  const [first] = chosen(before);
  assert.equal(chosen(before).length, 1);
  assert.equal(active(before), first.backendDOMNodeId);
  const number = Number(first.name.value.match(/order (\d+)/)[1]);
  assert.match(first.name.value, /\d\d:\d\d:\d\d\.\d{3}\s+info\s+till\s+order \d+/);
  assert.deepEqual(await page.locator(".line.selected").evaluate((line) => [line.ariaPosInSet, line.ariaSetSize]), [String(number + 1), "300"]);
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction((wanted) => document.querySelector(".line.selected")?.innerText.includes(wanted), `order ${number - 1}`);
  const next = await accessible();
  const [second] = chosen(next);
  assert.ok(second.name.value.includes(`order ${number - 1}`), second.name.value);
  assert.equal(active(next), second.backendDOMNodeId);
  assert.ok(next.nodes.some((node) => node.role?.value === "region" && node.name?.value === "Entry details"));
  // In the order of the tree they are read as they stand.
  const places = next.rows.map((node) => Number(node.name.value.match(/order (\d+)/)[1]));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelector(".line.selected")?.innerText.includes("order 0"));
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.querySelector(".line.selected")?.innerText.includes("order 299"));
});

test("a page of long entries stays small, and brings back what had to go", async () => {
  const text = "x".repeat(20_000);
  await openPage();
  for (let i = 0; i < 4_000; i += 40) await logSome(numbered(40, i).map((message) => `${message} ${text}`));
  await waitForText("order 3999 ");
  const count = await page.evaluate(() => Number(document.querySelector(".line").ariaSetSize));
  assert.ok(count > 3_000 && count < 3_600, String(count)); // 64 MiB
  await page.keyboard.press("g");
  await waitForNote("The page cannot hold more entries");
});
