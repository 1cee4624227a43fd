// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the benches: Vigie, the limit and the peer take turns in one run, each in its own process on loopback.
// Every figure is the median of several rounds, with the least and the most. scripts/bench builds and calls it.
//   bench.mjs [--only 1,2,3,4,5,6,7,8,9,10,11] [--rounds N] [--out FILE] [--peer FOLDER]
//     FOLDER  an earlier Vigie, built in its build/release: it takes its turn in tables 1 to 7
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const build = join(here, "../../build/release");
const tools = join(build, "tests/bench");
const option = (name, otherwise) => {
  const place = process.argv.indexOf(name);
  return place < 0 ? otherwise : process.argv[place + 1];
};
const rounds = Number(option("--rounds", 5));
const only = option("--only", "1,2,3,4,5,6,7,8,9,10,11").split(",").map(Number);
const peerFolder = option("--peer");
const peerBuild = peerFolder && join(peerFolder, "build/release");
const outFile = option("--out", join(build, "bench.json"));
const dataDir = mkdtempSync(join(tmpdir(), "vigie-bench-"));

const headless = (from, folder, ...more) =>
  [join(from, "vigie"), ["--headless", "--port", "0", "--data-dir", mkdtempSync(join(dataDir, folder)), ...more]];
/// Vigie's own contenders out of a build: its release folder.
const contendersOf = (from) => ({
  vigie: () => headless(from, "v", "--no-history"),
  vigieStoring: () => headless(from, "s"),
  frames: (viewers, frame) => [join(from, "tests/bench/frame_server"), ["--viewers", viewers, "--frame", frame]],
});
const servers = {
  ...contendersOf(build),
  relay: () => ["node", [join(here, "relay.mjs")]],
  limit: (viewers, frame) => [join(tools, "limit_server"), ["--viewers", viewers, "--frame", frame]],
  ws: (viewers, frame) => ["node", [join(here, "frames.mjs"), "--viewers", viewers, "--frame", frame]],
};
const peer = peerBuild ? contendersOf(peerBuild) : undefined;

