// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, on a port and a data folder that it keeps when it is started again.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Vigie {
  readonly #folder = mkdtempSync(join(tmpdir(), "vigie-client-"));
  #port = 0;
  #child: ChildProcess | undefined;

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/`;
  }

  /** The first time on a port below 32768: of these the kernel hands out none, so it is still free when Vigie comes back. */
  async start(): Promise<void> {
    if (this.#port > 0) return this.#startOn(this.#port);
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    for (let port = first; this.#port === 0; ++port) {
      try {
        await this.#startOn(port);
        this.#port = port;
      } catch (error) {
        if (port === first + 9) throw error; // somebody has one or two of them, not all
      }
    }
  }

  async #startOn(port: number): Promise<void> {
    const child = spawn(process.env["VIGIE_BINARY"]!, ["--headless", "--port", String(port), "--data-dir", this.#folder],
                        { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
    this.#child = child;
    const [said] = (await Promise.race([once(child.stdout!, "data"), once(child, "exit").then(() => [""])])) as [Buffer | string];
    if (!String(said).includes(`:${port}/`)) throw new Error(`Vigie ended before it said its address: ${said}`);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
