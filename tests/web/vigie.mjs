// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, a real browser and a plain client, for the tests beside this file.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import WebSocket from "ws";

/**
 * Starts the program headless on any port and waits for its address. `comesBack`: on one that nobody takes meanwhile;
 * stopped with `keeps`, it can then be started again where it was, with its data. `env`: of its surroundings.
 */
export async function startVigie({ flags = [], comesBack = false, env = {} } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "vigie-web-"));
  let run = comesBack ? await startToComeBack(dataDir, flags, env) : await startIn(dataDir, 0, flags, env);
  const { url, port, told } = run;
  return {
    url,
    /** The address that it says it is at. */
    told,
    port,
    dataDir,
    host: new URL(url).host,
    async start() {
      run = await startIn(dataDir, port, flags, env);
    },
    /** What `vigie ARGUMENTS` writes on the same data folder. */
    async command(...args) {
      const child = spawn(process.env.VIGIE_BINARY, [...args, "--data-dir", dataDir], { stdio: ["ignore", "pipe", "ignore"] });
      let written = "";
      child.stdout.on("data", (text) => (written += text));
      await once(child, "close");
      return written;
    },
    /** Ends it without a word, as a crash would; it can be started again. */
    kill: () => run.stop("SIGKILL"),
    async stop({ keeps = false } = {}) {
      await run.stop();
      if (!keeps) await rm(dataDir, { recursive: true });
    },
  };
}

/** What is to stand in Vigie's `env` for it to have a clock of its own: so many seconds ahead, or as a file says. */
export function clockEnv({ aheadS, file }) {
  const library = readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`).find(existsSync);
  if (!library) throw new Error("libfaketime is missing (Debian's package faketime)");
  const how = file ? { FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" } : { FAKETIME: `${aheadS < 0 ? "" : "+"}${aheadS}s` };
  return { LD_PRELOAD: library, DONT_FAKE_MONOTONIC: "1", ...how };
}

/** On a port below 32768: of these the kernel hands out none, so it is still free later. */
async function startToComeBack(dataDir, flags, env) {
  const first = 20_000 + Math.floor(Math.random() * 10_000);
  for (let port = first; ; port++) {
    try {
      return await startIn(dataDir, port, flags, env);
    } catch (error) {
      if (port === first + 9) throw error; // somebody has one or two of them, not all
    }
  }
}

async function startIn(dataDir, port, flags, env) {
  const child = spawn(process.env.VIGIE_BINARY,
                      ["--headless", "--port", String(port), "--data-dir", dataDir, ...flags],
                      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, LC_ALL: "C.UTF-8", ...env } });
  const exited = once(child, "exit");
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      said += text;
      const address = said.match(/Programs of this machine connect to (\S+\/)/) ?? said.match(/Vigie is at (\S+\/)/);
      if (address) resolve(address[1]);
    });
    exited.then(() => reject(new Error(`Vigie ended before it said its address: ${said}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    told: said.match(/Vigie is at (\S+\/)/)[1],
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await exited;
    },
  };
}

/** A signed-in client. */
export async function connectClient(vigie, appId, userId, token) {
  const socket = new WebSocket(`${vigie.url.replace("http", "ws")}?appId=${appId}&userId=${userId}`, { rejectUnauthorized: false });
  const waiting = [];
  const messages = [];
  socket.on("message", (text) => {
    messages.push(JSON.parse(text));
    for (const look of waiting) look();
  });
  const client = {
    send: (type, data) => socket.send(JSON.stringify({ type, data })),
    sendText: (text) => socket.send(text),
    /** The payload of the next message of a type; those before it are dropped. */
    take: (type) => new Promise((resolve) => {
      const look = () => {
        const index = messages.findIndex((message) => message.type === type);
        if (index < 0) return;
        waiting.splice(waiting.indexOf(look), 1);
        resolve(messages.splice(0, index + 1).at(-1).payload);
      };
      waiting.push(look);
      look();
    }),
    /** Sends entries and waits until they have their place. */
    async log(...logs) {
      client.send("logs", { logs, ack: true });
      await client.take("logs_ack");
    },
    close: () => socket.close(),
  };
  await once(socket, "open");
  client.send("auth", { token });
  await client.take("auth_success");
  return client;
}

export function startBrowser(flags = []) {
  return chromium.launch({
    executablePath: process.env.VIGIE_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", ...flags],
  });
}

/** Serves `html` at "/", as some other origin. */
export async function serve(html) {
  const server = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
