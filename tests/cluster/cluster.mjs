// SPDX-License-Identifier: GPL-3.0-or-later
// Three NATS servers with JetStream and three Vigies on them, on loopback, each of which can be killed and started again.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "../web/node_modules/ws/wrapper.mjs";

/** Ports below 32768, of which the kernel hands out none: they stay free for who comes back. */
async function freePorts(count) {
  const ports = [];
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); ports.length < count; port++) {
    const server = createServer();
    const isFree = await new Promise((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    ports.push(port);
    await new Promise((resolve) => server.close(resolve));
  }
  return ports;
}

class Program {
  #child;
  #exited;

  constructor(name, start) {
    this.name = name;
    this.start = async () => {
      this.#child = await start();
      this.#exited = once(this.#child, "exit");
    };
  }
  get pid() {
    return this.#child.pid;
  }
  get isUp() {
    return this.#child && this.#child.exitCode === null && this.#child.signalCode === null;
  }
  async stop(signal = "SIGTERM") {
    if (!this.isUp) return;
    this.#child.kill(signal);
    await this.#exited;
  }
  kill() {
    return this.stop("SIGKILL");
  }
  /** Says and hears nothing for so long, as behind a cut network; its connections stay. */
  async freeze(ms) {
    this.#child.kill("SIGSTOP");
    await sleep(ms);
    this.#child.kill("SIGCONT");
  }
}

/** Starts them. `flags`: of each Vigie. `servers`: how many, 1 or 3; `nodes`: how many Vigies. */
export async function startCluster({ flags = [], servers: serverCount = 3, nodes: nodeCount = 3 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "vigie-cluster-"));
  const ports = await freePorts(2 * serverCount + nodeCount);
  const routes = ports.slice(serverCount, 2 * serverCount).map((port) => `nats://127.0.0.1:${port}`);
  const bus = ports.slice(0, serverCount).map((port) => `nats://127.0.0.1:${port}`).join(",");
  const servers = ports.slice(0, serverCount).map((port, i) => new Program(`nats-${i + 1}`, async () => {
    const config = join(folder, `nats-${i + 1}.conf`);
    await writeFile(config, `server_name: nats-${i + 1}\nlisten: "127.0.0.1:${port}"\n`
      + `jetstream { store_dir: ${JSON.stringify(join(folder, `nats-${i + 1}`))}, max_mem: 256MB, max_file: 4GB }\n`
      + (serverCount > 1 ? `cluster { name: vigie, listen: "127.0.0.1:${ports[serverCount + i]}", routes: ${JSON.stringify(routes)} }\n` : ""));
    return spawn(process.env.VIGIE_NATS_SERVER ?? "nats-server", ["-c", config, "-l", join(folder, `nats-${i + 1}.log`)], { stdio: "ignore" });
  }));
  const nodes = ports.slice(2 * serverCount).map((port, i) => {
    const node = new Program(`node-${i + 1}`, async () => {
      const child = spawn(process.env.VIGIE_BINARY, ["--headless", "--port", String(port), "--data-dir", node.dataDir, "--bus", bus,
        "--node", node.name, ...flags], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
      node.said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (node.said += text));
      while (!node.said.includes("Vigie is at")) {
        assert.equal(child.exitCode, null, node.said);
        await sleep(20);
      }
      return child;
    });
    node.dataDir = join(folder, node.name);
    node.url = `http://127.0.0.1:${port}/`;
    return node;
  });
  for (const program of [...servers, ...nodes]) await program.start();
  const joined = async (node) => {
    while (!node.said.includes("Joined the bus")) await sleep(50);
  };
  await Promise.all(nodes.map(joined));
  return {
    folder,
    bus,
    servers,
    nodes,
    joined,
    async stop() {
      await Promise.all([...nodes, ...servers].map((program) => program.kill()));
      await rm(folder, { recursive: true });
    },
    serverLog: (i) => readFile(join(folder, `nats-${i + 1}.log`), "utf8"),
  };
}

/** All of an application's stored entries at a node, oldest first. */
export async function entriesAt(node, app) {
  const entries = [];
  for (let cursor; ;) {
    const url = new URL(`api/apps/${encodeURIComponent(app)}/logs?limit=1000${cursor ? `&cursor=${cursor}` : ""}`, node.url);
    const response = await fetch(url);
    assert.equal(response.status, 200, `${url}: ${await response.clone().text()}`);
    const page = await response.json();
    entries.unshift(...page.logs.reverse());
    if (!page.cursor) return entries;
    cursor = page.cursor;
  }
}

/**
 * A WebSocket client that goes to the next node when its own is gone, and calls `onMessage` for what comes once it is signed in;
 * `hello` gives what it signs in with.
 */
export class Hopper {
  #socket;
  #at;
  #isEnding = false;

  constructor(nodes, app, user, { first = 0, hello = () => ({}), onReady = () => {}, onMessage = () => {} } = {}) {
    Object.assign(this, { nodes, app, user, hello, onReady, onMessage, hops: 0 });
    this.#at = first;
    this.#connect();
  }
  #connect() {
    const node = this.nodes[this.#at % this.nodes.length];
    const socket = new WebSocket(`${node.url.replace("http", "ws")}?appId=${encodeURIComponent(this.app)}&userId=${this.user}`);
    this.#socket = socket;
    this.isReady = false;
    socket.on("open", () => socket.send(JSON.stringify({ type: "auth", data: this.hello() })));
    socket.on("message", (text) => {
      const message = JSON.parse(text);
      if (message.type === "auth_success") {
        this.isReady = true;
        this.onReady(this);
      } else if (this.isReady) {
        this.onMessage(message, this);
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.isReady = false;
      if (this.#isEnding) return;
      this.#at++;
      this.hops++;
      setTimeout(() => this.#isEnding || this.#connect(), 50);
    });
  }
  send(type, data) {
    if (this.isReady) this.#socket.send(JSON.stringify({ type, data }));
  }
  /** Goes to the next node, as if its own were gone. */
  hop() {
    this.#socket.terminate();
  }
  close() {
    this.#isEnding = true;
    this.#socket.close();
  }
}
