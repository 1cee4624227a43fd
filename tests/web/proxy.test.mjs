// SPDX-License-Identifier: GPL-3.0-or-later
// Vigie behind a reverse proxy: the recipes of docs/reverse-proxy.md as they stand there, with Debian's nginx and a real browser.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { connectClient, startBrowser, startVigie } from "./vigie.mjs";

const document = readFileSync(new URL("../../docs/reverse-proxy.md", import.meta.url), "utf8");
const isRoot = process.getuid() === 0;
let browser, folder;

before(async () => {
  browser = await startBrowser(["--host-resolver-rules=MAP ops.example 127.0.0.1"]);
  folder = mkdtempSync(join(tmpdir(), "vigie-proxy-"));
  chmodSync(folder, 0o755); // nginx's workers are another user
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=ops.example", "-addext", "subjectAltName=DNS:ops.example",
    "-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")], { stdio: "ignore" });
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** What the document says of one form: the file for nginx, and the address to start Vigie with. */
function recipe(letter) {
  const section = document.split(/^### /m).find((part) => part.startsWith(`${letter}. `));
  const block = (kind) => section.match(new RegExp(`\`\`\`${kind}\n([^]*?)\`\`\``))[1];
  return { file: block("nginx"), address: new URL(block("sh").match(/--public-url (\S+)/)[1]) };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const isUp = (port) => new Promise((resolve) => {
  const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true)));
  socket.on("error", () => resolve(false));
});

/** nginx with that file, at `port`, before the Vigie at `upstream`. */
async function startNginx(file, port, upstream, user) {
  const prefix = mkdtempSync(join(folder, "nginx-"));
  chmodSync(prefix, 0o755);
  const replaced = file
    .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replaceAll("127.0.0.1:3001", upstream)
    .replaceAll("/etc/ssl/certs/ops.example.pem", join(folder, "certificate.pem"))
    .replaceAll("/etc/ssl/private/ops.example.key", join(folder, "key.pem"));
  assert.ok(replaced.includes(upstream) && replaced.includes(String(port)) && !replaced.includes("/etc/ssl"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${prefix}/${kind};`);
  writeFileSync(join(prefix, "nginx.conf"), `
    ${isRoot ? `user ${user};` : ""}
    daemon off; worker_processes 1; pid ${prefix}/pid; error_log ${prefix}/error.log;
    events {}
    http { access_log off; ${temporary.join(" ")}
      ${replaced} }`);
  const child = spawn(process.env.VIGIE_NGINX, ["-p", prefix, "-c", join(prefix, "nginx.conf"), "-e", join(prefix, "error.log")],
                      { stdio: ["ignore", "ignore", "inherit"] }); // where it says why it does not start
  const exited = once(child, "exit");
  let isOver = false;
  exited.then(() => (isOver = true));
  while (!(await isUp(port))) assert.ok(!isOver, "nginx did not start");
  return async () => {
    child.kill("SIGTERM");
    await exited;
  };
}

/** Runs `use` with Vigie behind nginx, both as the document has them; `change`s one of them. */
async function behind(letter, use, { change = (file) => file, isTold = true, flags = [], user = "www-data" } = {}) {
  const { file, address } = recipe(letter);
  const port = await freePort();
  address.port = port;
  const vigie = await startVigie({ flags: [...(isTold ? ["--public-url", address.href] : []), ...flags] });
  try {
    const stop = await startNginx(change(file), port, vigie.host, user);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      await use({ vigie, address, port, page: await context.newPage() });
    } finally {
      await context.close();
      await stop();
    }
  } finally {
    await vigie.stop();
  }
}

const passesNoHost = (file) => file.replace(/ *proxy_set_header Host .*\n/, "");
const calledByAddress = (file) => file.replace("http://vigie;", "http://127.0.0.1:3001;").replace(/upstream vigie [^}]*}/, "");

for (const [name, letter, options] of [
  ["A: a name, passed on", "A", {}],
  ["A, by a proxy that runs as root", "A", { user: "root" }],
  ["A, with its port", "A", { change: (file) => file.replace("Host $host", "Host $http_host") }],
  ["A, of a Vigie that speaks TLS", "A", { flags: ["--tls"], change: (file) => file.replace("proxy_pass http:", "proxy_pass https:") }],
  ["B: nginx's own name for it", "B", {}],
  ["B, by address", "B", { change: calledByAddress }],
  ["C: a prefix, taken off", "C", {}],
  ["C, with the name passed on", "C", { change: (file) => file.replace("proxy_http_version", "proxy_set_header Host $host;\n proxy_http_version") }],
  ["D: a prefix, kept", "D", {}],
  ["D, by address", "D", { change: passesNoHost }],
]) {
  test(name, () => behind(letter, async ({ vigie, address, page }) => {
    assert.equal(vigie.told, address.href);
    const token = (await vigie.command("token", "add", "--user", "ann", "--app", "shop", "--role", "viewer")).trim();
    const till = await connectClient(vigie, "shop", "till"); // by loopback, without a token
    await till.log({ level: "info", message: "an early entry" });

    // Without a token there is the page, which asks for one.
    assert.equal((await page.goto(address.href)).status(), 200);
    await page.fill("[name=app]", "shop");
    await page.fill("[name=user]", "ann");
    await page.click(".signin .primary");
    await page.waitForFunction(() => document.querySelector(".problem").textContent.includes("token"));
    assert.equal(await page.locator("#unstarted").count(), 0);

    await page.fill("[name=token]", token);
    await page.click(".signin .primary");
    // History comes by HTTP, what is new by the WebSocket.
    const waitForEntry = (text) => page.waitForFunction((wanted) => document.querySelector(".loglist")?.innerText.includes(wanted), text);
    await waitForEntry("an early entry");
    await till.log({ level: "info", message: "a later one" });
    await waitForEntry("a later one");
    assert.equal(new URL(page.url()).pathname, address.pathname);
    const status = (init) => page.evaluate(async (given) => (await fetch("api/apps/shop/logs", given)).status, init);
    assert.equal(await status({}), 401);
    assert.equal(await status({ headers: { Authorization: `Bearer ${token}` } }), 200);
    till.close();
  }, options));
}

test("a page of another origin cannot connect through the proxy", () => behind("A", async ({ address, port }) => {
  const outcome = (origin) => new Promise((resolve) => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/`, { rejectUnauthorized: false, origin, headers: { Host: address.host } });
    socket.on("open", () => (socket.close(), resolve("open")));
    socket.on("unexpected-response", (request, response) => (response.destroy(), resolve(response.statusCode)));
    socket.on("error", () => {});
  });
  assert.equal(await outcome("https://evil.example"), 403);
  assert.equal(await outcome(address.origin), "open");
}));

