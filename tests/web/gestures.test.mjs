// SPDX-License-Identifier: GPL-3.0-or-later
// The gestures and keys of docs/design-language.md on the page: one timeline moves all that shows time.

import assert from "node:assert/strict";
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

async function open(fragment, options, state = "Live") {
  viewer = await openViewer(browser, vigie, fragment, options);
  await viewer.waitForState(state);
  await viewer.page.waitForFunction(() => /total\s[\d.,]+/.test(document.querySelector(".chart .figures")?.innerText));
}

/** Waits until the address tells of another stretch than this. */
const waitForMove = (before) => viewer.page.waitForFunction((old) => location.hash !== old, before);
const hash = () => viewer.page.evaluate(() => location.hash);

test("a drag zooms, on charts and bars, and a double click goes back", async () => {
  await sendSome(vigie, numbered(300));
  await open();
  const bars = await viewer.page.locator(".bars canvas").boundingBox();
  for (const box of [await viewer.plot(1), bars]) {
    const old = await hash();
    await viewer.drag(box, 0.25, 0.75);
    await viewer.waitForAddress("from=");
    await waitForMove(old);
    const [zoomed, sent] = [await viewer.stretch(), await hash()];
    assert.ok(zoomed > 140_000 && zoomed < 160_000, `${zoomed} ms of 300 s`);
    // The log holds the entries of the stretch, and its end.
    await viewer.page.waitForFunction(() => /^1[45]\d of 300 stored/.test(document.querySelector(".count").textContent));
    await viewer.page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
    await waitForMove(sent);
    await viewer.waitForAddress("range=300");
    await viewer.waitForText("order 299");
    assert.equal(await viewer.page.isVisible(".moment"), false); // its clicks pinned nothing
  }
  await viewer.picture("zoomed-back");
  assert.deepEqual(viewer.complaints, []);
});

test("Shift-drag, middle-drag, Shift-wheel and a horizontal wheel pan; a wheel zooms at the pointer", async () => {
  await open();
  const openedMs = await viewer.presentMs();
  const plot = await viewer.plot();
  const pans = [
    () => viewer.drag(plot, 0.3, 0.6, { key: "Shift" }),
    () => viewer.drag(plot, 0.3, 0.6, { button: "middle" }),
    () => viewer.page.mouse.wheel(-200, 0),
    async () => {
      await viewer.page.keyboard.down("Shift");
      await viewer.page.mouse.wheel(0, -100);
      await viewer.page.keyboard.up("Shift");
    },
  ];
  for (const [i, pan] of pans.entries()) {
    await viewer.waitForAddress("range=300");
    const old = await hash();
    await pan();
    await waitForMove(old);
    await viewer.waitForAddress("from=");
    assert.equal(await viewer.stretch(), 300_000, `gesture ${i}`);
    await viewer.page.keyboard.press("n");
  }
  await viewer.waitForAddress("range=300");
  await viewer.page.mouse.move(plot.x + plot.width / 2, plot.y + 20);
  await viewer.page.mouse.wheel(0, -100);
  await viewer.waitForAddress("from=");
  assert.equal(await viewer.stretch(), 240_000); // 1.25 times a notch
  const { from, to } = Object.fromEntries(new URLSearchParams((await hash()).slice(1)));
  const middle = (Date.parse(from) + Date.parse(to)) / 2;
  const presentMs = await viewer.presentMs(); // which goes on meanwhile
  assert.ok(middle <= presentMs - 150_000 + 1_000 && middle >= openedMs - 151_000, `the middle stayed where it was: ${middle}`);
  assert.deepEqual(viewer.complaints, []);
});

test("the small steps of a touchpad add up to notches", async () => {
  await open();
  const plot = await viewer.plot();
  await viewer.page.mouse.move(plot.x + plot.width / 2, plot.y + 20);
  for (let i = 0; i < 10; ++i) await viewer.page.mouse.wheel(0, -10);
  await viewer.waitForStretch(239_000, 241_000); // one notch of 300 s
  await viewer.page.keyboard.press("n");
  await viewer.page.click(".range[value='300']");
  await viewer.waitForAddress("range=300");
  await viewer.page.mouse.move(plot.x + plot.width / 2, plot.y + 20);
  await viewer.page.mouse.wheel(0, -500); // a turn of the wheel is one notch at most
  await viewer.waitForStretch(239_000, 241_000);
  assert.deepEqual(viewer.complaints, []);
});

