// SPDX-License-Identifier: GPL-3.0-or-later
// The page that Vigie serves, as a person uses it in a real browser. Pictures of it are kept in VIGIE_SCREENSHOTS.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { flood } from "./flood.mjs";
import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, context, page, complaints, addresses, till;

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

async function openPage(fragment = "#app=shop&user=ann", options = {}) {
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  addresses = []; // all that are asked for; what stands behind # is sent to nobody
  for (const kind of ["request", "websocket"]) page.on(kind, (one) => addresses.push(one.url().split("#")[0]));
  await page.goto(vigie.url + fragment);
}

async function picture(name) {
  const folder = process.env.VIGIE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Entries of the shop: the last is the newest, each `stepMs` after the one before. */
async function logSome(messages, { level = "info", stepMs = 1000, ...more } = {}) {
  till ??= await connectClient(vigie, "shop", "till");
  const now = Date.now();
  const logs = messages.map((message, i) => ({ level, message, timestamp: now - (messages.length - 1 - i) * stepMs, ...more }));
  for (let i = 0; i < logs.length; i += 500) await till.log(...logs.slice(i, i + 500));
}

const numbered = (count, from = 0) => Array.from({ length: count }, (_, i) => `order ${from + i}`);
const list = () => page.locator(".loglist:visible");
/** What stands in the list's view and a little around it, from top to bottom. */
const shownMessages = () => list().evaluate((root) => [...root.querySelectorAll(".line")]
  .map((line) => [new DOMMatrix(getComputedStyle(line).transform).f, line.querySelector(".message")?.firstChild.parentElement.innerText ?? line.textContent])
  .sort(([a], [b]) => a - b).map(([, text]) => text));
const waitForText = (text) => page.waitForFunction((wanted) => document.querySelector(".loglist:not([hidden])")?.innerText.includes(wanted), text);
const waitForCount = (text) => page.waitForFunction((wanted) => document.querySelector(".count").textContent === wanted, text);
/** So many lines can be scrolled through. */
const waitForHeld = (count) => page.waitForFunction((wanted) => Number(document.querySelector(".loglist:not([hidden]) .line")?.ariaSetSize) === wanted, count);
const state = () => page.textContent(".state");
const waitForState = (beginning) => page.waitForFunction((wanted) => document.querySelector(".state")?.textContent.startsWith(wanted), beginning);

test("a colleague signs in and sees the machine and the log, live", async () => {
  await logSome(["before"]);
  await openPage("");
  assert.equal(await page.title(), "Vigie");
  assert.equal(await page.isVisible("main"), false);
  await picture("signin");
  await page.fill("input[name=app]", "shop");
  await page.fill("input[name=user]", "ann");
  await page.keyboard.press("Enter");
  await waitForText("before");
  assert.equal(await state(), "Live");
  const other = await connectClient(vigie, "bank", "teller");
  await other.log({ level: "info", message: "not for the shop" });
  await logSome(["during"], { level: "WARN" });
  await waitForText("during");
  assert.deepEqual(await shownMessages(), ["before", "during"]);
  assert.equal(await page.textContent(".line.warn .level"), "WARN");
  other.close();
  // Figures come once a second, and the charts have them.
  await page.waitForFunction(() => /^total\s[\d.]+\s%$/.test(document.querySelector(".chart .figures")?.innerText));
  const drawn = () => page.evaluate(() => [...document.querySelectorAll(".plot canvas")].map((canvas) => canvas.toDataURL()));
  const first = await drawn();
  assert.equal(first.length, 4);
  await page.waitForFunction((before) => [...document.querySelectorAll(".plot canvas")].every((canvas, i) => canvas.toDataURL() !== before[i]), first);
  assert.match(await page.locator(".chart").nth(1).locator(".figures").innerText(), /^used\s\d+\s%\s*swap/);
  assert.match(await page.locator(".chartnote").nth(1).innerText(), /^[\d.]+ of [\d.]+\s[KMGT]iB, [\d.]+\s[KMGT]iB free$/);
  assert.deepEqual(complaints, []);
});

test("a link signs in, and tells nobody of its token", async () => {
  await openPage("#app=shop&user=ann&token=s3cret");
  await waitForState("Live");
  // And nothing of the token, nor of the reader's name.
  await page.waitForFunction(() => location.hash === "#app=shop&range=300");
  await page.reload(); // and stays signed in
  await waitForState("Live");
  assert.equal(await page.textContent(".who"), "shop · ann");
  for (const address of [vigie.url, `ws://${vigie.host}/`]) // twice each
    assert.notEqual(addresses.indexOf(address), addresses.lastIndexOf(address), address);
  assert.deepEqual(addresses.filter((url) => url.includes("s3cret")), []);
  await page.click(".menu summary");
  await page.click(".sheet button:has-text('Sign out')");
  assert.equal(await page.isVisible(".signin"), true);
  await page.reload();
  assert.equal(await page.isVisible(".signin"), true);
});

test("a name that is none is refused in words", async () => {
  await openPage(`#app=shop&user=${encodeURIComponent("a\u0001b")}`);
  await page.waitForSelector(".signin .problem:not(:empty)");
  assert.match(await page.textContent(".problem"), /^Vigie did not let you in: userId /);
});

test("asks for a token where one is needed, and says what is wrong with one", async () => {
  await vigie.stop();
  vigie = await startVigie({ flags: ["--require-token"] });
  const add = async (...args) => (await vigie.command("token", "add", "--app", "shop", ...args)).trim();
  const right = await add("--user", "ann");
  const bobs = await add("--user", "bob");
  const sends = await add("--user", "till", "--role", "producer");
  await openPage("#app=shop&user=ann");
  const waitForProblem = (text) => page.waitForFunction((wanted) => document.querySelector(".signin:not([hidden]) .problem")?.textContent.includes(wanted), text);
  await waitForProblem("a token is needed");
  const tryToken = async (token) => {
    await page.fill("input[name=token]", token);
    await page.keyboard.press("Enter");
  };
  await tryToken("vigie_guess");
  await waitForProblem("this token is not known");
  await tryToken(bobs);
  await waitForProblem("this token is for another name");
  await tryToken(right);
  await waitForState("Live");
  // Figures and history come by it as well.
  const producer = await connectClient(vigie, "shop", "till", sends);
  await producer.log({ level: "info", message: "open" });
  await waitForText("open");
  await page.reload();
  await waitForText("open");
  await page.waitForFunction(() => /^total\s[\d.]+\s%$/.test(document.querySelector(".chart .figures")?.innerText));
  await vigie.command("token", "revoke", "1");
  await page.waitForFunction(() => document.querySelector(".state")?.textContent.includes("Your token was revoked"));
  producer.close();
});

test("asks the owner where there is no token, and goes on with the answer", async () => {
  await vigie.stop();
  vigie = await startVigie({ flags: ["--require-token"] });
  const token = (await vigie.command("token", "add", "--app", "shop", "--user", "ann")).trim();
  await openPage("#app=shop&user=ann");
  const problem = (text) => page.waitForFunction((wanted) => document.querySelector(".signin:not([hidden]) .problem")?.textContent.includes(wanted), text);
  await problem("a token is needed");
  // Nobody sits at a program without a window.
  await page.click(".signin .ask");
  await problem("Nobody is there to answer your request");
  // The owner's part, which takes a window, is played here: the page asks, waits, may give up, and signs in with the answer.
  const asked = [];
  let answer;
  await page.routeWebSocket(() => true, (socket) => {
    let server;
    socket.onMessage((text) => {
      const { type, data } = JSON.parse(text);
      if (type !== "request_access") return (server ??= socket.connectToServer()).send(text);
      asked.push(data);
      answer = (kind, payload) => socket.send(JSON.stringify({ type: kind, payload }));
      answer("access_pending", {});
    });
  });
  await page.goto("about:blank"); // what is loaded from here on has the stand-in
  await page.goto(`${vigie.url}#app=shop&user=ann`);
  await problem("a token is needed");
  await page.click(".signin .ask");
  await page.waitForSelector(".signin .asked:not([hidden])");
  await picture("page-asking");
  await page.click(".signin .ask");
  await page.waitForSelector(".signin .asked", { state: "hidden" });
  await page.click(".signin .ask");
  await page.waitForFunction(() => document.querySelector(".signin input[name=user]").disabled);
  while (asked.length < 2) await page.waitForTimeout(10);
  assert.deepEqual(asked[1], { appId: "shop", userId: "ann" });
  answer("access_denied", { code: "denied", message: "the owner said no" });
  await problem("The owner declined your request");
  await page.click(".signin .ask");
  while (asked.length < 3) await page.waitForTimeout(10);
  answer("access_granted", { appId: "shop", userId: "ann", token });
  await waitForState("Live");
});

test("over TLS it is the same page", async () => {
  await vigie.stop();
  vigie = await startVigie({ flags: ["--tls"] });
  await openPage("#app=shop&user=ann", { ignoreHTTPSErrors: true });
  assert.match(page.url(), /^https:/);
  await waitForState("Live");
  await logSome(["over TLS"]);
  await waitForText("over TLS");
  await page.waitForFunction(() => /^total\s[\d.]+\s%$/.test(document.querySelector(".chart .figures")?.innerText));
  assert.deepEqual(complaints, []);
});

test("speaks the browser's language, or the one that is chosen", async () => {
  await logSome(["one"]);
  await openPage("", { locale: "fr-FR", colorScheme: "dark" });
  await page.waitForSelector("html[lang=fr] .signin");
  await page.fill("input[name=app]", "shop");
  await page.fill("input[name=user]", "ann");
  await page.click("form >> text=Suivre");
  await waitForState("En direct");
  await page.waitForFunction(() => /Mémoire[^]*[\d,]+\s[KMGT]io/.test(document.querySelector(".charts").innerText));
  await picture("french-dark");
  await page.click(".menu summary");
  const edges = await page.evaluate(() =>
    [".sheet", ".sheet select"].map((one) => document.querySelector(one).getBoundingClientRect().right));
  assert.ok(edges[1] < edges[0], String(edges)); // the words have room
  await page.locator(".sheet select").nth(1).selectOption("en");
  await waitForState("Live");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.locator(".sheet select").nth(0).selectOption("light");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(243, 245, 248)");
  await page.reload();
  await waitForState("Live");
  assert.deepEqual(complaints, []);
});

test("levels, words, patterns and values choose what is shown", async () => {
  await logSome(numbered(40), { metadata: { customer: { name: "Ann", vip: true } } });
  await logSome(["Payment failed\n    at pay (till.js:1)\n    at main (till.js:2)"], { level: "error", metadata: { customer: { name: "Bob" } } });
  await openPage();
  await waitForText("Payment failed");
  await waitForCount("41 stored entries");
  await page.keyboard.press("/");
  await page.keyboard.type("ORDER 3");
  await waitForCount("11 of 41 stored entries");
  assert.equal(await page.textContent(".line mark"), "order 3");
  await picture("search");
  await page.click(".search button"); // a pattern from now on
  await page.fill("#search", "order [12]$|order 3[0-4]");
  await waitForCount("7 of 41 stored entries");
  await page.fill("#search", "order ("); // Vigie is asked why not, which Chromium writes down
  await page.waitForFunction(() => !document.querySelector("#search").validity.valid);
  await waitForCount("7 of 41 stored entries"); // what is no pattern changes nothing
  await page.fill("#search", "");
  await waitForCount("41 stored entries");
  await page.click(".line.error");
  await page.waitForSelector(".details details");
  assert.equal(await page.isVisible("text=at pay (till.js:1)"), false); // the stack is folded
  await page.click(".details summary");
  assert.equal(await page.isVisible("text=at pay (till.js:1)"), true);
  await page.click(".details header button >> nth=0");
  assert.equal(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).metadata.customer.name, "Bob");
  await page.click('.details .value:has-text("Bob")');
  await waitForCount("1 of 41 stored entries");
  await picture("details");
  await page.click('.chip:has-text("customer.name = Bob")');
  await waitForCount("41 stored entries");
  const download = page.waitForEvent("download");
  await page.click(".logbar .export");
  await page.click(".exportdialog .primary");
  const lines = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line).message);
  assert.equal(lines.length, 41);
  assert.equal(lines[3], "order 3");
  assert.deepEqual(complaints.filter((text) => !text.includes("status of 400")), []);
});

