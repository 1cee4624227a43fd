// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { format } from "node:util";
import { captureConsole, captureErrors, type ConsoleLike } from "../dist/capture.js";
import { formatConsole } from "../dist/format.js";
import { WebSocketClient } from "../dist/index.js";
import { FakeSocket, settle } from "./fakesocket.js";

function recorder() {
  const logged: [string, string, any][] = [];
  return {
    logged,
    log(level: string, message: string, metadata?: unknown) {
      logged.push([level, message, metadata]);
      return "";
    },
  };
}

test("what is written to a console is logged, and still written", () => {
  const written: unknown[][] = [];
  const write = (...data: unknown[]) => void written.push(data);
  const target: ConsoleLike = { trace: write, debug: write, log: write, info: write, warn: write, error: write };
  const client = recorder();
  const undo = captureConsole(client, target);
  target.log("order", 7, { items: ["tea"] });
  target.error(new RangeError("too far"));
  target.debug("plain");
  undo();
  target.log("after");
  assert.equal(written.length, 4);
  assert.deepEqual(client.logged[0], ["info", 'order 7 {"items":["tea"]}', { values: [7, { items: ["tea"] }] }]);
  assert.deepEqual(client.logged[1]!.slice(0, 2), ["error", "RangeError: too far"]);
  assert.deepEqual(client.logged[2], ["debug", "plain", undefined]);
  assert.equal(client.logged.length, 3);
});

test("what is written while it is logged does not come round again", () => {
  const target = Object.assign(Object.create(null), console) as ConsoleLike;
  let count = 0;
  target.warn = () => {};
  const undo = captureConsole({
    log() {
      ++count;
      target.warn("the client's own");
      throw new Error("the queue is full");
    },
  }, target);
  target.warn("mine");
  undo();
  assert.equal(count, 1);
});

test("a console's signs are written as the console writes them", () => {
  const lines: unknown[][] = [
    ["user %s has %d", "ann", 3], ["%c hi", "color:red"], ["%cred%cblue", "color:red", "color:blue", "more"], ["100%"],
        ["100%% %s"],
    ["100%% of %s", "all"], ["%s"], ["%s %s", "one"], ["%s", "one", "two", 3], ["%d", "0x10"], ["%d", "none"], ["%d", 5n],
        ["%i", 3.9],
    ["%i", "7px"], ["%f", "1.50"], ["%f", "x"], ["%i %f %d", Symbol("s"), Symbol("s"), Symbol("s")], ["%j", { a: [1] }], ["%j",
        "text"], ["%x %s", 1],
    ["%%s", "a"], ["%%%s%", "a"], ["a%"], ["a%", 1], ["%s", null], ["%s", undefined], ["%s", -0], ["%d", -0], ["%s", 5n], ["%s",
        Symbol("s")], ["%s", true],
    ["%s", { toString: () => "own" }], [5, "%s", "a"], ["", "a"], [], [""], ["%d", ""], ["%i", ""], ["%o", 5], ["%O", 5n], ["a",
        undefined, null, true],
  ];
  for (const line of lines) assert.equal(formatConsole(line).text, format(...line), JSON.stringify(line.map(String)));
});

test("objects in a console's line are JSON, and in the metadata as well", () => {
  const order = { items: ["tea"] };
  assert.deepEqual(formatConsole(["order %o by %s: %O", order, "ann", [1]]), { text: 'order {"items":["tea"]} by ann: [1]',
      values: [order, [1]] });
  assert.deepEqual(formatConsole(["%cstyle", { color: "red" }, 7]), { text: "style 7", values: [7] });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const fails = { toString: () => { throw new Error("no"); } };
  for (const sign of "sdifjoOc") for (const value of [proxy, fails, Object.create(null),
      () => 1]) assert.equal(typeof formatConsole([`%${sign}`, value]).text, "string");
});

test("a console's trace is one entry, though the console writes it as an error", () => {
  const target: ConsoleLike = {
    trace(...data) { this.error("Trace:", ...data); },
    debug() {}, log() {}, info() {}, warn() {}, error() {},
  };
  const client = recorder();
  captureConsole(client, target);
  target.trace("here");
  assert.equal(client.logged.length, 1);
  assert.deepEqual(client.logged[0]!.slice(0, 2), ["trace", "here"]);
  assert.match(client.logged[0]![2].stack, /^ +at .*capture\.test/); // and not of ours
});