test("beside the plot there is no time: clicks, drags and the wheel do nothing on the axis of values", async () => {
  await open();
  const plot = await viewer.plot();
  const x = plot.x - 30; // of the axis
  await viewer.page.mouse.click(x, plot.y + 20);
  await viewer.page.mouse.move(x, plot.y + 20);
  await viewer.page.mouse.wheel(0, -100);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(plot.x + plot.width / 2, plot.y + 20, { steps: 5 });
  await viewer.page.mouse.up();
  await viewer.page.mouse.dblclick(x, plot.y + 20);
  // What is done after it on the plot is all that is seen.
  await viewer.page.mouse.move(plot.x + plot.width / 2, plot.y + 20);
  await viewer.page.mouse.wheel(0, -100);
  await viewer.waitForStretch(239_000, 241_000);
  assert.equal((await hash()).includes("at="), false);
  assert.equal(await viewer.page.isVisible(".moment"), false);
  assert.deepEqual(viewer.complaints, []);
});

/** Fingers on the screen, each from one place to another, in steps. */
async function touch(...fingers) {
  const session = await viewer.context.newCDPSession(viewer.page);
  const steps = 6;
  const at = (share) => fingers.map(({ from, to }, id) => ({ id, x: from[0] + (to[0] - from[0]) * share, y: from[1] + (to[1] - from[1]) * share }));
  for (let i = 1; i <= fingers.length; ++i) await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0).slice(0, i) });
  for (let i = 1; i <= steps; ++i) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(i / steps) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

test("two fingers pan and pinch, one drags to zoom, a tap pins", async () => {
  await open("#app=shop&user=ann", { hasTouch: true });
  const { x, y, width, height } = await viewer.plot();
  const at = (share) => [x + width * share, y + height / 2];
  await viewer.page.touchscreen.tap(...at(0.5));
  await viewer.waitForAddress("at=");
  await viewer.page.waitForSelector(".moment:visible");
  await viewer.page.keyboard.press("Escape");
  await viewer.waitForAddress("range=300");
  await touch({ from: at(0.3), to: at(0.5) }, { from: at(0.5), to: at(0.7) });
  await viewer.waitForAddress("from=");
  assert.ok(Math.abs((await viewer.stretch()) - 300_000) < 5_000, `${await viewer.stretch()} ms`);
  await viewer.page.keyboard.press("n");
  await viewer.waitForAddress("range=300");
  await touch({ from: at(0.4), to: at(0.3) }, { from: at(0.5), to: at(0.6) });
  await viewer.waitForStretch(80_000, 120_000); // a third of 300 s
  await viewer.page.keyboard.press("n");
  await viewer.page.click(".range[value='300']");
  await viewer.waitForAddress("range=300");
  await touch({ from: at(0.2), to: at(0.6) });
  await viewer.waitForAddress("from=");
  const dragged = await viewer.stretch();
  assert.ok(dragged > 110_000 && dragged < 130_000, `${dragged} ms`);
  assert.deepEqual(viewer.complaints, []);
});

test("with a moment pinned the way back is back to now, also where time was paused before", async () => {
  await open();
  const plot = await viewer.plot();
  const waitForWay = (text) => viewer.page.waitForFunction((wanted) => {
    const button = document.querySelector(".present");
    return !button.hidden && button.textContent === wanted;
  }, text);
  await viewer.page.mouse.click(plot.x + plot.width / 2, plot.y + 20);
  await waitForWay("Back to now");
  await viewer.page.keyboard.press("Escape");
  await viewer.page.waitForSelector(".present", { state: "hidden" });
  await viewer.page.keyboard.press(" ");
  await waitForWay("Resume");
  await viewer.page.mouse.click(plot.x + plot.width / 3, plot.y + 20);
  await waitForWay("Back to now");
  await viewer.page.keyboard.press("Escape");
  await waitForWay("Resume");
});

