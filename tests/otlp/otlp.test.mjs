// SPDX-License-Identifier: GPL-3.0-or-later
// OpenTelemetry's own JavaScript SDK against the real program, set up as docs/protocol.md prints it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { install, printedPackages } from "./packages.mjs";
import { startVigie } from "../web/vigie.mjs";
import { secretly } from "./secretly.mjs";

const documented = await readFile(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const chapter = documented.slice(documented.indexOf("## OpenTelemetry (OTLP/HTTP)"));
const blocks = [...chapter.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language, text]) => ({ language, text }));
const telemetry = blocks.find(({ language }) => language === "js").text;
const [setUp, packages, far] = blocks.filter(({ language }) => language === "").map(({ text }) => text);

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigie-otlp-"));
  await writeFile(join(folder, "telemetry.cjs"), telemetry);
  await copyFile(new URL("shop.cjs", import.meta.url), join(folder, "shop.cjs"));
  await install(folder, [...printedPackages(packages), "pino", "winston"]);
});

after(() => rm(folder, { recursive: true }));

/** The documented line in a shell, at `vigie`, with more of an environment and the program's arguments. */
function startShop(vigie, env, ...args) {
  const line = setUp.match(/^OTEL_.*$/m)[0].replace("http://127.0.0.1:3001", vigie.url.replace(/\/$/, ""))
    .replace(/node --require .*$/, `${process.execPath} --require ./telemetry.cjs shop.cjs`);
  return spawn("/bin/sh", ["-c", `${line} ${args.join(" ")}`], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, OTEL_METRICS_EXPORTER: "otlp", OTEL_NODE_RESOURCE_DETECTORS: "env,host,process", ...env },
  });
}

async function runShop(...args) {
  const [code] = await once(startShop(...args), "exit");
  assert.equal(code, 0);
}

async function get(vigie, path) {
  const response = await fetch(new URL(path, vigie.url));
  assert.equal(response.status, 200, path);
  return response.json();
}

/** What Vigie says of those who send, for a look at why something is missing. */
const sendersOf = async (vigie) => JSON.stringify((await get(vigie, "/api/sources")).sources.map(({ id, entries, notes }) => ({ id, entries, notes })));

const logsOf = async (vigie, query = "") => (await get(vigie, `/api/apps/shop/logs?limit=1000${query}`)).logs;

for (const encoding of ["http/json", "http/protobuf"]) {
  for (const compression of ["none", "gzip"]) {
    test(`logs, traces and metrics by ${encoding}, ${compression}`, async (t) => {
      const vigie = await startVigie();
      t.after(() => vigie.stop());
      await runShop(vigie, { OTEL_EXPORTER_OTLP_PROTOCOL: encoding, OTEL_EXPORTER_OTLP_COMPRESSION: compression }, 700, 0);
      const logs = await logsOf(vigie);
      const entries = logs.filter((entry) => entry.message.startsWith("entry "));
      assert.deepEqual(entries.map((entry) => entry.metadata.i).sort((a, b) => a - b), Array.from({ length: 700 }, (_, i) => i));
      const { resource, ...metadata } = entries[0].metadata;
      assert.deepEqual({ ...metadata, i: 0 },
                       { i: 0, half: 0.5, cut: "done \ufffd", huge: 2 ** 63, scope: "till", scope_version: "1.2" });
      assert.equal(entries[0].level, "info");
      assert.ok(resource["process.pid"] > 0);
      for (const secret of ["process.owner", "process.command_args", "process.command_line"])
        assert.ok(!JSON.stringify(logs).includes(secret), secret);

      const pino = logs.find((entry) => entry.message === "low on rolls");
      assert.deepEqual([pino.level, pino.metadata.till], ["warn", 3]);
      const winston = logs.find((entry) => entry.message === "GET /till");
      assert.deepEqual([winston.level, winston.metadata.severity_text], ["debug", "http"]);

      const [root, ...others] = await logsOf(vigie, "&where=span=root");
      assert.deepEqual(others, []);
      assert.equal(root.message, "open the till");
      assert.equal(root.level, "trace");
      const trace = await get(vigie, `/api/traces/${root.metadata.trace_id}`);
      assert.equal(trace.more, false);
      assert.deepEqual(trace.entries.map((entry) => entry.message).sort(), ["GET /till", "count", "low on rolls", "open the till"]);
      const count = trace.entries.find((entry) => entry.message === "count");
      assert.equal(count.metadata.parent_span_id, root.metadata.span_id);
      assert.ok(count.metadata.duration_ms <= root.metadata.duration_ms);
      assert.equal(pino.metadata.span_id, count.metadata.span_id);

      for (;;) {
        const { series } = await get(vigie, "/api/apps/shop/metrics?timeRange=hour");
        if (series.orders && series["took.sum"]) {
          assert.equal(series.orders.average.at(-1), 12);
          assert.equal(series["took.le.10"].average.at(-1), 1);
          break;
        }
        await sleep(200); // figures come to the disk within a second or two of their moment
      }
    });
  }
}