function start([command, args]) {
  const child = spawn(command, args.map(String),
                      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, QT_QPA_PLATFORM: "offscreen" } });
  const port = new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      const found = /(?::| )(\d+)\/?\n/.exec(text);
      if (found) resolve(Number(found[1]));
    });
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}`)));
    child.on("error", reject);
  });
  port.catch(() => {});
  return { child, port };
}

const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null ? null : new Promise((resolve) => child.on("exit", resolve));

async function stop({ child }) {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended(child);
  clearTimeout(timer);
}

async function load(port, args) {
  const child = spawn(join(tools, "loadgen"), ["--port", port, ...args].map(String),
                      { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (data) => (text += data));
  await new Promise((resolve) => child.on("close", resolve));
  if (child.exitCode !== 0) throw new Error(`loadgen ended with ${child.exitCode}`);
  return JSON.parse(text);
}

/// One turn: a fresh server, one load.
async function turn(server, args) {
  const running = start(server);
  try {
    const port = await running.port;
    return await load(port, ["--pid", running.child.pid, ...args]);
  } finally {
    await stop(running);
  }
}

/// Contenders take turns for all rounds. `contenders`: name → async () => figures. Returns name → figure →
/// {median, min, max}. Whose turn it is goes to stderr, as a table takes minutes.
async function compare(contenders) {
  const figures = {};
  for (let round = 0; round < rounds; ++round) {
    for (const [name, run] of Object.entries(contenders)) {
      console.error(`round ${round + 1} of ${rounds}: ${name}`);
      for (const [figure, value] of Object.entries(await run())) {
        figures[name] ??= {};
        (figures[name][figure] ??= []).push(value);
      }
    }
  }
  for (const figure of Object.values(figures)) {
    for (const [name, values] of Object.entries(figure)) {
      const sorted = values.toSorted ? values.toSorted((a, b) => a - b) : [...values].sort((a, b) => a - b);
      figure[name] = { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1) };
    }
  }
  return figures;
}

const short = (value) =>
  value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : value.toFixed(value < 10 ? 3 : 1);
const span = ({ median, min, max }) => `${short(median)} (${short(min)}–${short(max)})`;
/// `turn` as a contender, where there is a build to compare with.
const ofPeer = (turn) => (peer ? { peer: turn } : {});
/// One line of what the earlier build did, and of how many times that is done now, for each figure.
function tellPeer(what, now, then) {
  if (!then) return;
  const figures = Object.keys(now).map((name) => `${name} ${span(then[name])}, now ${ratio(now[name], then[name])} times`);
  console.log(`peer, ${what}: ${figures.join("; ")}`);
}
const ratio = (a, b) => (a.median / b.median).toFixed(2);

function table(title, head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => String(row[i]).length)));
  const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(" | ")} |`;
  console.log(`\n${title}\n\n${line(head)}\n|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  for (const row of rows) console.log(line(row));
}

// An entry as every contender writes it; `message` bytes of text.
const entryBytes = (message) =>
  JSON.stringify({ id: "01M834KCMRF49KGDN37VX4Q95M", timestamp: 1700000000000, level: "info", message: "",
                   appId: "bench", userId: "load" }).length + message;
const frameOverhead = JSON.stringify({ type: "logs", payload: [] }).length;
const entriesOf = (result, message) =>
  (result.payload - (frameOverhead - 1) * result.frames) / (entryBytes(message) + 1);

async function framesBench() {
  const rows = [];
  const results = [];
  for (const frame of [300, 4096]) {
    for (const viewers of [1, 50, 500, 5000]) {
      const one = (name, server = servers[name]) => async () => {
        const raw = name === "limit" ? ["--raw"] : [];
        const result = await turn(server(viewers, frame),
                                  ["--viewers", viewers, "--seconds", 2, "--warmup", 1, ...raw]);
        return { framesPerSecond: result.frames / result.seconds, mbPerSecond: result.bytes / result.seconds / 1e6 };
      };
      const figures = await compare({ frames: one("frames"), limit: one("limit"), ws: one("ws"),
                                      ...ofPeer(one("peer", peer?.frames)) });
      tellPeer(`${frame} bytes, ${viewers} viewers`, figures.frames, figures.peer);
      results.push({ frame, viewers, figures });
      rows.push([frame, viewers, span(figures.frames.framesPerSecond), short(figures.frames.mbPerSecond.median),
                 span(figures.limit.framesPerSecond), span(figures.ws.framesPerSecond),
                 ratio(figures.frames.framesPerSecond, figures.limit.framesPerSecond),
                 ratio(figures.frames.framesPerSecond, figures.ws.framesPerSecond)]);
    }
  }
  table("1. Frames delivered per second", ["bytes", "viewers", "Vigie", "MB/s", "bare send()", "ws", "of bare", "of ws"], rows);
  return results;
}

async function endToEndBench() {
  const message = 150;
  const viewers = 500;
  const rows = [];
  const results = [];
  for (const batch of [1, 50]) {
    let frame = 1000;
    const one = (name, server = servers[name]) => async () => {
      const result = await turn(server(), ["--viewers", viewers, "--producers", 4, "--batch", batch,
                                                  "--message", message, "--seconds", 4, "--warmup", 2]);
      const entries = entriesOf(result, message);
      if (name === "vigie") frame = Math.round(result.payload / result.frames);
      return { entriesPerSecond: entries / result.seconds, mbPerSecond: result.bytes / result.seconds / 1e6,
               frameBytes: result.payload / result.frames, cpuPerMillion: result.cpuSeconds / (entries / 1e6),
               spread: result.least / result.max };
    };
    const limit = async () => {
      const result = await turn(servers.limit(viewers, frame), ["--viewers", viewers, "--seconds", 3, "--raw"]);
      return { mbPerSecond: result.bytes / result.seconds / 1e6 };
    };
    const figures = await compare({ vigie: one("vigie"), relay: one("relay"), limit, ...ofPeer(one("peer", peer?.vigie)) });
    tellPeer(`${batch} a message`, figures.vigie, figures.peer);
    results.push({ batch, figures });
    rows.push([batch, span(figures.vigie.entriesPerSecond), span(figures.relay.entriesPerSecond),
               ratio(figures.vigie.entriesPerSecond, figures.relay.entriesPerSecond),
               short(figures.vigie.frameBytes.median), short(figures.vigie.mbPerSecond.median),
               short(figures.limit.mbPerSecond.median), ratio(figures.vigie.mbPerSecond, figures.limit.mbPerSecond),
               ratio(figures.relay.mbPerSecond, figures.limit.mbPerSecond),
               `${short(figures.vigie.cpuPerMillion.median)} / ${short(figures.relay.cpuPerMillion.median)}`]);
  }
  table("2. Entries delivered per second, 4 producers, 500 viewers, JSON in and out",
        ["a message", "Vigie", "ws relay", "ratio", "Vigie's frame", "Vigie MB/s", "bare MB/s", "of bare",
         "relay of bare", "CPU s per M, Vigie / relay"], rows);
  return results;
}

async function latencyBench() {
  const one = (name, server = servers[name]) => async () => {
    const result = await turn(server(), ["--viewers", 100, "--producers", 4, "--rate", 1000, "--seconds", 5,
                                                "--latency"]);
    return { p50: result.p50, p99: result.p99, p999: result.p999 };
  };
  const figures = await compare({ vigie: one("vigie"), relay: one("relay"), ...ofPeer(one("peer", peer?.vigie)) });
  table("3. Latency producer → viewer in ms, 1,000 entries/s, 100 viewers", ["", "p50", "p99", "p99.9"],
        Object.entries(figures).map(([name, f]) => [name, span(f.p50), span(f.p99), span(f.p999)]));
  return figures;
}

const residentBytes = (pid) => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

async function memoryBench() {
  const viewers = 5000;
  const one = (name, server = servers[name]) => async () => {
    const running = start(server());
    try {
      const port = await running.port;
      const before = residentBytes(running.child.pid);
      const idle = load(port, ["--viewers", viewers, "--seconds", 2, "--warmup", 1]);
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, residentBytes(running.child.pid))), 100);
      await idle;
      clearInterval(watch);
      const served = await load(port, ["--viewers", viewers, "--producers", 4, "--batch", 1, "--seconds", 30, "--warmup", 3]);
      return { emptyMB: before / 1e6, bytesPerIdleConnection: (most - before) / viewers,
               atViewersMB: residentBytes(running.child.pid) / 1e6, slowestOfFastest: served.least / served.max };
    } finally {
      await stop(running);
    }
  };
  const figures = await compare({ vigie: one("vigie"), relay: one("relay"), ...ofPeer(one("peer", peer?.vigie)) });
  table(`4. Memory and fairness, ${viewers} viewers`,
        ["", "empty MB", "bytes per idle connection", "MB after a flood to all", "slowest of fastest over 30 s"],
        Object.entries(figures).map(([name, f]) => [name, span(f.emptyMB), span(f.bytesPerIdleConnection),
                                                    span(f.atViewersMB), span(f.slowestOfFastest)]));
  return figures;
}

async function ingestBench() {
  const rows = [];
  const results = [];
  for (const batch of [1, 50, 1000]) {
    const entries = batch === 1 ? 400_000 : 4_000_000;
    const one = (name, server = servers[name]) => async () => {
      const result = await turn(server(), ["--producers", 4, "--batch", batch, "--entries", entries]);
      return { entriesPerSecond: entries / result.seconds, entriesPerCpuSecond: entries / result.cpuSeconds };
    };
    const figures = await compare({ vigie: one("vigie"), relay: one("relay"), ...ofPeer(one("peer", peer?.vigie)) });
    tellPeer(`${batch} a message`, figures.vigie, figures.peer);
    results.push({ batch, figures });
    rows.push([batch, span(figures.vigie.entriesPerSecond), span(figures.vigie.entriesPerCpuSecond),
               span(figures.relay.entriesPerSecond), ratio(figures.vigie.entriesPerSecond, figures.relay.entriesPerSecond)]);
  }
  table("5. Ingest alone: entries parsed, validated, stamped per second", ["a message", "Vigie", "Vigie per CPU s", "ws relay", "ratio"], rows);
  return results;
}

/** Log records that are acknowledged when they are on disk, by OTLP and by the dialect of our own. */
async function otlpBench() {
  const entries = 512 * 1_500;
  const perSecond = ({ seconds, cpuSeconds }) => ({ entriesPerSecond: entries / seconds, entriesPerCpuSecond: entries / cpuSeconds });
  const otlp = (json) => async () => {
    const running = start(servers.vigieStoring());
    try {
      const port = await running.port;
      return perSecond(await print("otlpgen", ["--port", port, "--pid", running.child.pid, "--entries", entries, "--json", json]));
    } finally {
      await stop(running);
    }
  };
  const ours = async () => perSecond(await turn(servers.vigieStoring(), ["--producers", 4, "--batch", 512, "--entries", entries, "--ack"]));
  const figures = await compare({ protobuf: otlp(0), json: otlp(1), webSocket: ours });
  table("10. Log records on disk per second, 512 a request, 4 connections",
        ["", "records", "records per CPU s of Vigie"],
        Object.entries(figures).map(([name, f]) => [name, span(f.entriesPerSecond), span(f.entriesPerCpuSecond)]));
  return figures;
}

async function windowBench() {
  const viewers = 500;
  const one = (flood, from = build) => async () => {
    const running = start([join(from, "tests/bench/window_lateness"), ["--seconds", 10, "--data-dir", dataDir]]);
    let text = "";
    running.child.stdout.on("data", (data) => (text += data));
    const port = await running.port;
    if (flood)
      await load(port, ["--viewers", viewers, "--producers", 4, "--batch", 1, "--seconds", 6, "--warmup", 1]);
    await ended(running.child);
    const { p50, p99, p999, most } = JSON.parse(text.slice(text.indexOf("{")));
    return { p50, p99, p999, most };
  };
  const figures = await compare({ idle: one(false), flood: one(true), ...ofPeer(one(true, peerBuild)) });
  table(`6. How late the window's event loop answers, in ms, while ${viewers} viewers are flooded`,
        ["", "p50", "p99", "p99.9", "most"],
        Object.entries(figures).map(([name, f]) => [name, span(f.p50), span(f.p99), span(f.p999), span(f.most)]));
  return figures;
}