test("space pauses all and goes on, and there is one way back to now", async () => {
  await sendSome(vigie, numbered(200));
  await open();
  await viewer.waitForText("order 199");
  await viewer.page.keyboard.press(" ");
  await viewer.waitForAddress("from=");
  assert.equal(await viewer.page.textContent(".present"), "Resume");
  const paused = await hash();
  const top = () => viewer.page.locator(".loglist:visible").evaluate((list) => list.scrollTop);
  const pausedTop = await top();
  await sendSome(vigie, ["while paused"]);
  await viewer.page.waitForFunction(() => document.querySelector(".waiting").textContent.includes("1 new entry"));
  assert.equal(await top(), pausedTop); // what was paused stays as it is
  assert.equal(await hash(), paused);
  await viewer.page.keyboard.press(" ");
  await viewer.waitForText("while paused");
  await viewer.waitForAddress("range=300");
  // From the past, and from a pinned moment, all goes back together.
  const plot = await viewer.plot();
  await viewer.page.mouse.click(plot.x + plot.width / 2, plot.y + 20);
  await viewer.waitForAddress("at=");
  await viewer.page.waitForSelector(".moment:visible");
  await viewer.drag(plot, 0.3, 0.6, { key: "Shift" });
  await viewer.page.waitForFunction(() => document.querySelector(".present").textContent === "Back to now");
  assert.equal(await viewer.page.locator("button:visible", { hasText: "Back to now" }).count(), 1);
  await viewer.picture("past");
  await viewer.page.click(".present");
  await viewer.waitForText("while paused");
  assert.equal(await viewer.page.isVisible(".moment"), false);
  await viewer.waitForAddress("range=300");
  assert.equal((await hash()).includes("at="), false);
  assert.deepEqual(viewer.complaints, []);
});

test("a crosshair stands on all charts and the bars, with the values there", async () => {
  await sendSome(vigie, numbered(20));
  await open("#app=shop&user=ann&range=60");
  await viewer.page.waitForFunction(() => document.querySelectorAll(".chart .figures b").length >= 6);
  const plot = await viewer.plot(2);
  await viewer.page.mouse.move(plot.x + plot.width - 12, plot.y + 20);
  await viewer.page.waitForSelector(".chart:nth-of-type(3) .tip:visible");
  assert.match(await viewer.page.locator(".chart").nth(2).locator(".tip").innerText(), /^\d\d:\d\d:\d\d\s+read .*\/s\s+written .*\/s$/);
  // Time goes on, and what is drawn last follows a moment later.
  await viewer.page.waitForFunction(() => {
    const lines = [...document.querySelectorAll(".u-cursor-x, .cross")].map((line) => line.getBoundingClientRect().left);
    const shares = [...document.querySelectorAll(".u-over, .bars canvas")].map((area, i) => {
      const { left, width } = area.getBoundingClientRect();
      return (lines[i] - left) / width;
    });
    return lines.length === 5 && shares.length === 5 && shares.every((share) => Math.abs(share - shares[0]) < 0.02);
  });
  await viewer.picture("crosshair");
  await viewer.page.mouse.move(5, 5);
  await viewer.page.waitForSelector(".tip:visible", { state: "detached" }).catch(() => {});
  assert.equal(await viewer.page.isVisible(".cross"), false);
});

test("errors are marked at the foot of a chart, and a pinned moment by a dashed line in the accent colour", async () => {
  await sendSome(vigie, numbered(30).map((text) => `${text} failed`), { level: "error", stepMs: 5_000 });
  await open();
  /** In the memory chart: the share of the plot's height at which each pixel of a colour is, from the top. */
  const heights = (...colour) => viewer.page.evaluate((wanted) => {
    const canvas = document.querySelectorAll(".plot canvas")[1];
    const plot = document.querySelectorAll(".plot .u-over")[1];
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set();
    for (let i = 0; i < data.length; i += 4)
      if (wanted.every((part, j) => data[i + j] === part)) found.add((Math.floor(i / 4 / canvas.width) - plot.offsetTop) / plot.clientHeight);
    return [...found];
  }, colour);
  const [red, blue] = [[0xc0, 0x26, 0x1f], [0x1f, 0x5f, 0xd6]];
  let marks = [];
  while ((marks = await heights(...red)).length === 0) await viewer.page.waitForTimeout(50);
  assert.ok(marks.every((height) => height > 0.85 && height <= 1), String(marks));
  assert.deepEqual(await heights(...blue), []);
  const plot = await viewer.plot();
  await viewer.page.mouse.click(plot.x + plot.width / 3, plot.y + 20);
  let line = [];
  while ((line = await heights(...blue)).length === 0) await viewer.page.waitForTimeout(50);
  assert.ok(Math.min(...line) < 0.1 && Math.max(...line) > 0.9, String(line));
  assert.ok(line.length < 0.9 * plot.height, `${line.length} of ${plot.height} pixels`);
  await viewer.picture("marks");
  assert.deepEqual(viewer.complaints, []);
});