test("the reader pauses, goes on, and pages back through the store", async () => {
  await logSome(numbered(3000), { stepMs: 10 });
  await openPage();
  await waitForText("order 2999");
  await waitForCount("3,000 stored entries");
  await waitForHeld(500);
  assert.equal(await page.getAttribute(".follow", "aria-pressed"), "true");
  await page.keyboard.press(" ");
  assert.equal(await page.getAttribute(".follow", "aria-pressed"), "false");
  assert.equal(await page.textContent(".present"), "Resume");
  const top = await list().evaluate((root) => root.scrollTop);
  await logSome(["new 1", "new 2"]);
  await page.waitForFunction(() => document.querySelector(".waiting").textContent.includes("2 new entries"));
  assert.equal(await list().evaluate((root) => root.scrollTop), top); // what is read stays where it is
  await page.click(".waiting");
  await waitForText("new 2");
  assert.equal(await page.isVisible(".present"), false);
  for (let before = 502; before < 3002; before += 500) {
    await page.keyboard.press("g");
    await page.waitForFunction((held) => Number(document.querySelector(".line").ariaSetSize) > held, before);
  }
  await waitForCount("3,002 stored entries");
  await waitForHeld(3_002);
  await page.keyboard.press("g");
  await waitForText("order 0");
  assert.equal((await shownMessages())[0], "order 0");
  await page.keyboard.press("G");
  await waitForText("new 2");
  // What the list holds may be far from all there is: a search goes on in the store.
  await page.reload();
  await waitForHeld(500);
  await page.fill("#search", "order 17");
  await page.waitForFunction(() => document.querySelector(".count").textContent.startsWith("111 "));
  assert.deepEqual(complaints, []);
});

