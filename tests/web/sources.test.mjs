// SPDX-License-Identifier: GPL-3.0-or-later
// The sources and the lines that set one up, as a person sees them on the page. Pictures are kept in VIGIE_SCREENSHOTS.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, context, page, complaints, sources;

before(async () => {
  browser = await startBrowser();
  vigie = await startVigie();
  const client = await connectClient(vigie, "shop", "till");
  await client.log({ level: "info", message: "open" });
  client.close();
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

const source = (name, kind, more = {}) => ({
  id: `${kind}:${name}`, kind, name, app: "shop", status: "following", problem: "", format: "", entries: 10, lastEntry: Date.now() - 90_000,
  lagBytes: 0, lagMs: 3, notes: [], ...more,
});

/** Opens the page, where what Vigie says of its sources is `sources`. */
async function openPage(options = {}, app = "shop") {
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.route("**/api/sources", (route) => route.fulfill({ json: { now: Date.now(), sources } }));
  await page.goto(`${vigie.url}#app=${app}&user=ann`);
  await page.waitForFunction(() => document.querySelector(".state")?.textContent);
}

async function openSources() {
  // On a phone it is in the menu.
  if (!(await page.isVisible(".topbar > .sources"))) await page.click(".menu summary");
  await page.click(".topbar .sources:visible");
  await page.waitForSelector(".sourcesdialog");
}

async function picture(name) {
  const folder = process.env.VIGIE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const many = () => [
  source("/var/log/nginx/access.log", "file", { app: "nginx", format: "access", notes: [{ kind: "guessed", reason: "no_time_zone", count: 12, last: Date.now() }] }),
  source("/var/log/shop/old.log", "file", { status: "reading", lagBytes: 730_000_000 }),
  source("/var/log/private/app.log", "file", { app: "", status: "failing", problem: "unreadable: Permission denied", entries: 0, lastEntry: 0 }),
  source("shop-web-1", "container", { detail: "docker.io/library/shop-web:3.2", lagMs: 72_000 }),
  source("/run/docker.sock", "container", { id: "containers:/run/docker.sock", status: "waiting", problem: "no_engine" }),
  source("shop-migrate-1", "container", { status: "ended" }),
  source("10.0.0.7", "otlp", { app: "", status: "waiting", entries: 0, lastEntry: 0, notes: [
    { kind: "refused", reason: "no_token", count: 3, last: Date.now(), example: "<b>POST</b>\u202e /v1/logs" }, { kind: "dropped", reason: "sun_spots", count: 1, last: Date.now() }] }),
];
const row = (name) => page.locator(".sourcesdialog tbody", { hasText: name });
const cell = (name, column) => row(name).locator(`td.${column}`).innerText();

test("each source is shown as it is, with what was refused", async () => {
  sources = many();
  await openPage();
  await openSources();
  await row("10.0.0.7").waitFor();
  assert.equal(await cell("access.log", "notes"), "12 guessed: no time zone");
  assert.equal(await cell("access.log", "app"), "nginx");
  assert.match(await cell("access.log", "last"), /^1\smin 3\d\ss ago$/);
  assert.equal(await cell("app.log", "status"), "⚠ Failing");
  assert.equal(await cell("app.log", "last"), "None since the start");
  assert.equal(await cell("/run/docker.sock", "status"), "Idle"); // it was heard
  assert.match(await cell("/run/docker.sock", "name"), /Container engine/);
  assert.equal(await cell("app.log", "rate"), "0");
  assert.match(await cell("old.log", "lag"), /^696\sMiB$/);
  assert.match(await cell("shop-web-1", "lag"), /^1\smin 12\ss$/);
  // A reason that nobody has words for is told as it is.
  assert.equal(await cell("10.0.0.7", "notes"), "3 refused: no token · 1 lost: sun_spots");
  assert.equal(await cell("10.0.0.7", "status"), "⚠ Waiting");
  // It looks again by itself, and rates come of two looks.
  const first = Date.now();
  sources[0] = { ...sources[0] };
  Object.defineProperty(sources[0], "entries", { enumerable: true, get: () => 10 + Math.round((Date.now() - first) / 10) });
  await page.waitForFunction(() => /^[\d,]+ · (9|1\d)\d(\.\d)?\/s$/.test(document.querySelector(".sourcesdialog td.rate").innerText));
  await picture("sources");
  sources = [sources[0]];
  await row("10.0.0.7").waitFor({ state: "detached" });
});

test("a source's details open with a click and by key, and what strangers wrote is text", async () => {
  sources = many();
  await openPage();
  await openSources();
  await row("10.0.0.7").waitFor();
  await page.click(".sourcesdialog button:has-text('10.0.0.7')");
  const details = row("10.0.0.7").locator(".open");
  await details.waitFor();
  assert.match(await details.innerText(), /3 refused: no token, last at .*, for example: <b>POST<\/b>/);
  assert.equal(await details.locator("b").count(), 0);
  await page.click(".sourcesdialog button:has-text('app.log')");
  await row("app.log").locator(".open", { hasText: "It cannot be read: Permission denied" }).waitFor();
  await page.locator(".sourcesdialog button:has-text('shop-web-1')").focus();
  await page.keyboard.press("Enter");
  await row("shop-web-1").locator(".open", { hasText: "shop-web:3.2" }).waitFor();
  // The focus stays, though all is looked at again.
  await page.waitForResponse((response) => response.url().endsWith("/api/sources"));
  await page.waitForFunction(() => document.activeElement?.textContent === "shop-web-1");
});

test("a problem is told in the reader's language, what the system said of it as it was", async () => {
  sources = many();
  await openPage({ locale: "fr" });
  await page.keyboard.press("F9");
  await row("app.log").waitFor();
  await page.click(".sourcesdialog button:has-text('app.log')");
  await row("app.log").locator(".open", { hasText: "Lecture impossible\u202f: Permission denied" }).waitFor();
  await page.click(".sourcesdialog button:has-text('docker.sock')");
  await row("docker.sock").locator(".open", { hasText: "Aucun moteur de conteneurs ici" }).waitFor();
});

test("keys open the sources and the ways to add one, also from a field", async () => {
  sources = many();
  await openPage();
  await page.keyboard.press("F9");
  await row("10.0.0.7").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector(".sourcesdialog"));
  await page.focus(".logs input");
  await page.keyboard.press("Shift+F9");
  await page.waitForFunction(() => document.querySelector(".setup .code")?.textContent);
  assert.ok(await page.isVisible(".setup .code"));
});

test("an empty log leads to the ways to add a source", async () => {
  sources = [];
  await openPage({}, "brandnew");
  await picture("empty");
  await page.click(".oldernote button:has-text('Add a source…')");
  await page.waitForFunction(() => document.querySelector(".setup .code")?.textContent);
  assert.ok(await page.isVisible(".setup .code"));
});

test("its log is a click away", async () => {
  sources = many();
  await openPage();
  await openSources();
  await page.click(".sourcesdialog button:has-text('access.log')");
  await page.click(".sourcesdialog .log");
  await page.waitForFunction(() => location.hash.includes("app=nginx"));
  assert.equal(await page.locator(".sourcesdialog").count(), 0);
});

test("a line that sets a source up is copied as it stands", async () => {
  sources = [];
  await openPage();
  await openSources();
  await page.waitForSelector("text=No entry has come yet");
  await page.click(".sourcesdialog [role=tab]:has-text('Add a source')");
  await page.waitForFunction(() => document.querySelector(".setup .code")?.textContent);
  assert.equal(await page.textContent(".setup .code"), `echo 'Hello from a pipe' 2>&1 | vigie log --app shop --data-dir ${vigie.dataDir}`);
  await page.fill(".setup input", "my shop");
  await page.selectOption(".setup .ways", "curl");
  await page.waitForFunction(() => document.querySelector(".setup .code").textContent.includes("my%20shop"));
  await page.click(".setup .copy");
  await page.waitForSelector(".setup .copy:has-text('Copied')");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `curl -H 'Content-Type: text/plain' --data-binary 'Hello from curl' ${vigie.url}api/apps/my%20shop/logs`);
  await picture("setup");
  await page.fill(".setup input", "");
  await page.waitForSelector(".setup :text('This cannot be the name of an application.')");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector(".sourcesdialog"));
});

for (const [name, options] of [["phone", { viewport: { width: 390, height: 780 } }], ["dark-fr", { locale: "fr", colorScheme: "dark" }]]) {
  test(`nothing is cut off: ${name}`, async () => {
    sources = many();
    await openPage(options);
    await openSources();
    await row("10.0.0.7").waitFor();
    await page.click(".sourcesdialog button:has-text('10.0.0.7')");
    await row("10.0.0.7").locator(".open").waitFor();
    await picture(`sources-${name}`);
    assert.ok(await page.evaluate(() => document.querySelector(".sourcesdialog").scrollWidth <= document.querySelector(".sourcesdialog").clientWidth));
    await page.click(".sourcesdialog [role=tab] >> nth=1");
    await page.waitForFunction(() => document.querySelector(".setup .code")?.textContent);
    await page.selectOption(".setup .ways", "node-otel");
    await picture(`setup-${name}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
}