test("a Vigie that was not told says in words what is wrong", async () => {
  const flag = "--public-url https://ops.example";
  await behind("A", async ({ address, page }) => {
    assert.equal((await page.goto(address.href)).status(), 421);
    assert.ok((await page.textContent("body")).includes(`${flag}/`));
  }, { isTold: false });
  await behind("D", async ({ address, page }) => {
    assert.equal((await page.goto(address.href)).status(), 421);
    assert.ok((await page.textContent("body")).includes(`${flag}/vigie/`));
  }, { isTold: false });
  await behind("D", async ({ address, page }) => {
    assert.equal((await page.goto(address.href)).status(), 404);
    assert.ok((await page.textContent("body")).includes("--public-url"));
  }, { isTold: false, change: passesNoHost });
  for (const [letter, change] of [["B", calledByAddress], ["C", (file) => file]]) {
    await behind(letter, async ({ address, page }) => {
      assert.equal((await page.goto(address.href)).status(), 200);
      await page.locator("#unstarted").getByText("vigie --public-url").first().waitFor({ state: "visible" });
    }, { isTold: false, change });
  }
});

test("nothing of these words is seen while the page starts", async () => {
  const vigie = await startVigie();
  const page = await browser.newPage();
  try {
    let release;
    const isHeld = new Promise((resolve) => (release = resolve));
    await page.route("**/page-*.js", async (route) => (await isHeld, route.continue()));
    await page.goto(vigie.url, { waitUntil: "commit" });
    await page.waitForSelector("#unstarted", { state: "attached" });
    const { animationName, animationDelay } = await page.evaluate(() => getComputedStyle(document.querySelector("#unstarted")));
    assert.deepEqual([animationName, animationDelay], ["appear", "3s"]); // which hides them until then
    release();
    await page.waitForSelector(".signin");
    assert.equal(await page.locator("#unstarted").count(), 0);
  } finally {
    await page.close();
    await vigie.stop();
  }
});