test("a click on a chart tells what happened then", async () => {
  await openPage();
  // Processes are told from their second look on.
  const processes = async () => (await fetch(new URL(`api/processes?at=${Date.now() - 5000}`, vigie.url))).json();
  while ((await processes()).timestamp === null) await new Promise((resolve) => setTimeout(resolve, 200));
  // Not before: what is looked for below is as long ago as they were logged.
  await logSome(numbered(100), { stepMs: 2000 });
  await waitForText("order 99");
  const plot = await page.locator(".u-over").first().boundingBox();
  await page.mouse.click(plot.x + plot.width - 2, plot.y + 20);
  await page.waitForSelector(".moment table");
  assert.match(await page.innerText(".moment"), /By CPU[^]*By memory/);
  await picture("moment");
  await page.mouse.click(plot.x + plot.width / 2, plot.y + 20);
  await waitForText("order 2"); // 150 s ago
  // The list stands at the moment, in the middle.
  const middle = await list().evaluate((root) => {
    const { top, height } = root.getBoundingClientRect();
    return [...root.querySelectorAll(".line")].find((line) => line.getBoundingClientRect().bottom >= top + height / 2).innerText;
  });
  assert.match(middle, /order 2\d/);
  assert.equal(await page.isVisible(".present"), true);
  await page.keyboard.press("Escape");
  await waitForText("order 99");
  assert.equal(await page.isVisible(".moment"), false);
  assert.deepEqual(complaints, []);
});

