// SPDX-License-Identifier: GPL-3.0-or-later
// The page's charts when clocks differ, links die and questions fail, in a real browser.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { clockEnv, connectClient, startBrowser, startVigie } from "./vigie.mjs";

let browser, vigie, context, page, complaints;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
afterEach(async () => {
  await context?.close();
  context = undefined;
  await vigie?.stop();
  vigie = undefined;
});

/** `prepare` is told of the page before it loads. */
async function openPage({ address = vigie.url, prepare = () => {}, ...options } = {}) {
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await prepare(page);
  await page.goto(`${address}#app=shop&user=ann`);
}

async function picture(name) {
  const folder = process.env.VIGIE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** At Vigie's present. */
async function log(...messages) {
  const till = await connectClient(vigie, "shop", "till");
  await till.log(...messages.map((message) => ({ level: "info", message })));
  till.close();
}

const waitForState = (text) => page.waitForFunction((wanted) => document.querySelector(".state")?.textContent === wanted, text);
const waitForBars = (text) =>
  page.waitForFunction((wanted) => document.querySelector(".histogram canvas").ariaLabel === wanted, text);
const waitForNotice = (text) => page.waitForFunction((wanted) =>
  [...document.querySelectorAll(".notice:not([hidden]), .missing, .moment .empty")].some((one) => one.textContent === wanted), text);
const waitForOlder = (text) =>
  page.waitForFunction((wanted) => document.querySelector(".oldernote").textContent.includes(wanted), text);
/** Until the line of the memory chart is seen. */
const waitForLine = () => page.waitForFunction(() => {
  const canvas = document.querySelectorAll(".plot canvas")[1];
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colour = [0x75, 0x41, 0xc8, 0xff];
  for (let i = 0; i < data.length; i += 4) if (colour.every((part, j) => data[i + j] === part)) return true;
  return false;
});
const charts = () =>
  page.evaluate(() => [...document.querySelectorAll(".plot canvas, .histogram canvas")].map((canvas) => canvas.toDataURL()));

for (const minutes of [10, -10]) {
  test(`a browser whose clock is ${minutes} minutes ahead shows Vigie's present`, async () => {
    vigie = await startVigie();
    await log("now");
    const shift = (ms) => {
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...args) { super(...(args.length === 0 ? [Real.now() + ms] : args)); }
        static now() { return Real.now() + ms; }
      };
    };
    await openPage({ colorScheme: "light", prepare: (page) => page.addInitScript(shift, minutes * 60_000) });
    await waitForState("Live");
    await waitForLine();
    await waitForBars("Entries over time: 1, errors: 0");
    await picture(`clock-${minutes}`);
    assert.deepEqual(complaints, []);
  });
}

