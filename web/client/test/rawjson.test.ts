// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, type LogEntry } from "../dist/messages.js";
import { parseExactly } from "../dist/rawjson.js";

const of = (metadata: string, i = 0): string =>
  `{"id":"${i}","message":"\\"metadata\\":{[","metadata":${metadata},"appId":"shop"}`;
const metadata = [
  '{"id":9007199254740993,"n":12345678901234567890,"p":1.10,"e":1E3,"z":-0}', '{"b":1,"2":2,"1":3,"b":4}', '"a \\"text\\" \\\\"',
  "[1,[2,{}],[]]", "1.0", "null",
  '{"metadata":{"metadata":[1.50]},"logs":[{"metadata":2}],"payload":"]}"}', '{"a":"\\\\","b":"]}\\\\\\"{"}',
];
const textsOf = (entries: unknown): (string | undefined)[] => (entries as LogEntry[]).map((entry) => entry.metadataText);

test("metadata is there to the letter, wherever entries stand", () => {
  const list = `[${metadata.map(of).join(",")},{"id":"none"}]`;
  const expected = [...metadata, undefined];
  assert.deepEqual(textsOf(decode(`{"type":"logs","payload":${list}}`)!.payload), expected);
  assert.deepEqual(textsOf((decode(`{"payload":{"logs":${list}},"type":"old"}`)!.payload as { logs: unknown }).logs), expected);
  assert.deepEqual(textsOf((parseExactly(`{"logs":${list},"cursor":null}`) as { logs: unknown }).logs), expected);
  const spaced = JSON.stringify(JSON.parse(`{"type":"logs","payload":${list}}`), null, 2);
  const read = decode(spaced)!.payload as LogEntry[];
  assert.deepEqual(read.map((entry) => entry.metadataText && JSON.parse(entry.metadataText)),
    read.map((entry) => entry.metadata));
});

test("and else it is what JSON.parse makes of it", () => {
  for (const text of ['{"type":"logs","payload":[]}', '{"type":"metadata","payload":{"metadata":{"a":1}}}',
    `{"type":"logs","payload":[${of("{}")},5]}`, '"metadata"',
    ' [ {"metadata" : 1} ] ', '{"payload":[{"metadata":1}],"payload":[{"metadata":2},{"metadata":3}]}',
    '{"logs":5,"payload":[{"metadata":1.0}]}']) {
    assert.deepEqual(parseExactly(text), JSON.parse(text));
  }
  assert.throws(() => parseExactly('{"metadata":'), SyntaxError);
  const doubledText = '{"payload":[{"metadata":1}],"payload":[{"metadata":2.0},{"metadata":3}]}';
  const doubled = (parseExactly(doubledText) as { payload: LogEntry[] }).payload;
  assert.deepEqual(textsOf(doubled), ["2.0", "3"]);
  const [entry] = decode(`{"type":"logs","payload":[${of("1.10")}]}`)!.payload as LogEntry[];
  assert.equal(JSON.stringify(entry), JSON.stringify({ ...entry }));
  assert.ok(!Object.keys(entry!).includes("metadataText"));
});