test("the entries of a stretch of time are listed, all of them", async () => {
  const begunMs = Date.now();
  await logSome(numbered(2_500), { stepMs: 600 }); // 25 minutes
  await openPage();
  await waitForText("order 2499");
  await page.click(".range[value='900']");
  const pressedMs = Date.now();
  await page.keyboard.press("ArrowLeft"); // by a quarter of it: the list goes along
  await waitForHeld(1_000);
  // Once the list is where it begins, at the end.
  await page.waitForFunction(() => document.querySelector(".loglist:not([hidden])").scrollTop > 0);
  const [newest] = (await shownMessages()).slice(-1);
  // 225 s before the present: Vigie's last figures, which may be a little older than the last entry, and are later than it
  // by no more than all this has taken.
  const number = Number(newest.slice(6));
  assert.ok(number >= 2_120 && number <= 2_124 + (pressedMs - begunMs) / 600, `${newest}, ${pressedMs - begunMs} ms`);
  await list().evaluate((root) => (root.scrollTop = 0));
  await page.waitForFunction(() => /^1,(49|50)\d (found so far, back to|of 2,500 stored entries)/.test(document.querySelector(".count").textContent));
  await picture("stretch");
  await page.fill("#search", "order 201");
  await waitForCount("10 of 2,500 stored entries");
  await page.fill("#search", "order 2400");
  await page.waitForFunction(() => document.querySelector(".empty")?.textContent.startsWith("Nothing found yet: in stored entries, only"));
  await page.keyboard.press("Escape");
  await page.fill("#search", "");
  await page.click(".present");
  await waitForText("order 2499");
  assert.equal(await page.isVisible(".present"), false);
  assert.deepEqual(complaints, []);
});

