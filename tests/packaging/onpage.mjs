// SPDX-License-Identifier: GPL-3.0-or-later
// Waits until the page at URL shows TEXT: node onpage.mjs URL TEXT
import { startBrowser } from "../web/vigie.mjs";

const [url, text] = process.argv.slice(2);
const browser = await startBrowser();
try {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByText(text).first().waitFor({ timeout: 60_000 });
} finally {
  await browser.close();
}
