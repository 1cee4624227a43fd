// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the two snippets of docs/programs.md as they stand there, but for the port.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { connectClient, serve, startBrowser, startVigie } from "./vigie.mjs";

const document = await readFile(new URL("../../docs/programs.md", import.meta.url), "utf8");
const section = document.split(/^## /m).find((part) => part.startsWith("Without the client\n"));
const snippets = [...section.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => match[1]);
const forPort = (snippet, port) => {
  assert.ok(snippet.includes("127.0.0.1:3001"));
  return snippet.replace("127.0.0.1:3001", `127.0.0.1:${port}`);
};

test("there are two snippets of ten lines", () => {
  assert.deepEqual(snippets.map((snippet) => snippet.trimEnd().split("\n").length), [10, 10]);
});

async function runInBrowser(vigie, url, run) {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const lines = [];
    let heard = () => {};
    page.on("console", (message) => { lines.push(message.text()); heard(); });
    page.on("pageerror", (error) => { lines.push(`error: ${error}`); heard(); });
    const said = (wanted) => new Promise((resolve) => {
      heard = () => lines.some((line) => wanted.test(line)) && resolve();
      heard();
    });
    await page.goto(url);
    await run(page);
    await said(/^CPU [\d.]+ %$/);
    const shop = await connectClient(vigie, "shop", "till");
    await shop.log({ level: "warn", message: "Out of tea" });
    await said(/^warn Out of tea$/);
    assert.deepEqual(lines.filter((line) => line.startsWith("error")), []);
  } finally {
    await browser.close();
  }
}

test("the browser's snippet runs from the page that Vigie serves", async () => {
  const vigie = await startVigie();
  try {
    // As if typed into the console.
    await runInBrowser(vigie, vigie.url, (page) => page.evaluate(forPort(snippets[0], vigie.port)));
  } finally {
    await vigie.stop();
  }
});

test("the browser's snippet runs in a page of an allowed origin", async () => {
  const placeholder = await serve("");
  const vigie = await startVigie({ flags: ["--allow-origin", placeholder.origin] });
  try {
    await runInBrowser(vigie, placeholder.origin,
                       (page) => page.addScriptTag({ content: forPort(snippets[0], vigie.port) }));
  } finally {
    await vigie.stop();
    await placeholder.stop();
  }
});

test("the Node.js snippet runs", async () => {
  const vigie = await startVigie();
  const shop = await connectClient(vigie, "shop", "ann");
  const child = spawn(process.execPath, ["--input-type=module", "-e", forPort(snippets[1], vigie.port)],
                      { cwd: fileURLToPath(new URL(".", import.meta.url)), stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [entry] = await shop.take("logs");
    assert.equal(entry.message, "Till opened");
    assert.equal(entry.level, "info");
    assert.equal(entry.userId, "till-1");
    let said = "";
    for await (const text of child.stdout) {
      said += text;
      if (said.includes("\n")) break;
    }
    assert.equal(said, `1 stored as ${entry.id}\n`);
  } finally {
    child.kill();
    shop.close();
    await vigie.stop();
  }
});