test("the charts zoom, move and come back", async () => {
  await openPage();
  await waitForState("Live");
  const pressed = () => page.evaluate(() => document.querySelector(".ranges [aria-pressed=true]")?.textContent ?? "");
  assert.equal(await pressed(), "5 min");
  await page.click("text=1 h");
  assert.equal(await pressed(), "1 h");
  const plot = await page.locator(".u-over").first().boundingBox();
  const y = plot.y + plot.height / 2;
  await page.mouse.move(plot.x + plot.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.6, y, { steps: 5 });
  await page.mouse.up();
  await page.waitForSelector(".present:visible");
  assert.equal(await pressed(), "");
  await page.keyboard.press("n");
  assert.equal(await page.isVisible(".present"), false);
  await page.keyboard.press("Escape"); // to the list: on a chart the arrows move the crosshair
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.isVisible(".present"), true);
  await page.click(".present");
  await page.keyboard.down("Shift");
  await page.mouse.move(plot.x + plot.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.8, y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  assert.equal(await page.isVisible(".present"), true);
  await page.keyboard.press("n");
  await page.click("text=5 min");
  await page.mouse.move(plot.x + plot.width * 0.5, y);
  await page.mouse.wheel(0, 100);
  assert.equal(await pressed(), "");
  // A long range comes out of the store.
  const answer = page.waitForResponse((response) => response.url().includes("/api/metrics"));
  await page.click("text=7 d");
  assert.equal((await answer).status(), 200);
  await page.keyboard.press("?");
  await page.waitForSelector("dialog");
  await picture("help");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.deepEqual(complaints, []);
});

test("comes back by itself when Vigie does, and nothing is missing", async () => {
  await vigie.stop();
  vigie = await startVigie({ comesBack: true });
  await logSome(["first"]);
  await openPage();
  await waitForText("first");
  till.close();
  till = undefined;
  await vigie.stop({ keeps: true });
  await waitForState("Vigie was shut down. Connection lost");
  await picture("lost");
  await vigie.start();
  await logSome(["while away", "second"]);
  await waitForState("Live");
  await waitForText("second");
  assert.deepEqual(await shownMessages(), ["first", "while away", "second"]);
});

