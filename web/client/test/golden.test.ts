// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's golden messages, the same that the program's own tests read.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import ts from "typescript";
import { WebSocketClient } from "../dist/index.js";
import { pastCommands } from "../dist/messages.js";
import { FakeSocket, settle } from "./fakesocket.js";

interface Golden {
  name: string;
  direction: "client" | "server";
  message: { type: string; payload?: any; data?: any; ws_sent_config?: unknown; filters?: unknown };
}

const root = new URL("../", import.meta.url); // the package
const folder = new URL("../../tests/data/protocol/", root);
const golden = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Golden[]);
const of = (direction: string) => golden.filter((one) => one.direction === direction);

test("there are golden messages", () => {
  assert.ok(of("client").length > 15 && of("server").length > 15);
});

test("every message of the server has the type it is given", () => {
  // A name that the client chose, as in ws_sent_config, is no type of the protocol's.
  const known = of("server").filter(({ message }) => message.type !== "old_logs");
  const name = fileURLToPath(new URL("test-build/golden.ts", root));
  const text = `import type { ServerMessage } from "../src/messages.js";\nexport const all: ServerMessage[] = [\n${known
    .map(({ message }) => JSON.stringify(message)).join(",\n")}\n];\n`;
  const config = ts.readConfigFile(fileURLToPath(new URL("tsconfig.json", root)), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(root));
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const read = host.getSourceFile;
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : read(file,
      ...rest));
  const program = ts.createProgram([name], { ...options, noEmit: true, rootDir: fileURLToPath(root) }, host);
  const problems = ts.getPreEmitDiagnostics(program).map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
  assert.deepEqual(problems, []);
});

/** `signIn`: all that was sent until then. */
async function signedIn(): Promise<{ client: WebSocketClient; socket: FakeSocket; signIn: FakeSocket["sent"] }> {
  const client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket });
  await settle();
  client.authenticate("ann", "shop");
  FakeSocket.last.open();
  FakeSocket.last.letIn();
  const signIn = FakeSocket.last.sent;
  FakeSocket.last.sent = [];
  return { client, socket: FakeSocket.last, signIn };
}

test("every message of the server that comes by itself is told as it is", async () => {
  const heard: [string, unknown][] = [];
  for (const { message } of of("server")) {
    const { client, socket } = await signedIn();
    const hear = (type: string) => (value: unknown) => void heard.push([type, value]);
    client.onConnect(hear("connect"));
    client.onAuthSuccess(hear("auth_success"));
    client.onAuthError(hear("auth_error"));
    client.onLogs(hear("logs"));
    client.onMetrics(hear("metrics"));
    client.onMetricsDetail(hear("metrics_detail"));
    client.onAppMetrics(hear("app_metrics"));
    client.onGap(hear("gap"));
    client.onClear(hear("clear"));
    client.onCommand(hear("command"));
    client.onError(hear("error"));
    socket.say(message.type, message.payload);
    await client.close({ waitMs: 0 });
    // Of questions; and of those who are not signed in, whom a client has nothing to tell of.
    const answers = ["access_pending", "access_granted", "access_denied", "logs_ack", "stored", "history", "old_logs",
        "command_response", "get_last_actions", "status_response"];
    const isEmpty = message.type === "logs" && message.payload.length === 0;
    const isForLater = message.payload?.retryAfterMs !== undefined; // the client tries again by itself
    if (!answers.includes(message.type) && !isEmpty && !isForLater) assert.deepEqual(heard.pop(), [message.type,
        message.payload]);
    assert.deepEqual(heard, []);
  }
});

test("what the client sends is golden", async () => {
  const { client, socket, signIn } = await signedIn();
  client.requestMetrics();
  client.clearLogs();
  client.subscribe({ metrics: { intervalMs: 500 }, detail: true });
  client.subscribe({ logs: false });
  client.setFilters({ level: ["error", "warn"], startTime: 1769860800000, endTime: "2026-01-31T13:00:00Z", search: "payment" });
  client.setFilters({});
  client.sendMetrics({ orders: 12, queue: { length: 3 } }, 1769860800000);
  const questions = [client.command("restart", { graceful: true }), client.lastActions(), client.checkStatus()];
  const messages = of("client").map(({ message }) => message);
  // Entries are not among them: these have ids of their own.
  for (const sent of [...signIn, ...socket.sent])
    assert.ok(messages.some((message) => equal(message, sent)), JSON.stringify(sent));
  assert.deepEqual(signIn, [{ type: "auth", data: { userId: "ann", appId: "shop" } }]);
  assert.equal(socket.sent.length, 10);
  const payload = (type: string) => of("server").find(({ message }) => message.type === type)!.message.payload;
  for (const type of ["command_response", "get_last_actions", "status_response"]) socket.say(type, payload(type));
  assert.deepEqual(await Promise.all(questions), [payload("command_response"), pastCommands(payload("get_last_actions")),
      payload("status_response")]);
  await client.close({ waitMs: 0 });
});

function equal(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
