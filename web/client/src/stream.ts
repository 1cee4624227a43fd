// SPDX-License-Identifier: GPL-3.0-or-later
import { Writable } from "node:stream";
import { WebSocketClient, type ClientOptions } from "./client.js";

export interface StreamOptions extends ClientOptions {
  url: string;
  appId: string;
  userId: string;
  token?: string;
}

const pinoLevels: [number, string][] = [[60, "fatal"], [50, "error"], [40, "warn"], [30, "info"], [20, "debug"]];

function levelOf(level: unknown): string {
  if (typeof level !== "number") return typeof level === "string" && level ? level : "info";
  return pinoLevels.find(([least]) => level >= least)?.[1] ?? "trace";
}

function timeOf(time: unknown): number {
  const ms = typeof time === "number" ? time : typeof time === "string" ? Date.parse(time) : NaN;
  return Number.isFinite(ms) && ms >= 0 ? ms : Date.now();
}

/** Logs a line of pino's or winston's JSON; a line of anything else is its own message. */
export function logLine(client: Pick<WebSocketClient, "log">, line: string): void {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    said = undefined;
  }
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    client.log("info", line);
    return;
  }
  const { level, time, timestamp, msg, message, ...rest } = said as { [key: string]: unknown };
  const text = msg ?? message ?? "";
  const metadata = Object.keys(rest).length > 0 ? rest : undefined;
  client.log(levelOf(level), typeof text === "string" ? text : JSON.stringify(text), metadata, timeOf(time ?? timestamp));
}

/**
 * A stream that logs each line written to it, for pino and winston. It takes no more than can wait: who writes faster
 * is held up, and nothing is lost. Its end waits until all is in Vigie, for up to ten seconds.
 */
export class VigieStream extends Writable {
  readonly client: WebSocketClient;
  #rest = "";

  constructor(options: StreamOptions) {
    super({ decodeStrings: false, defaultEncoding: "utf8" });
    const { url, appId, userId, token, ...others } = options;
    this.client = new WebSocketClient(url, others);
    this.client.authenticate(userId, appId, token);
    this.client.subscribe({ logs: false });
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const lines = (this.#rest + chunk.toString()).split("\n");
    this.#rest = lines.pop()!;
    this.#logAll(lines).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#logAll([this.#rest])
      .then(() => this.client.close({ waitMs: 10_000 }))
      .then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.client.close({ waitMs: 0 }).then(() => done(error), () => done(error));
  }

  async #logAll(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (!line) continue;
      await this.client.roomy();
      logLine(this.client, line);
    }
  }
}

/** As `new VigieStream(options)`. */
export function createStream(options: StreamOptions): VigieStream {
  return new VigieStream(options);
}