test("hostile log text stays text", async () => {
  const hostile = [
    "<img src=x onerror=\"document.title='owned'\">", "<script>document.title='owned'</script>",
    "</div></main><iframe src=\"javascript:parent.document.title='owned'\"></iframe>", "\u202e\u0000\u001b[31mred\u001b[0m & &lt;b&gt; \"'",
  ];
  till = await connectClient(vigie, "<b>shop</b>", "<i>till</i>");
  await openPage(`#app=${encodeURIComponent("<b>shop</b>")}&user=${encodeURIComponent("<u>ann</u>")}`);
  await waitForState("Live");
  const metadata = { "<b>key</b>": "<img src=x onerror=alert(1)>", __proto__: { a: 1 }, constructor: "x" };
  await till.log(...hostile.map((message) => ({ level: "<b onclick=alert(1)>", message, metadata })));
  await waitForText("owned");
  const texts = await list().evaluate((root) => [...root.querySelectorAll(".message .text")].map((text) => text.textContent));
  assert.deepEqual(texts, hostile.map((text) => text.replace(/\u001b\[\d+m/g, ""))); // what colours it is drawn
  await page.click(".line >> nth=0");
  await page.waitForSelector(".details .json");
  await page.fill("#search", "<img");
  await page.waitForSelector(".line mark");
  assert.equal(await page.locator("main :is(img, script, iframe, b:not(.figures b), u)").count(), 0);
  assert.equal(await page.title(), "<b>shop</b> – Vigie");
  assert.deepEqual(complaints, []);
});

test("a policy keeps all but our own files out", async () => {
  await openPage();
  await waitForState("Live");
  const broken = await page.evaluate(() => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "document.title = 'owned'";
    const image = document.createElement("img");
    image.src = "http://127.0.0.1:1/x.png";
    const text = document.createElement("div");
    text.setAttribute("style", "color: red");
    document.body.append(script, image, text);
    return new Promise((resolve) => setTimeout(() => resolve(violations.sort()), 300));
  });
  assert.deepEqual(broken, ["img-src", "script-src-elem", "style-src-attr"]);
  assert.equal(await page.title(), "shop – Vigie");
});

test("files are sent once, and compressed", async () => {
  await openPage("");
  await page.waitForSelector(".signin");
  const files = await page.evaluate(() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
    .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, encodedBodySize, decodedBodySize })));
  const bytes = files.reduce((sum, file) => sum + file.encodedBodySize, 0);
  assert.ok(files.some(({ name }) => name.endsWith(".js")) && files.some(({ name }) => name.endsWith(".css")));
  assert.ok(bytes > 10_000 && bytes < 61_440, `the first load is ${bytes} bytes`);
  for (const { name } of files.filter(({ name }) => /\.(js|css)$/.test(name))) {
    const answer = await fetch(name, { headers: { "Accept-Encoding": "br" } });
    assert.match(answer.headers.get("cache-control"), /immutable/);
    assert.equal(answer.headers.get("content-encoding"), "br");
    assert.ok((await answer.text()).length > 100);
  }
  const tag = (await fetch(vigie.url)).headers.get("etag");
  assert.equal((await fetch(vigie.url, { headers: { "If-None-Match": tag } })).status, 304);
  const head = await fetch(vigie.url, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.ok(Number(head.headers.get("content-length")) > 100);
  assert.equal((await fetch(new URL("assets/none.js", vigie.url))).status, 404);
  assert.equal((await fetch(vigie.url, { method: "PUT" })).status, 405);
});

test("a flood of 5,000 entries a second loses nothing and stays small", async () => {
  // For the figures: node flood.mjs. Here nothing depends on the machine's speed.
  const { rows, heapMiB } = await flood(3, 5_000);
  assert.ok(rows < 200, `${rows} lines are elements`);
  assert.ok(heapMiB < 300, `${heapMiB} MiB`);
});

test("bars stand for all that is stored, not only for what the page holds", async () => {
  await logSome(numbered(1_490), { stepMs: 600 }); // some 15 minutes
  await logSome(numbered(10, 1_490), { level: "error", stepMs: 20_000 });
  await openPage();
  await waitForState("Live");
  await page.click(".range[value='3600']");
  await page.waitForFunction(() => document.querySelector(".histogram canvas").ariaLabel === "Entries over time: 1,500, errors: 10");
  await logSome(["one more"]);
  await page.waitForFunction(() => document.querySelector(".histogram canvas").ariaLabel === "Entries over time: 1,501, errors: 10");
  await picture("bars");
});

for (const [name, options] of [
  ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ["small-window", { viewport: { width: 760, height: 500 } }],
  ["4k", { viewport: { width: 3840, height: 2160 } }],
]) {
  test(`fits a ${name}`, async () => {
    await logSome(numbered(100), { metadata: { a: "long ".repeat(100) } });
    await openPage("#app=shop&user=ann", options);
    await waitForText("order 99");
    await picture(name);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await page.locator(".line >> nth=5").click();
    await page.waitForSelector(".details:visible");
    await picture(`${name}-details`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    assert.deepEqual(complaints, []);
  });
}
