// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of another origin may do with Vigie, in a real browser: nothing, unless the owner allowed it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve, startBrowser, startVigie } from "./vigie.mjs";

let browser, stranger;

before(async () => {
  browser = await startBrowser();
  stranger = await serve("<!DOCTYPE html><title>stranger</title>");
});
after(async () => {
  await browser.close();
  await stranger.stop();
});

/** What a page of `origin` hears of Vigie: the type of the first message, or how the connection ended. */
async function firstWord(origin, vigie) {
  const page = await browser.newPage();
  await page.goto(origin);
  const word = await page.evaluate((address) => new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
    socket.onclose = ({ code }) => resolve(`closed ${code}`);
  }), `ws://${vigie.host}/`);
  await page.close();
  return word;
}

test("a page of another origin cannot connect", async () => {
  const vigie = await startVigie();
  try {
    assert.equal(await firstWord(stranger.origin, vigie), "closed 1006");
    assert.equal(await firstWord(vigie.url, vigie), "connect");
  } finally {
    await vigie.stop();
  }
});

test("--allow-origin lets it in, and no other", async () => {
  const vigie = await startVigie({ flags: ["--allow-origin", stranger.origin] });
  const other = await serve("<!DOCTYPE html>");
  try {
    assert.equal(await firstWord(stranger.origin, vigie), "connect");
    assert.equal(await firstWord(other.origin, vigie), "closed 1006");
  } finally {
    await other.stop();
    await vigie.stop();
  }
});

test("a page of another origin can neither read nor frame Vigie's page", async () => {
  const vigie = await startVigie();
  const page = await browser.newPage();
  try {
    await page.goto(stranger.origin);
    assert.equal(await page.evaluate((url) => fetch(url).then(() => "read", () => "refused"), vigie.url), "refused");
    await page.evaluate((url) => new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.onload = resolve;
      document.body.append(frame);
    }), vigie.url);
    const parts = "form.signin, main";
    assert.equal(await page.frames()[1].$(parts), null);
    await page.goto(vigie.url); // which has them
    await page.waitForSelector(parts);
  } finally {
    await page.close();
    await vigie.stop();
  }
});