test("a chart is used by the keyboard, and told to a screen reader", async () => {
  await open("#app=shop&user=ann&range=60");
  const chart = viewer.page.locator(".plot").first();
  await chart.focus();
  const spoken = () => viewer.page.locator("[aria-live]").textContent();
  const time = async () => (await spoken()).slice(0, 8);
  // From the oldest value to the newest; there must be some.
  for (let from = "", to = ""; !(Number(to.slice(6)) - Number(from.slice(6)) > 3);) {
    await viewer.page.keyboard.press("Home");
    from = await time();
    await viewer.page.keyboard.press("End");
    to = await time();
  }
  await viewer.page.keyboard.press("ArrowLeft");
  assert.match(await spoken(), /^\d\d:\d\d:\d\d, CPU [\d.]+\s%$/);
  const first = await time();
  await viewer.page.keyboard.press("ArrowLeft");
  const second = await time();
  assert.ok(second < first, `${second} before ${first}`);
  await viewer.page.keyboard.press("ArrowRight");
  assert.ok((await time()) > second);
  assert.equal((await hash()).includes("from="), false); // the arrows moved the crosshair, not time
  await viewer.page.keyboard.press("Shift+ArrowLeft");
  assert.ok((await time()) <= second);
  await viewer.page.keyboard.press("Enter");
  await viewer.waitForAddress("at=");
  await viewer.page.waitForSelector(".moment:visible");
  await viewer.page.keyboard.press("Escape");
  await viewer.page.waitForSelector(".moment", { state: "hidden" });
  await viewer.waitForAddress("range=60");
  const bars = viewer.page.locator(".bars");
  await bars.focus();
  await viewer.page.keyboard.press("ArrowLeft");
  assert.match(await spoken(), /^\d\d:\d\d:\d\d, Log entries/);
  const { nodes } = await (await viewer.context.newCDPSession(viewer.page)).send("Accessibility.getFullAXTree");
  for (const name of ["CPU", "Memory", "Disk", "Network", "Log entries"])
    assert.ok(nodes.some((node) => node.role?.value === "application" && node.name?.value === name), name);
  assert.deepEqual(viewer.complaints, []);
});

test("on a phone the charts are a row of small ones, and the log is on the first screen", async () => {
  await sendSome(vigie, ["a second application"], { appId: "bank" });
  await sendSome(vigie, numbered(100));
  await open("#app=shop&user=ann", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "fr-FR" }, "En direct");
  await viewer.waitForText("order 99");
  await viewer.page.waitForSelector(".apps:visible");
  await viewer.page.waitForFunction(() => document.querySelectorAll(".folded .figures b").length >= 4);
  // The bar at the top has two rows, and no title or value is cut off.
  const bar = await viewer.page.evaluate(() => [".topbar strong", ".apps", ".state", ".link", ".menu"].map((one) => document.querySelector(one).getBoundingClientRect()));
  assert.ok(bar.every(({ top, bottom }) => top < bar[0].bottom && bottom > bar[0].top), JSON.stringify(bar));
  const cut = await viewer.page.evaluate(() => [...document.querySelectorAll(".folded h2, .folded .figures span:first-child, .count")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText));
  assert.deepEqual(cut, []);
  const tops = await viewer.page.evaluate(() => [...document.querySelectorAll(".chart")].map((chart) => chart.getBoundingClientRect().top));
  assert.equal(new Set(tops).size, 1);
  const log = await viewer.page.locator(".loglist:visible").boundingBox();
  assert.ok(log.y < 400 && log.y + log.height <= 844 && log.height > 300, JSON.stringify(log));
  assert.equal(await viewer.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
  await viewer.picture("phone-folded");
  await viewer.page.locator(".unfold").nth(1).tap();
  const plot = await viewer.page.locator(".chart:not(.folded) .plot").boundingBox();
  assert.ok(plot.width > 300 && plot.height > 90, JSON.stringify(plot));
  await viewer.picture("phone-unfolded");
  await viewer.page.touchscreen.tap(plot.x + plot.width / 2, plot.y + 30);
  await viewer.waitForAddress("at=");
  await viewer.page.locator(".moment header button").last().tap();
  await viewer.page.locator(".chart:not(.folded) header button:visible").last().tap();
  assert.equal(await viewer.page.locator(".chart.folded").count(), 4);
  assert.equal(await viewer.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(viewer.complaints, []);
});
