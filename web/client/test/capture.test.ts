// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { captureConsole, captureErrors, type ConsoleLike } from "../dist/capture.js";

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
  for (const [how, origin] of [["setTimeout(() => { throw new Error('lost'); })", "uncaughtException"], ["Promise.reject(new Error('lost'))", "unhandledRejection"]]) {
    const script = `import { captureErrors } from ${JSON.stringify(new URL("../dist/capture.js", import.meta.url).href)};
      captureErrors({ log: (...said) => console.log(JSON.stringify(said)) });
      ${how};`;
    const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: new URL(".", import.meta.url), encoding: "utf8" });
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