test("a page of an allowed origin reads the log over HTTP, with its token", async () => {
  const vigie = await startVigie({ flags: ["--require-token", "--allow-origin", stranger.origin] });
  const page = await browser.newPage();
  try {
    const token = (await vigie.command("token", "add", "--user", "ann", "--app", "shop")).trim();
    await page.goto(stranger.origin);
    const read = (path) => page.evaluate(async ([url, bearer]) => {
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${bearer}` } });
      return { status: answer.status, body: await answer.json() };
    }, [vigie.url + path, token]);
    let log = await read("api/apps/shop/logs");
    // Vigie learns of it within a moment; until then it takes us for one who guesses.
    while (["token_unknown", "too_many_failures"].includes(log.body.code)) log = await read("api/apps/shop/logs");
    assert.deepEqual(log, { status: 200, body: { logs: [], cursor: null } });
    const other = await read("api/apps/bank/logs");
    assert.equal(other.status, 401);
    assert.equal(other.body.code, "other_app");
  } finally {
    await page.close();
    await vigie.stop();
  }
});

test("a name of a stranger's that leads here (DNS rebinding) reads nothing", async () => {
  const vigie = await startVigie();
  const rebound = await startBrowser(["--host-resolver-rules=MAP rebound.example 127.0.0.1"]);
  const page = await rebound.newPage();
  try {
    // To the browser all of it is one origin: nothing but the name tells.
    const own = vigie.url.replace("127.0.0.1", "rebound.example").replace("localhost", "rebound.example");
    assert.match(own, /rebound/);
    const answer = await page.goto(own);
    assert.equal(answer.status(), 421);
    const heard = await page.evaluate(async (url) => ({
      api: (await fetch(`${url}api/metrics`)).status,
      socket: await new Promise((resolve) => {
        const socket = new WebSocket(url.replace("http", "ws"));
        socket.onmessage = ({ data }) => resolve(data);
        socket.onclose = ({ code }) => resolve(code);
      }),
    }), own);
    assert.deepEqual(heard, { api: 421, socket: 1006 });
  } finally {
    await rebound.close();
    await vigie.stop();
  }
});

test("a page of another site cannot even have data asked for, whose time would tell what is in it", async () => {
  const vigie = await startVigie();
  const page = await browser.newPage();
  try {
    await page.goto(stranger.origin);
    for (const path of ["api/metrics", "api/apps/shop/logs?q=secret"]) {
      const answered = page.waitForResponse(vigie.url + path);
      await page.evaluate((url) => fetch(url, { mode: "no-cors" }), vigie.url + path);
      assert.equal((await answered).status(), 403);
    }
    // A link to the page itself may stand anywhere.
    assert.equal((await page.goto(vigie.url, { referer: stranger.origin })).status(), 200);
  } finally {
    await page.close();
    await vigie.stop();
  }
});

test("a form of another origin is refused on a connection that Vigie's own page has opened", async () => {
  const vigie = await startVigie();
  const context = await browser.newContext(); // with its own connections
  const [own, page] = [await context.newPage(), await context.newPage()];
  try {
    await own.goto(vigie.url);
    await page.goto(stranger.origin);
    // More often than the browser keeps connections to one host: it takes those that are there.
    for (let i = 0; i < 8; i++) {
      assert.equal(await own.evaluate(() => fetch("api/processes").then(async (answer) => (await answer.text(), answer.status))), 200);
      const answered = page.waitForResponse(vigie.url);
      await page.evaluate((url) => {
        const frame = document.createElement("iframe");
        frame.name = `answer${Math.random()}`;
        const form = document.createElement("form");
        Object.assign(form, { method: "post", action: url, target: frame.name });
        document.body.append(frame, form);
        form.submit();
      }, vigie.url);
      assert.equal((await answered).status(), 403);
    }
  } finally {
    await context.close();
    await vigie.stop();
  }
});

test("a form of another origin is refused, and no answer is for its scripts", async () => {
  const vigie = await startVigie();
  const page = await browser.newPage();
  try {
    await page.goto(stranger.origin);
    assert.equal(await page.evaluate((url) => fetch(`${url}api/metrics`).then(() => "read", () => "refused"), vigie.url), "refused");
    const [answer] = await Promise.all([
      page.waitForNavigation(),
      page.evaluate((url) => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = url;
        document.body.append(form);
        form.submit();
      }, vigie.url),
    ]);
    assert.equal(answer.status(), 403);
    assert.equal(answer.headers()["access-control-allow-origin"], undefined);
  } finally {
    await page.close();
    await vigie.stop();
  }
});

test("a page of an allowed origin sends its log, by OTLP and as lines", async () => {
  const vigie = await startVigie({ flags: ["--require-token", "--allow-origin", stranger.origin] });
  const page = await browser.newPage();
  try {
    const token = (await vigie.command("token", "add", "--user", "ann", "--app", "shop", "--role", "producer")).trim();
    await page.goto(stranger.origin);
    const answers = await page.evaluate(async ({ url, secret }) => {
      const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" };
      const record = { body: { stringValue: "by OTLP" }, severityText: "INFO" };
      const resource = { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] };
      const logs = JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] });
      const post = async (path, body) => {
        const answer = await fetch(url + path, { method: "POST", headers, body });
        return [answer.status, await answer.json()];
      };
      let first;
      do first = await post("v1/logs", logs); while ([401, 429].includes(first[0])); // until Vigie has learnt of the token
      return [first, await post("v1/logs", "{"), await post("api/apps/shop/logs", '{"msg":"as a line"}')];
    }, { url: vigie.url, secret: token });
    assert.deepEqual(answers.map(([status]) => status), [200, 400, 200]);
    assert.deepEqual(answers[0][1], {});
    const stored = await vigie.command("export", "--app", "shop");
    assert.ok(stored.includes("by OTLP") && stored.includes("as a line"), stored);
  } finally {
    await page.close();
    await vigie.stop();
  }
});