/// What a program of ours prints as JSON.
async function print(name, args) {
  const child = spawn(join(tools, name), args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (data) => (text += data));
  await new Promise((resolve) => child.on("close", resolve));
  if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode}`);
  return JSON.parse(text);
}

/// Milliseconds from the start until the address is told.
async function startMs(folder) {
  const begin = performance.now();
  const running = start([join(build, "vigie"), ["--headless", "--port", "0", "--data-dir", folder]]);
  await running.port;
  const ms = performance.now() - begin;
  await stop(running);
  return ms;
}

async function storeBench() {
  const entries = 1_000_000;
  const folder = join(dataDir, "full");
  const held = await print("bench_logstore", [join(folder, "logs"), entries]);
  const sockets = (batch, server, ...more) => async () => {
    const result = await turn(server(), ["--producers", 4, "--batch", batch, "--entries", 400_000, ...more]);
    return { entriesPerSecond: 400_000 / result.seconds };
  };
  const files = async () => {
    const figures = await print("bench_logstore", [mkdtempSync(join(dataDir, "b")), 400_000]);
    return { bare: figures.bareRate, store: figures.rate, durable: figures.durableRate };
  };
  const figures = await compare({
    files,
    plain50: sockets(50, servers.vigieStoring), acked50: sockets(50, servers.vigieStoring, "--ack"),
    plain1000: sockets(1000, servers.vigieStoring), acked1000: sockets(1000, servers.vigieStoring, "--ack"),
    ...ofPeer(sockets(50, peer?.vigieStoring)),
    empty: async () => ({ ms: await startMs(mkdtempSync(join(dataDir, "e"))) }),
    full: async () => ({ ms: await startMs(folder) }),
  });
  const { bare, store, durable } = figures.files;
  const rows = [["bare SQLite loop, the same rows", span(bare), ""],
                ["store", span(store), ratio(store, bare)], ["store, every 1,000 durable", span(durable), ratio(durable, bare)]];
  for (const [name, what] of [["plain50", "whole program, 50 a message"], ["acked50", "… each acknowledged"],
                              ["plain1000", "whole program, 1,000 a message"], ["acked1000", "… each acknowledged"]])
    rows.push([what, span(figures[name].entriesPerSecond), ratio(figures[name].entriesPerSecond, bare)]);
  tellPeer("50 a message", figures.plain50, figures.peer);
  table("7. Entries to disk per second", ["", "entries/s", "of the bare loop"], rows);
  table(`Start-up, ms: an empty folder, and one with ${short(entries)} entries`, ["empty", "full", "ratio"],
        [[span(figures.empty.ms), span(figures.full.ms), ratio(figures.full.ms, figures.empty.ms)]]);
  table(`Newest 100 of ${short(entries)} entries, ms`, ["", "found", "median", "most"],
        Object.entries(held.queries).map(([name, q]) => [name, q.found, q.medianMs.toFixed(1), q.maxMs.toFixed(1)]));
  return { held, figures };
}

async function metricBench() {
  const held = await print("bench_metricstore", [join(dataDir, "metrics"), 31]);
  table("8. A month of the machine's figures", ["", ""], Object.entries(held).map(([name, value]) => [name, short(value)]));
  return held;
}

/** The page in a real browser, while 5,000 entries a second come for half a minute. */
async function pageBench() {
  process.env.VIGIE_BINARY = join(build, "vigie");
  process.env.VIGIE_CHROMIUM ??= "/usr/bin/chromium";
  const { flood } = await import("../web/flood.mjs");
  const figures = await flood(30, 5_000);
  const { frameMs, ...rest } = figures;
  table("9. The page under 5,000 entries a second", ["", ""],
        [...Object.entries(rest), ...Object.entries(frameMs).map(([name, ms]) => [`frame, ms, ${name}`, ms])]);
  return figures;
}

/** What it costs to share logs with other machines. */
async function clusterBench() {
  process.env.VIGIE_BINARY = join(build, "vigie");
  const { sharedEntries, latency, leaderKill, idle } = await import("./cluster.mjs");
  const figures = await compare({ shared: () => sharedEntries(tools), latency: () => latency(), leaderKill: () => leaderKill(tools), idle: () => idle() });
  const { shared, leaderKill: kill } = figures;
  table("11. Three NATS servers and three Vigies on this machine", ["", "Vigie", "publishing without Vigie", "ratio"],
        [["entries/s acknowledged by a quorum, 50 a message", span(shared.vigie), span(shared.limit), ratio(shared.vigie, shared.limit)],
         ["s without an acknowledgement when the leader is killed", span(kill.vigie), span(kill.limit), ratio(kill.vigie, kill.limit)]]);
  table("Producer to a viewer at another node, 1,000 entries/s; a node that is idle",
        ["p50 ms", "p99 ms", "% of a core", "resident MB"],
        [[span(figures.latency.p50), span(figures.latency.p99), span(figures.idle.percent), span(figures.idle.residentMB)]]);
  return figures;
}

const benches = { 1: framesBench, 2: endToEndBench, 3: latencyBench, 4: memoryBench, 5: ingestBench, 6: windowBench,
                  7: storeBench, 8: metricBench, 9: pageBench, 10: otlpBench, 11: clusterBench };
const results = { date: new Date().toISOString(), rounds };
try {
  for (const number of only) results[number] = await benches[number]();
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
writeFileSync(outFile, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nWritten to ${outFile}`);
