// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP as Node.js speaks it, strictly: over one connection that is kept, a body too many would be the next answer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { after, before, test } from "node:test";
import { startVigie } from "./vigie.mjs";

const api = JSON.parse(await readFile(new URL("../../docs/openapi.json", import.meta.url)));
const paths = ["/", "/index.html", "/nothing-here", "/api/nothing-here",
  ...Object.keys(api.paths).map((path) => path.replace("{appId}", "shop"))];

let vigie;

before(async () => {
  vigie = await startVigie();
});

after(() => vigie?.stop());

/** One request; its answer, with the local port of the connection that it took. */
function ask(agent, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, vigie.url), { agent, method, headers });
    let continued = false;
    request.on("continue", () => {
      continued = true;
      request.end(body);
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const port = response.socket.localPort;
      let text = "";
      response.setEncoding("utf8").on("data", (data) => (text += data));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text, port, continued }));
      response.on("error", reject);
    });
    if (headers.Expect) request.flushHeaders();
    else request.end(body);
  });
}

test("HEAD is GET without the body, on each route and over one connection", async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  for (const path of paths) {
    const head = await ask(agent, "HEAD", path);
    const get = await ask(agent, "GET", path);
    assert.equal(head.text, "", path);
    assert.equal(head.status, get.status, path);
    assert.equal(head.headers["content-type"], get.headers["content-type"], path);
    assert.equal(Number(get.headers["content-length"]), Buffer.byteLength(get.text), path);
    ports.add(head.port).add(get.port);
  }
  assert.equal(ports.size, 1);
  agent.destroy();
});

test("who asks before sending a body is told to go on", async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { Expect: "100-continue", "Content-Length": 3 };
  const answer = await ask(agent, "POST", "/", { headers, body: "abc" });
  assert.ok(answer.continued);
  assert.equal(answer.status, 404);
  assert.equal((await ask(agent, "GET", "/")).port, answer.port);
  // And one whose body nobody would take is not.
  const large = await ask(agent, "POST", "/", { headers: { ...headers, "Content-Length": 1_000_000 } });
  assert.deepEqual([large.status, large.continued], [413, false]);
  agent.destroy();
});

test("a body in chunks is passed over where none is wanted", async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const posted = await ask(agent, "POST", "/api/metrics", { headers: { "Transfer-Encoding": "chunked" }, body: "GET / HTTP/1.1" });
  assert.equal(posted.status, 405);
  const next = await ask(agent, "GET", "/api/metrics");
  assert.deepEqual([next.status, next.port], [200, posted.port]);
  agent.destroy();
});

test("the connection ends when it is asked to", async () => {
  const answer = await ask(false, "GET", "/", { headers: { Connection: "close" } });
  assert.equal(answer.headers.connection, "close");
});