test("charts and bars follow Vigie's clock when it is set back, and forward", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vigie-clock-"));
  const clock = join(folder, "clock");
  const setClock = (offset) => writeFileSync(clock, offset);
  setClock("+0");
  try {
    vigie = await startVigie({ env: clockEnv({ file: clock }) });
    await openPage({ colorScheme: "light" });
    await waitForState("Live");
    await page.click(".range[value='60']");
    for (const [count, offset] of ["+0", "-10m", "+10m"].entries()) {
      setClock(offset);
      const messages = Array.from({ length: count + 1 }, (_, i) => `${i} at ${offset}`);
      await log(...messages);
      await waitForBars(`Entries over time: ${messages.length}, errors: 0`); // those of the other times are not in view
      await waitForLine();
    }
    assert.equal(await page.isVisible(".present"), false);
    assert.deepEqual(complaints, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Stands before Vigie, and passes nothing on while it is `dead`. */
async function startProxy() {
  const sockets = new Set();
  const own = { dead: false };
  const server = createServer((near) => {
    const far = connect(vigie.port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on("data", (bytes) => {
        // Vigie must be called by its own name.
        to.write(from === near ? Buffer.from(bytes.toString("latin1").replaceAll(own.host, vigie.host), "latin1") : bytes);
        if (own.dead) from.pause();
      });
      from.on("close", () => (sockets.delete(from), to.destroy()));
      from.on("error", () => {});
    }
    if (own.dead) for (const socket of [near, far]) socket.pause();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  own.host = `127.0.0.1:${server.address().port}`;
  return {
    url: `http://${own.host}/`,
    setDead(isDead) {
      own.dead = isDead;
      for (const socket of sockets) socket[isDead ? "pause" : "resume"]();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

test("a dead link is in doubt, and is live again when it is", async () => {
  vigie = await startVigie();
  const proxy = await startProxy();
  try {
    await openPage({ address: proxy.url });
    await waitForState("Live");
    await page.waitForFunction(() => /total\s[\d.]+/.test(document.querySelector(".chart .figures")?.innerText)); // some figures came
    proxy.setDead(true);
    await waitForState("No data from Vigie");
    assert.equal(await page.isVisible("main.stale .charts"), true);
    assert.match(await page.textContent(".asof"), /^As of \d\d:\d\d:\d\d$/);
    await picture("in-doubt");
    proxy.setDead(false);
    await waitForState("Live");
    assert.equal(await page.isVisible("main.stale"), false);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await proxy.stop();
  }
});

test("a question that fails says so at its place, and is asked again", async () => {
  vigie = await startVigie();
  await log("before");
  let isBroken = true;
  const refusal = { status: 500, json: { code: "broken", message: "out of order" } };
  const answer = (route) => (isBroken ? route.fulfill(refusal) : route.continue());
  await openPage({ prepare: (page) => page.route("**/api/**", answer) });
  await waitForNotice("Earlier figures are missing: out of order. Trying again soon.");
  await waitForNotice("Some entries are not counted: out of order. Trying again soon.");
  await waitForOlder("Older entries could not be loaded: out of order");
  await page.locator(".u-over").first().click();
  await waitForNotice("Processes could not be loaded: out of order. Trying again soon.");
  await picture("failed");
  isBroken = false;
  await page.waitForFunction(() => !document.querySelector(".moment .empty")?.textContent.includes("out of order"));
  await page.keyboard.press("Escape"); // to the live entries
  await page.waitForFunction(() => document.querySelector(".loglist:not([hidden])")?.innerText.includes("before"));
  await page.waitForFunction(() => [...document.querySelectorAll(".notice, .missing")]
    .every((one) => one.hidden || one.textContent === ""));
  await page.waitForFunction(() => !document.querySelector(".oldernote").textContent.includes("out of order"));
  await waitForBars("Entries over time: 1, errors: 0");
  assert.deepEqual(complaints, []);
});

test("earlier figures are missed no longer when the stretch that lacks them is left", async () => {
  vigie = await startVigie();
  let isBroken = true;
  let failed = 0; // questions for a stretch; the last hour is asked for in 3,600 points
  const answer = async (route) => {
    if (!isBroken) return route.continue();
    await route.fulfill({ status: 500, json: { code: "broken", message: "out of order" } });
    if (!route.request().url().includes("points=3600")) ++failed;
  };
  await openPage({ prepare: (page) => page.route("**/api/metrics?*", answer) });
  await waitForNotice("Earlier figures are missing: out of order. Trying again soon.");
  await page.locator(".u-over").first().click();
  while (failed === 0) await page.waitForTimeout(20);
  await page.keyboard.press("Escape");
  isBroken = false;
  await page.waitForFunction(() => document.querySelector(".notice").hidden);
});

test("says why there are no earlier figures", async () => {
  vigie = await startVigie({ flags: ["--no-history"] });
  await openPage();
  await waitForNotice("Earlier figures are missing: Vigie was started with --no-history: no figures are kept.");
});

/** Changes what Vigie says on its way to the page; gives how to say something more. */
function sayOtherwise(change) {
  const own = {};
  own.prepare = (page) => page.routeWebSocket(/.*/, (near) => {
    const far = near.connectToServer();
    own.say = (message) => near.send(JSON.stringify(message));
    far.onMessage((text) => near.send(JSON.stringify(change(JSON.parse(text)))));
  });
  return own;
}

/** Waits for so many more figures. */
function countBeats() {
  let beats = 0;
  let atBeat = () => {};
  const { prepare } = sayOtherwise((message) => {
    if (message.type === "metrics_detail") ++beats;
    atBeat();
    return message;
  });
  const beat = (count) => {
    const end = beats + count;
    return new Promise((resolve) => (atBeat = () => beats >= end && resolve()));
  };
  return { prepare, beat };
}

test("tells of 256 cores which is under the pointer, and what is allowed and free", async () => {
  vigie = await startVigie();
  const usages = { 12: 61, 77: 99 };
  const coreOf = (core) => ({ core, usage: usages[core] ?? core / 8, user: 0, system: 0, iowait: 0, steal: 0 });
  const cores = Array.from({ length: 256 }, (_, core) => coreOf(core));
  const line = sayOtherwise((message) => {
    const { type, payload } = message;
    if (type === "metrics") payload.disk = { used: 20 * 2 ** 30, free: 76 * 2 ** 30, total: 252 * 2 ** 30 };
    if (type !== "metrics_detail") return message;
    Object.assign(payload.cpu, { cores });
    Object.assign(payload.memory, { used: 200 * 2 ** 20, total: 300 * 2 ** 20 });
    return { type, payload: { ...payload, limits: { memory: 300 * 2 ** 20, cpu: 0.5 } } };
  });
  await openPage({ prepare: line.prepare });
  await waitForState("Live");
  const plain = (texts) => texts.map((text) => text.replaceAll("\u00a0", " ").trim());
  const notes = () => page.locator(".chartnote").allInnerTexts().then(plain);
  await page.waitForFunction(() => document.querySelector(".chartnote").textContent !== "");
  assert.deepEqual(await notes(), ["limit: 0.5 cores", "200 of 300 MiB, 100 MiB free (limit: 300 MiB)", "20 of 252 GiB, 76 GiB free", ""]);
  await page.click("button:has-text('Cores')");
  await page.click(".range[value='60']");
  const plot = await page.locator(".u-over").first().boundingBox();
  const tip = page.locator(".tip").first();
  // Where the figures are, at the end; at the height of 61 %.
  await page.mouse.move(plot.x + plot.width - 2, plot.y + plot.height * 0.39);
  await tip.waitFor({ state: "visible" });
  assert.deepEqual(plain(await tip.locator("div:not(.when)").allInnerTexts()), ["core 12 61 %", "core 77 99 %", "core 255 32 %"]);
  assert.equal(await page.locator(".focus").count(), 1); // that core's line, over the others
  assert.equal(await page.locator(".focus").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
  }), true);
  await picture("cores");
  await page.mouse.move(plot.x + plot.width / 2, 5);
  await tip.waitFor({ state: "hidden" });
  assert.equal(await page.locator(".focus").count(), 0);
  line.say({ type: "stored", payload: { lastId: "x" } }); // of no use to the page
  line.say({ type: "stored", payload: { lastId: null } });
  await log("after");
  await page.waitForFunction(() => document.querySelector(".loglist").innerText.includes("after"));
  assert.deepEqual(complaints, []);
});

test("a question that is refused is not asked again and again", async () => {
  vigie = await startVigie();
  const { prepare, beat } = countBeats();
  const asked = [];
  const refuse = (route) => {
    asked.push(new URL(route.request().url()).pathname);
    return route.fulfill({ status: 401, json: { code: "token_revoked", message: "this token was revoked" } });
  };
  await openPage({ prepare: async (page) => (await prepare(page), await page.route("**/api/**", refuse)) });
  await waitForNotice("Earlier figures are missing: this token was revoked.");
  await waitForNotice("Some entries are not counted: this token was revoked.");
  await waitForOlder("Older entries could not be loaded: this token was revoked");
  await page.click(".range[value='86400']"); // of which there are no live figures
  await beat(4);
  assert.deepEqual(asked.sort(), ["/api/apps", "/api/apps/shop/counts", "/api/apps/shop/counts", "/api/apps/shop/logs", "/api/metrics", "/api/metrics"]);
});

test("a tab that nobody sees draws nothing, and all when it is seen", async () => {
  vigie = await startVigie();
  const { prepare, beat } = countBeats();
  await openPage({ prepare });
  await waitForState("Live");
  await beat(2);
  const setHidden = (isHidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
  await setHidden(true);
  const drawn = await charts();
  await beat(3);
  await page.setViewportSize({ width: 1100, height: 800 });
  assert.equal((await charts()).at(-1), drawn.at(-1));
  await page.setViewportSize({ width: 1280, height: 800 });
  await beat(2);
  await setHidden(false);
  const now = await charts();
  assert.ok(now.slice(0, -1).every((chart, i) => chart !== drawn[i]));
  assert.equal(await page.textContent(".state"), "Live");
});

test("bars fit when the window is another, without anything new to show", async () => {
  vigie = await startVigie({ comesBack: true });
  await openPage();
  await waitForState("Live");
  await vigie.stop({ keeps: true });
  await page.waitForFunction(() => document.querySelector("main.stale"));
  await page.setViewportSize({ width: 900, height: 700 });
  await page.waitForFunction(() => {
    const canvas = document.querySelector(".histogram canvas");
    return canvas.clientWidth < 900 && canvas.width === Math.round(canvas.clientWidth * devicePixelRatio);
  });
  await vigie.start();
  await waitForState("Live");
});