test("by TLS and with a token", async (t) => {
  const vigie = await startVigie({ flags: ["--tls", "--require-token"] });
  t.after(() => vigie.stop());
  const token = (await vigie.command("token", "add", "--user", "till-1", "--app", "shop", "--role", "producer")).trim();
  // As documented for another machine, in whose place is this one.
  const env = Object.fromEntries(far.trim().split("\n").map((line) => line.match(/^(\w+)="?(.*?)"?$/).slice(1)));
  delete env.OTEL_EXPORTER_OTLP_ENDPOINT;
  env.OTEL_EXPORTER_OTLP_CERTIFICATE = join(vigie.dataDir, "tls-certificate.pem");
  env.OTEL_EXPORTER_OTLP_HEADERS = env.OTEL_EXPORTER_OTLP_HEADERS.replace("TOKEN", token);
  const reader = (await vigie.command("token", "add", "--user", "ann", "--all-apps", "--role", "viewer")).trim();
  const read = async () => JSON.parse(await secretly(vigie, "/api/apps/shop/logs?limit=1000", reader, env.OTEL_EXPORTER_OTLP_CERTIFICATE)).logs;
  for (let tries = 0; !(await read()) && tries < 200; tries++) await sleep(100); // a new token is known within a second
  await runShop(vigie, env, 10, 0);
  const logs = await read();
  const entries = logs.filter((entry) => entry.message.startsWith("entry "));
  assert.equal(entries.length, 10);
  assert.equal(entries[0].userId, "till-1");
});

test("a Vigie that is away ends no program", async () => {
  await runShop({ url: "http://127.0.0.1:9" }, { OTEL_EXPORTER_OTLP_TIMEOUT: "200", OTEL_METRICS_EXPORTER: "none" }, 1, 0);
});

test("on port 4318, where exporters send to by themselves", async (t) => {
  const vigie = await startVigie({ comesBack: true });
  t.after(() => vigie.stop());
  await vigie.stop({ keeps: true });
  await writeFile(join(vigie.dataDir, "sources.json"), JSON.stringify({ otlpPort: true }));
  await vigie.start();
  await runShop({ url: "http://127.0.0.1:4318" }, {}, 3, 0);
  const entries = (await logsOf(vigie)).filter((entry) => entry.message.startsWith("entry "));
  assert.equal(entries.length, 3);
  assert.equal((await fetch("http://127.0.0.1:4318/")).status, 404); // the page is not there
});

for (const encoding of ["http/json", "http/protobuf"]) {
  test(`a restart and a kill cost no entry, by ${encoding}`, async (t) => {
    const vigie = await startVigie({ comesBack: true });
    t.after(() => vigie.stop());
    const shop = startShop(vigie, {
      OTEL_EXPORTER_OTLP_PROTOCOL: encoding, OTEL_BLRP_SCHEDULE_DELAY: "100", OTEL_LOG_LEVEL: "error", // says what it drops
      // It drops what is not on disk within 10 s, which a disk that others keep busy may take.
      OTEL_EXPORTER_OTLP_TIMEOUT: "60000", OTEL_BLRP_EXPORT_TIMEOUT: "60000",
    }, 500, 10);
    const ended = once(shop, "exit");
    for (let stops = 0; stops < 2; stops++) {
      const before = stops === 0 ? 0 : (await logsOf(vigie)).length;
      while ((await logsOf(vigie)).length < before + 50) await sleep(50);
      t.diagnostic(await sendersOf(vigie));
      await (stops === 0 ? vigie.stop({ keeps: true }) : vigie.kill());
      const stopped = Date.now();
      await vigie.start();
      t.diagnostic(`started again in ${Date.now() - stopped} ms`);
    }
    assert.equal((await ended)[0], 0);
    t.diagnostic(await sendersOf(vigie));
    const entries = (await logsOf(vigie)).filter((entry) => entry.message.startsWith("entry "));
    assert.deepEqual(entries.map((entry) => entry.metadata.i).sort((a, b) => a - b), Array.from({ length: 500 }, (_, i) => i));
  });
}
