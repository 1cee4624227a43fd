// SPDX-License-Identifier: GPL-3.0-or-later
// What a bus costs: three NATS servers and three Vigies on this machine, beside publishing without Vigie.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { Hopper, startCluster } from "../cluster/cluster.mjs";

const run = promisify(execFile);
const portOf = (node) => new URL(node.url).port;

/** Entries a second that a quorum has acknowledged: by Vigie, and by publishing the same bytes. */
export async function sharedEntries(tools, seconds = 5) {
  const cluster = await startCluster();
  try {
    const [node] = cluster.nodes;
    const entries = 300_000;
    const ours = JSON.parse((await run(join(tools, "loadgen"), ["--port", portOf(node), "--pid", node.pid, "--producers", 4, "--batch", 50,
      "--entries", entries, "--ack"].map(String))).stdout);
    await sleep(2000);
    const bytes = 170; // of an entry of loadgen's, as it is stored
    const limit = JSON.parse((await run(join(tools, "bus_limit"), ["--bus", cluster.bus, "--batch", 50, "--bytes", bytes,
      "--seconds", seconds].map(String))).stdout);
    return { vigie: entries / ours.seconds, limit: limit.entriesPerSecond };
  } finally {
    await cluster.stop();
  }
}

/** Milliseconds from a producer at one node to a viewer at another, 1,000 entries a second. */
export async function latency(seconds = 10) {
  const cluster = await startCluster();
  try {
    const times = [];
    const viewer = new Hopper(cluster.nodes, "shop", "viewer", {
      first: 1,
      onMessage: ({ type, payload }) => {
        if (type === "logs") for (const { message } of payload) times.push(performance.now() - Number(message));
      },
    });
    const producer = new Hopper(cluster.nodes, "shop", "till");
    while (!viewer.isReady || !producer.isReady) await sleep(20);
    const begin = performance.now();
    for (let sent = 0; sent < 1000 * seconds; sent++) {
      producer.send("logs", { logs: [{ level: "info", message: `${performance.now()}` }] });
      while (performance.now() < begin + sent) await sleep(1);
    }
    await sleep(1000);
    viewer.close();
    producer.close();
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(share * times.length)];
    return { p50: at(0.5), p99: at(0.99), most: times.at(-1), came: times.length };
  } finally {
    await cluster.stop();
  }
}

/** Seconds without an acknowledgement when the stream's leader is killed: at a producer, and at one who publishes without Vigie. */
export async function leaderKill(tools) {
  const cluster = await startCluster();
  try {
    let last = performance.now();
    let longest = 0;
    const producer = new Hopper(cluster.nodes, "shop", "till", {
      onReady: (self) => self.send("logs", { logs: [{ level: "info", message: "x" }], ack: true }),
      onMessage: ({ type }, self) => {
        if (type !== "logs_ack") return;
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        self.send("logs", { logs: [{ level: "info", message: "x" }], ack: true });
      },
    });
    while (!producer.isReady) await sleep(20);
    const bare = run(join(tools, "bus_limit"), ["--bus", cluster.bus, "--batch", "1", "--window", "1", "--seconds", "25"]);
    await sleep(2000);
    longest = 0;
    const logs = await Promise.all(cluster.servers.map((_, i) => cluster.serverLog(i)));
    const lead = logs.map((log) => log.lastIndexOf("new stream leader for '$G > VIGIE_LOGS'"));
    const leader = Math.max(0, lead.findIndex((at) => at >= 0));
    await cluster.servers[leader].kill();
    const { stdout } = await bare;
    producer.close();
    return { vigie: longest / 1000, limit: JSON.parse(stdout).longestPauseMs / 1000 };
  } finally {
    await cluster.stop();
  }
}

/** What a node costs on which nothing is taken in: of one core, in percent, and resident MB. Beside it one without a bus. */
export async function idle(seconds = 20) {
  const cluster = await startCluster();
  try {
    const [node] = cluster.nodes;
    const cpuMs = () => {
      const fields = readFileSync(`/proc/${node.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    await sleep(3000);
    const before = cpuMs();
    await sleep(1000 * seconds);
    const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${node.pid}/status`, "utf8"))[1]) / 1024;
    return { percent: (cpuMs() - before) / seconds / 10, residentMB: resident };
  } finally {
    await cluster.stop();
  }
}
