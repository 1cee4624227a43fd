// SPDX-License-Identifier: GPL-3.0-or-later
// How the page fares under a flood: node flood.mjs [SECONDS] [ENTRIES A SECOND]. Prints JSON: frames that were painted
// a second and the longest between two, the heap, and whether all entries came.

import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

export async function flood(seconds, rate) {
  const vigie = await startVigie();
  const browser = await startBrowser(["--enable-precise-memory-info"]);
  try {
    const till = await connectClient(vigie, "shop", "till");
    till.send("subscribe", { logs: false });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const started = performance.now();
    await page.goto(`${vigie.url}#app=shop&user=ann`);
    await page.waitForFunction(() => document.querySelector(".state")?.textContent === "Live");
    const liveMs = performance.now() - started;
    const interactiveMs = await page.evaluate(() => performance.getEntriesByName("vigie-ready")[0].startTime);
    await page.evaluate(() => {
      window.intervals = [];
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
      let before = performance.now();
      const look = (now) => {
        window.intervals.push(now - before);
        before = now;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const levels = ["info", "info", "info", "debug", "warn", "info", "error"];
    const everyMs = 20;
    const perBatch = Math.round((rate * everyMs) / 1000);
    const total = Math.round(rate * seconds);
    let sent = 0;
    const begin = performance.now();
    while (sent < total) {
      const due = Math.min(total, Math.floor((performance.now() - begin) / everyMs + 1) * perBatch);
      while (sent < due) {
        const logs = Array.from({ length: Math.min(perBatch, due - sent) }, (_, i) => ({
          level: levels[(sent + i) % levels.length], message: `order ${sent + i} was placed by a customer who is in a hurry`, metadata: { order: sent + i, customer: { vip: true } },
        }));
        sent += logs.length;
        till.send("logs", { logs });
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const tookMs = performance.now() - begin;
    const held = Math.min(total, 100_000);
    await page.waitForFunction(([least, last]) => parseInt(document.querySelector(".count").textContent.replace(/\D/g, "")) >= least
      && document.querySelector(".loglist").innerText.includes(`order ${last} `), [held, total - 1], { timeout: 120_000 });
    const { intervals, longTasks, heap, rows } = await page.evaluate(() => ({
      intervals: window.intervals, longTasks: window.longTasks, heap: performance.memory.usedJSHeapSize, rows: document.querySelectorAll(".line").length,
    }));
    intervals.sort((a, b) => a - b);
    const round = (value) => Math.round(value * 10) / 10;
    const of = (share) => round(intervals[Math.min(intervals.length - 1, Math.floor(intervals.length * share))]);
    till.close();
    return {
      entries: total, entriesPerSecond: Math.round((total * 1000) / tookMs), interactiveMs: round(interactiveMs), liveMs: round(liveMs),
      framesPerSecond: round((intervals.length * 1000) / intervals.reduce((a, b) => a + b, 0)), frameMs: { median: of(0.5), p95: of(0.95), p99: of(0.99), longest: of(1) },
      longTasks: longTasks.length, heapMiB: round(heap / 1024 / 1024), rows,
    };
  } finally {
    await browser.close();
    await vigie.stop();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(JSON.stringify(await flood(Number(process.argv[2] ?? 30), Number(process.argv[3] ?? 5000)), null, 2));