test("a console that fails is heard all the same", () => {
  const write = () => {
    throw new Error("EPIPE");
  };
  const client = recorder();
  const target: ConsoleLike = { trace: write, debug: write, log: write, info: write, warn: write, error: write };
  captureConsole(client, target);
  for (let i = 0; i < 2; ++i) assert.throws(() => target.log("a"), /EPIPE/);
  assert.equal(client.logged.length, 2);
});

test("who writes to the console what it hears of the log is not logged for it", async () => {
  const write = () => {};
  const target: ConsoleLike = { trace: write, debug: write, log: write, info: write, warn: write, error: write };
  const client = new WebSocketClient("ws://x/", { WebSocket: FakeSocket, queue: { maxEntries: 5 } });
  captureConsole(client, target);
  client.onLogs(([entry]) => target.log(entry!.message));
  client.onError(({ message }) => target.error(message));
  client.onDropped(({ message }) => target.warn(message));
  client.onCommand(({ type }) => target.info(type));
  client.authenticate("ann", "shop");
  await settle();
  FakeSocket.last.open();
  FakeSocket.last.letIn();
  FakeSocket.last.say("logs", [{ id: "1", timestamp: 1, level: "info", message: "m", appId: "shop", userId: "ann" }]);
  FakeSocket.last.say("error", { code: "unknown_type", message: "no" });
  assert.equal(client.waiting, 0);
  FakeSocket.last.say("command", { type: "restart", userId: "ann", timestamp: 1 });
  assert.equal(client.waiting, 1); // which is no echo
  await client.close({ waitMs: 0 });
});

test("an error of who hears that an entry was given up does not cause the next", () => {
  const { href } = new URL("../dist/index.js", import.meta.url);
  const script = `import { WebSocketClient, captureErrors } from ${JSON.stringify(href)};
    import { runInNewContext } from "node:vm";
    class Silent { send() {} close() {} }
    const client = new WebSocketClient("ws://x/", { WebSocket: Silent, queue: { maxEntries: 1 } });
    let errors = 0;
    process.on("uncaughtException", () => { if (++errors > 50) process.exit(1); });
    captureErrors(client);
    client.onDropped(() => { throw new Error("mine"); });
    client.onDropped(() => { throw "a text"; });
    client.onDropped(() => { throw Object.create(null); });
    client.onDropped(() => runInNewContext("throw new Error('of another realm')"));
    client.log("info", "a");
    client.log("info", "b");
    setImmediate(() => { console.log(errors); process.exit(0); });`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  assert.deepEqual([status, stdout.trim()], [0, "4"]);
});

test("undoing leaves what another put around it", () => {
  const write = () => {};
  const target: ConsoleLike = { trace: write, debug: write, log: write, info: write, warn: write, error: write };
  const undo = captureConsole(recorder(), target);
  const others = () => {};
  target.log = others;
  undo();
  assert.equal(target.log, others);
  assert.equal(target.info, write);
});

test("errors that nobody caught are logged, and end the program all the same", () => {
  for (const [how, origin] of [["setTimeout(() => { throw new Error('lost'); })", "uncaughtException"],
      ["Promise.reject(new Error('lost'))", "unhandledRejection"]]) {
    const script = `import { captureErrors } from ${JSON.stringify(new URL("../dist/capture.js", import.meta.url).href)};
      captureErrors({ log: (...said) => console.log(JSON.stringify(said)) });
      ${how};`;
    const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: new URL(".",
        import.meta.url), encoding: "utf8" });
    assert.notEqual(status, 0);
    const [level, message, metadata] = JSON.parse(stdout);
    assert.deepEqual([level, message], ["fatal", "Error: lost"]);
    assert.equal(metadata.origin, origin);
  }
});

test("capturing errors can be undone", () => {
  const before = process.listenerCount("uncaughtExceptionMonitor");
  captureErrors(recorder())();
  assert.equal(process.listenerCount("uncaughtExceptionMonitor"), before);
});
