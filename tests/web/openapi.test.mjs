// SPDX-License-Identifier: GPL-3.0-or-later
// docs/openapi.json and the real program say the same.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { connectClient, startVigie } from "./vigie.mjs";

const api = JSON.parse(await readFile(new URL("../../docs/openapi.json", import.meta.url)));
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(api, "api");
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));

let vigie;
let client;

before(async () => {
  vigie = await startVigie();
  client = await connectClient(vigie, "shop", "ann");
  await client.log({ level: "error", message: "till opened twice", metadata: { till: 3 } }, { level: "info", message: "closed" });
  client.send("send_metrics", { metrics: { queue: { depth: 3 }, open: true } });
  // Processes are told from their second look on.
  await askUntil((body) => body.timestamp !== null, "/api/processes");
});

after(async () => {
  client?.close();
  await vigie?.stop();
});

/** A path of the file, for a request. */
const filled = (path, appId = "shop") => path.replace("{appId}", appId).replace("{traceId}", "0af7651916cd43dd8448eb211c80319c");

/** The answer to a GET, or what `init` says, which must be one that the file describes for `path`. */
async function ask(path, query = "", at = vigie, init = { method: "GET" }) {
  const url = filled(path, init.method === "GET" ? "shop" : "posted") + (query ? `?${query}` : "");
  const response = await fetch(new URL(url, at.url), init);
  const body = await response.json();
  const described = api.paths[path][init.method.toLowerCase()].responses[response.status];
  assert.ok(described, `${url} answers ${response.status}, which is not described`);
  const [type, { schema }] = Object.entries(described.content)[0];
  assert.equal(response.headers.get("content-type"), type);
  const isRight = ajv.getSchema(`api${schema.$ref}`);
  assert.ok(isRight(body), `${url}: ${ajv.errorsText(isRight.errors)}`);
  return { status: response.status, body };
}

