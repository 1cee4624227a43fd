// SPDX-License-Identifier: GPL-3.0-or-later
import { formatConsole } from "./format.js";
import { isEchoOf, isErrorOfEcho, type Unsubscribe } from "./listeners.js";
import { textOf } from "./tojson.js";

/** The part of a client that capturing uses. */
export interface Log {
  log(level: string, message: string, metadata?: unknown): string;
}

const levels = { trace: "trace", debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;
type Method = keyof typeof levels;
export type ConsoleLike = { [method in Method]: (...data: unknown[]) => void };

/** The stack at the call of `called`. */
function stackOf(called: (...data: unknown[]) => void): string {
  const trace = { stack: "" };
  // V8 only; elsewhere the stack starts with our own frames.
  const { captureStackTrace } = Error as { captureStackTrace?: (target: object, above: unknown) => void };
  if (captureStackTrace) captureStackTrace(trace, called);
  else trace.stack = new Error().stack ?? "";
  return trace.stack.replace(/^Error\n/, "");
}

/**
 * Logs everything that is written to the console, which keeps its behaviour. Values other than strings are added as metadata.
 * What listeners of onLogs(), onDropped() and onError() write synchronously is not logged, as it would come back to them.
 */
export function captureConsole(client: Log, target: ConsoleLike = console): Unsubscribe {
  const methods = Object.keys(levels) as Method[];
  const before = new Map(methods.map((method) => [method, target[method]]));
  const ours = new Map<Method, (...data: unknown[]) => void>();
  let isBusy = false; // guards against recursion from writing and logging
  for (const method of methods) {
    const write = before.get(method)!;
    const replaced = (...data: unknown[]): void => {
      if (isBusy || isEchoOf(client)) return write.apply(target, data);
      isBusy = true;
      try {
        const { text, values } = formatConsole(data);
        const trace = method === "trace" ? { stack: stackOf(replaced) } : {};
        const metadata = { ...trace, ...(values.length > 0 ? { values } : {}) };
        client.log(levels[method], text, Object.keys(metadata).length > 0 ? metadata : undefined);
      } catch {
        // A full queue must not make console calls fail.
      }
      try {
        write.apply(target, data);
      } finally {
        isBusy = false;
      }
    };
    ours.set(method, replaced);
    target[method] = replaced;
  }
  return () => {
    for (const method of methods) {
      // If somebody else has wrapped our function since, leave it in place.
      if (target[method] === ours.get(method)) target[method] = before.get(method)!;
    }
  };
}

interface ErrorSource {
  addEventListener(type: string, listener: (event: never) => void): void;
  removeEventListener(type: string, listener: (event: never) => void): void;
}

interface NodeProcess {
  on(event: "uncaughtExceptionMonitor", listener: (error: unknown, origin: string) => void): unknown;
  off(event: "uncaughtExceptionMonitor", listener: (error: unknown, origin: string) => void): unknown;
}

/**
 * Logs uncaught errors: `error` and `unhandledrejection` events of a page, or those that end a Node.js program. The program
 * ends all the same, so give the client a storage if they must not be lost. Errors in listeners of the client's onLogs(),
 * onDropped() and onError() are not logged: each would cause the next.
 */
export function captureErrors(client: Log): Unsubscribe {
  let isLogging = false;
  const log = (message: string, error: unknown, origin: string): void => {
    if (isLogging || isErrorOfEcho(client, error)) return;
    isLogging = true;
    try {
      client.log("fatal", message, { origin, error });
    } catch {
      // A full queue must not cause another error.
    } finally {
      isLogging = false;
    }
  };
  const page = globalThis as unknown as Partial<ErrorSource>;
  const node = (globalThis as { process?: NodeProcess & { versions?: { node?: string } } }).process;
  if (node?.versions?.node) {
    const ended = (error: unknown, origin: string): void => log(textOf(error), error, origin);
    node.on("uncaughtExceptionMonitor", ended);
    return () => void node.off("uncaughtExceptionMonitor", ended);
  }
  if (!page.addEventListener || !page.removeEventListener) return () => {};
  const failed = (event: ErrorEvent): void => {
    log(event.message, event.error ?? { file: event.filename, line: event.lineno }, "error");
  };
  const rejected = (event: PromiseRejectionEvent): void => log(textOf(event.reason), event.reason, "unhandledrejection");
  page.addEventListener("error", failed);
  page.addEventListener("unhandledrejection", rejected);
  return () => {
    page.removeEventListener!("error", failed);
    page.removeEventListener!("unhandledrejection", rejected);
  };
}
