// SPDX-License-Identifier: GPL-3.0-or-later
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { WebSocketClient, type ClientOptions } from "./client.js";
import { logLine, logObject } from "./lines.js";

export interface StreamOptions extends ClientOptions {
  url: string;
  appId: string;
  userId: string;
  token?: string;
}

const maxLineLength = 1024 * 1024; // UTF-16 units; longer lines are split

const isUtf8 = (encoding: string): boolean => /^utf-?8$/i.test(encoding);

/**
 * A stream that logs each line or object written to it, for pino, winston and bunyan. Applies back-pressure when the queue is
 * full, so that nothing is lost. On end, waits up to ten seconds until all entries are in Vigie. If Vigie refuses the sign-in,
 * or there is no WebSocket, emits a process warning and drops the oldest entries.
 */
export class VigieStream extends Writable {
  readonly client: WebSocketClient;
  readonly #decoder = new StringDecoder("utf8"); // a chunk may end within a character
  #isOver = false; // the client delivers nothing any more
  #goOn: () => void = () => {};
  #rest = "";

  constructor(options: StreamOptions) {
    // winston's errors are complete only as objects.
    super({ objectMode: true, decodeStrings: false, defaultEncoding: "utf8" });
    const { url, appId, userId, token, ...others } = options;
    this.client = new WebSocketClient(url, others);
    let warning = "";
    this.client.onStateChanged((state) => {
      this.#isOver = state.name === "closed";
      if (state.name !== "closed") return;
      this.#goOn();
      const why = `What is logged does not get to Vigie: ${state.reason || state.code}`;
      // Nobody watches a logger's stream, so warn the process.
      if (state.isFinal && why !== warning) process.emitWarning(why, "VigieWarning");
      warning = why;
    });
    this.client.authenticate(userId, appId, token);
    this.client.subscribe({ logs: false });
  }

  override _write(chunk: string | Uint8Array | object, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const isBytes = chunk instanceof Uint8Array;
    let text: string;
    if (isBytes) text = this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    else if (typeof chunk === "string") text = isUtf8(encoding) ? chunk : this.#decoder.write(Buffer.from(chunk, encoding));
    else return void this.#logOne(() => logObject(this.client, chunk)).then(() => done(), done);
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    while (this.#rest.length > maxLineLength) {
      lines.push(this.#rest.slice(0, maxLineLength));
      this.#rest = this.#rest.slice(maxLineLength);
    }
    this.#logAll(lines).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#logAll([this.#rest + this.#decoder.end()])
      .then(() => this.client.close({ waitMs: 10_000 }))
      .then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.client.close({ waitMs: 0 }).then(() => done(error), () => done(error));
  }

  async #logAll(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const text = line.endsWith("\r") ? line.slice(0, -1) : line;
      if (text) await this.#logOne(() => logLine(this.client, text));
    }
  }

  async #logOne(log: () => void): Promise<void> {
    if (!this.#isOver) {
      await new Promise<void>((goOn) => {
        this.#goOn = goOn;
        void this.client.roomy().then(goOn);
      });
    }
    log();
  }
}

/** Same as `new VigieStream(options)`. */
export function createStream(options: StreamOptions): VigieStream {
  return new VigieStream(options);
}