/** The first answer that `isIt`: figures come to the disk within a second or two of their moment. */
async function askUntil(isIt, ...question) {
  for (;;) {
    const { body } = await ask(...question);
    if (isIt(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const encoded = (parameter, value = parameter.example) => `${parameter.name}=${encodeURIComponent(value)}`;
const queriesOf = (operation) => operation.parameters.filter((parameter) => parameter.in === "query");

for (const { path, requestBody } of operations.filter(({ method }) => method === "post")) {
  for (const [type, { example }] of Object.entries(requestBody.content)) {
    test(`post ${path} takes ${type}`, async () => {
      const isRight = type !== "application/json" || example.every(ajv.getSchema("api#/components/schemas/NewLogEntry"));
      assert.ok(isRight);
      const text = typeof example === "string" ? example : JSON.stringify(example);
      const init = { method: "POST", headers: { "Content-Type": type }, body: text };
      const { status, body } = await ask(path, "", vigie, init);
      assert.deepEqual({ status, accepted: body.accepted, refused: body.refused }, { status: 200, accepted: 2, refused: [] });
    });
  }

  test(`post ${path} refuses as described`, async () => {
    const post = async (query, type, text = "x") =>
      (await ask(path, query, vigie, { method: "POST", headers: { "Content-Type": type }, body: text })).status;
    assert.equal(await post("a=1", "text/plain"), 400);
    assert.equal(await post("", "image/png"), 415);
    assert.equal(await post("", "application/json", "[1]"), 200);
    assert.equal(await post("", "text/plain", ""), 200);
  });
}

for (const operation of operations.filter(({ method }) => method === "get")) {
  test(`${operation.method} ${operation.path} answers as described`, async () => {
    assert.equal((await ask(operation.path)).status, 200);
  });

  for (const parameter of queriesOf(operation)) {
    test(`${operation.path} knows ${parameter.name}`, async () => {
      assert.ok(parameter.example !== undefined, "the file must give an example");
      assert.equal((await ask(operation.path, encoded(parameter))).status, 200);
      for (const choice of parameter.schema.enum ?? [])
        assert.equal((await ask(operation.path, encoded(parameter, choice))).status, 200);
      if (parameter.schema.type !== "string" || parameter.schema.enum)
        assert.equal((await ask(operation.path, encoded(parameter, "nonsense"))).status, 400);
    });
  }

  test(`${operation.path} knows no other parameter`, async () => {
    const known = new Set(queriesOf(operation).map((parameter) => parameter.name));
    const others = operations.flatMap(queriesOf).map((parameter) => parameter.name).concat("sort", "");
    for (const name of new Set(others.filter((name) => !known.has(name))))
      assert.equal((await ask(operation.path, `${name}=1`)).status, 400, name);
  });

  test(`${operation.path} takes no other method`, async () => {
    const others = ["POST", "PUT", "DELETE"].filter((method) => !api.paths[operation.path][method.toLowerCase()]);
    for (const method of others) {
      const response = await fetch(new URL(filled(operation.path), vigie.url), { method });
      assert.equal(response.status, 405, method);
      await response.text();
    }
  });
}

test("what was sent comes back", async () => {
  const logs = (await ask("/api/apps/{appId}/logs", "q=open*&level=error&user=ann")).body.logs;
  assert.deepEqual(logs.map((entry) => entry.message), ["till opened twice"]);
  const app = await askUntil((body) => body.times.length > 0, "/api/apps/{appId}/metrics", "timeRange=hour");
  assert.deepEqual(Object.keys(app.series), ["open", "queue.depth"]);
  assert.equal(app.series["queue.depth"].average.at(-1), 3);
  const counts = (await ask("/api/apps/{appId}/counts", "timeRange=hour&points=1")).body;
  assert.deepEqual([counts.levels.error, counts.levels.info].flat().reduce((a, b) => a + b), 2);
  const machine = await askUntil((body) => body.times.length >= 2, "/api/metrics", "points=5000&series=cpu.usage,memory.*");
  assert.ok(machine.series["memory.used"].average.at(-1) > 1e6);
  for (const series of Object.values(machine.series))
    for (const list of Object.values(series)) assert.equal(list.length, machine.times.length);
  const { byCpu, byMemory } = (await ask("/api/processes")).body;
  assert.ok(byCpu.length > 0 && byMemory.length > 0);
});

test("a series says what it is", async () => {
  const { series } = (await ask("/api/series")).body;
  const named = new Map(series.map((one) => [one.name, one]));
  assert.equal(named.size, series.length);
  assert.deepEqual(named.get("cpu.usage"),
    { name: "cpu.usage", kind: "cpu.usage", unit: "%", min: 0, max: 100, words: "CPU in use", stored: true });
  const core = series.find((one) => one.kind === "cpu.core.*");
  assert.equal(core.name, `cpu.core.${core.instance}`);
  // All that is stored is told of.
  const machine = await askUntil((body) => body.times.length > 0, "/api/metrics", "points=5000");
  for (const name of Object.keys(machine.series)) assert.ok(named.get(name)?.stored, name);
});

test("an application's name may hold anything", async () => {
  const odd = "a/b c?d%2Fe\u00e9/logs";
  const other = await connectClient(vigie, encodeURIComponent(odd), "ann");
  await other.log({ level: "info", message: "odd" });
  const response = await fetch(new URL(`/api/apps/${encodeURIComponent(odd)}/logs`, vigie.url));
  assert.deepEqual((await response.json()).logs.map((entry) => entry.message), ["odd"]);
  other.close();
});

test("nobody else's figures are given", async () => {
  const response = await fetch(new URL("/api/apps/other/metrics", vigie.url));
  assert.deepEqual((await response.json()).series, {});
});

test("without history figures are refused in words", async () => {
  const plain = await startVigie({ flags: ["--no-history"] });
  try {
    for (const path of ["/api/metrics", "/api/apps/{appId}/metrics", "/api/processes"])
      assert.equal((await ask(path, "", plain)).status, 503);
    assert.equal((await ask("/api/apps/{appId}/logs", "", plain)).status, 200);
  } finally {
    await plain.stop();
  }
});
