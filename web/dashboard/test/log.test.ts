// SPDX-License-Identifier: GPL-3.0-or-later
// The log's texts, and the lines that are held and chosen.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { parseExactly, type LogEntry } from "vigie-client";
import { entryJson, entryJsonLines, entryLine, metadataText } from "../src/entrytext.js";
import { readable, readExact, valuesAt, writeExact } from "../src/exactjson.js";
import { Format } from "../src/format.js";
import { LineSelection } from "../src/lineselection.js";
import { LogStore, maxBytes, maxLines } from "../src/logstore.js";
import { fromRe2 } from "../src/regexdialect.js";
import { everything, passes, scalarText, TextSearch } from "../src/search.js";
import { legibleOn, lookAfter } from "../src/sgr.js";
import { plainText, runs, signOf, visibleText } from "../src/visible.js";

beforeEach(() => void Object.assign(globalThis, { requestAnimationFrame: () => 0 }));
const entry = (id: number | string, more: Partial<LogEntry> = {}): LogEntry =>
  ({ id: String(id), timestamp: Number(id) || 0, level: "info", message: `message ${id}`, appId: "shop", userId: "till",
    ...more });

/** An entry as it comes, with this metadata. */
const receivedText = (metadata: string): string =>
  `{"id":"1","timestamp":1769860800000,"level":"info","message":"x\\ny","metadata":${metadata},"appId":"shop","userId":"till"}`;
const received = (metadata: string): LogEntry =>
  (parseExactly(`{"logs":[${receivedText(metadata)}]}`) as { logs: LogEntry[] }).logs[0]!;

const documents = [
  "{}", "[]", "1.10", "-0", "1E400", '""', '"a \\"b\\" \\\\"', "null", '{"b":1,"2":[{"x":[]},{}],"1":true,"b":9007199254740993}',
  '{"\\u0061":"\\ud83d","":{"":[1,2.0,[3]]}}',
];

test("exact JSON says what JSON.parse does, and keeps every letter", () => {
  for (const text of documents) {
    const written = writeExact(readExact(text));
    assert.deepEqual(JSON.parse(written), JSON.parse(text), text);
    assert.deepEqual(JSON.parse(writeExact(readExact(JSON.stringify(JSON.parse(text), null, 3)))),
      JSON.parse(text === "1E400" ? "null" : JSON.stringify(JSON.parse(text))));
  }
  const plain = { a: [1, { b: "c", d: [] }], e: {} };
  assert.equal(writeExact(readExact(JSON.stringify(plain))), JSON.stringify(plain, null, 2));
  assert.equal(writeExact(readExact('{"z":1.10,"a":12345678901234567890,"z":1E3}')),
    '{\n  "z": 1.10,\n  "a": 12345678901234567890,\n  "z": 1E3\n}');
  const read = readExact('{"a":[{"b":1.0}],"a":2}');
  assert.deepEqual(valuesAt(read, "a.0.b"), [{ kind: "scalar", text: "1.0" }]);
  assert.equal(valuesAt(read, "a").length, 2);
  assert.deepEqual(valuesAt(read, "a.x"), []);
  assert.deepEqual(valuesAt(readExact('{"a.b":{"c":1},"a":{"b.c":2,"b":{"c":3}}}'), "a.b.c").map((one) => (one as { text: string }).text), ["1", "2", "3"]);
  assert.equal(readable('{"city":"Z\\u00fcrich","url":"https:\\/\\/x","q":"say \\"hi\\"","n":1.10}'),
    '{"city":"Zürich","url":"https://x","q":"say \\"hi\\"","n":1.10}');
  const long = `"${"x\\n".repeat(500_000)}"`;
  assert.equal((readExact(long) as { text: string }).text, long);
});

test("what is copied and saved is what was sent", () => {
  const metadata = '{"z":9007199254740993,"a":1.10,"z":"\\u00fc","2":0,"1":1E3}';
  const told = received(metadata);
  assert.equal(entryJson(told), receivedText(metadata));
  const lines = ['"z": 9007199254740993', '"a": 1.10', '"z": "\\u00fc"', '"2": 0', '"1": 1E3\n'];
  assert.ok(entryJsonLines(told).includes(lines.join(",\n    ")));
  assert.match(entryLine(told, new Format("en")), /^31 Jan 2026, \d\d:\d\d:00\.000 UTC\S*  info  shop  till  x\ny  \{"z":9007199254740993,"a":1\.10/);
  assert.equal(metadataText(told), '{"z":9007199254740993,"a":1.10,"z":"ü","2":0,"1":1E3}');
  assert.equal(metadataText(entry(1, { metadata: { a: 1 } })), '{"a":1}'); // of who gives no text
  assert.equal(entryJson(entry(1)), JSON.stringify(entry(1)));
});

test("a value is what was written, to the last digit", () => {
  const has = (metadata: string, value: string) =>
    passes(received(metadata), "info", { ...everything, fields: [{ key: "id", value }] });
  assert.ok(has('{"id":9007199254740993}', "9007199254740993") && !has('{"id":9007199254740992}', "9007199254740993"));
  assert.ok(has('{"id":1.10}', "1.10") && !has('{"id":1.1}', "1.10"));
  assert.ok(has('{"id":1,"id":2}', "1") && has('{"id":1,"id":2}', "2"));
  const text = scalarText(readExact('"Z\\u00fcrich"') as { kind: "scalar"; text: string });
  assert.ok(has('{"id":"Zürich"}', text) && has('{"id":"Z\\u00fcrich"}', text) && !has('{"other":"Zürich"}', text));
  const search = new TextSearch("Zürich");
  assert.ok(passes(received('{"id":"Z\\u00fcrich"}'), "info", { ...everything, search }));
});

test("what programs tell a terminal is no part of the text", () => {
  const told = "\u001b[32mINFO\u001b[0m server \u001b[1;38;5;208mwarm\u001b[22;39m "
    + "\u001b]8;;http://x\u001b\\link\u001b]8;;\u0007\u001b[2K\u001b(B\u009b31mred";
  assert.equal(plainText(told), "INFO server warm linkred");
  assert.equal(plainText("\u009d0;a\u009d0;title\u0007tea"), "\u009d0;atea"); // no command begins within another
  assert.equal(runs(told).map(({ text }) => text).join(""), plainText(told));
  assert.deepEqual(runs("\u001b[32mINFO\u001b[0m x"), [{ text: "INFO", look: { front: [0, 205, 0] } }, { text: " x", look: {} }]);
  // What is none, or never ends, stays in sight.
  for (const text of ["\u001b", "\u001b[", "\u001b]0;title", "a\u001bPhidden\u001b\\b", "\u001bc"])
    assert.equal(plainText(text), text);
});

test("colours of terminals", () => {
  assert.deepEqual(lookAfter({}, "1;31;44"), { isBold: true, front: [205, 0, 0], back: [0, 0, 238] });
  assert.deepEqual(lookAfter({ isBold: true, front: [1, 2, 3] }, ""), {});
  assert.deepEqual(lookAfter({}, "38;2;1;2;3;48;5;232"), { front: [1, 2, 3], back: [8, 8, 8] });
  assert.deepEqual(lookAfter({}, "38:2::1:2:3"), { front: [1, 2, 3] });
  assert.deepEqual(lookAfter({}, "38:5:196;4:3;97"), { front: [255, 255, 255], isUnderlined: true });
  assert.deepEqual(lookAfter({}, "38;5;16"), { front: [0, 0, 0] });
  assert.deepEqual(lookAfter({}, "38;5;300"), { front: undefined });
  assert.deepEqual(lookAfter({ isBold: true, isDim: true, isInverse: true }, "22;27"),
    { isBold: false, isDim: false, isInverse: false });
  assert.deepEqual(lookAfter({}, "8;5;6;1000;x"), {}); // hidden text stays in sight
  const legible = [legibleOn([255, 255, 255], [255, 255, 0]), legibleOn([0, 0, 128], undefined), legibleOn([0, 0, 0], [0, 255, 0])];
  assert.deepEqual(legible, [[0, 0, 0], [255, 255, 255], [0, 255, 0]]);
});

test("what cannot be seen has a sign", () => {
  assert.deepEqual(signOf("\r"), { sign: "CR", name: "U+000D carriage return" });
  assert.deepEqual(signOf("\u202e"), { sign: "RLO", name: "U+202E right-to-left override" });
  assert.deepEqual(signOf("\u{e0041}"), { sign: "U+E0041", name: "U+E0041" });
  assert.equal(visibleText("a\u202eb\u200b\u0000\u001b[31mc\td\u001be"), "a⟨RLO⟩b⟨ZWSP⟩⟨NUL⟩c\td⟨ESC⟩e");
});

test("a regular expression means what it means to Vigie", () => {
  const finds = (pattern: string, text: string): boolean => new RegExp(fromRe2(pattern)).test(text);
  for (const [pattern, text] of [
    ["\\Aab", "AB"], ["b\\z", "ab"], ["\\Q{a}.\\E.", "{a}.x"], ["\\pLx", "éx"], ["\\p{Greek}", "α"], ["\\P{^Lu}", "A"],
    ["[[:digit:]_]+x", "1_x"], ["[^[:space:]]y", "ay"],
    ["(?P<word>ab)", "ab"], ["(?s)a.b", "a\nb"], ["(?m)^b$", "a\nb\nc"], ["{\"id\":7}", "{\"id\":7}"], ["a{2}", "aa"],
    ["a{x", "a{x"], ["x]", "x]"], ["\\x41\\x{1F525}", "a🔥"],
    ["a\\-b\\_\\\"", "a-b_\""], ["[]a]+$", "]a"], ["[a\\-z]$", "-"], ["a.b", "a\rb"], ["\\ax", "\u0007x"], ["(?i)A(?i:b)", "ab"],
    ["[\\w.-]+@", "a.b-c@"], ["\\101", "a"], ["(?s:a.b)c.", "a\nbcx"], ["a|/b", "/b"],
  ] as const) assert.ok(finds(pattern, text), `${pattern} in ${JSON.stringify(text)}`);
  for (const [pattern, text] of [["a.b", "a\nb"], ["(?-i)a", "A"], ["\\s", "\u00a0"], ["^b", "a\nb"], ["[a\\-z]", "m"],
    ["\\.", "a"], ["(?s:a)b.", "ab\n"]] as const)
    assert.ok(!finds(pattern, text), `${pattern} in ${JSON.stringify(text)}`);
  for (const pattern of ["(", "[", "a**", "\\", "[[:nothing:]]", "\\p{Nothing}"])
    assert.throws(() => fromRe2(pattern), SyntaxError, pattern);
});

test("lines are chosen from one to another, whichever way and whatever leaves", () => {
  const store = new LogStore();
  store.add([1, 2, 3, 4, 5].map((id) => entry(id)));
  const { shown } = store;
  const selection = new LineSelection();
  assert.equal(selection.range(shown), undefined);
  selection.set(shown[3]);
  assert.deepEqual([selection.range(shown), selection.isOne], [[3, 3], true]);
  selection.extend(shown[1]!);
  assert.deepEqual([selection.range(shown), selection.isOne, selection.current], [[1, 3], false, shown[1]]);
  assert.deepEqual(selection.range(shown.slice(2)), [0, 1]); // the oldest are held no longer
  assert.equal(selection.range(shown.slice(4)), undefined);
  selection.keep(shown.slice(0, 2));
  assert.deepEqual(selection.range(shown), [1, 1]);
  selection.keep([]);
  assert.equal(selection.current, undefined);
});

test("what is held is bounded by its size as well, and the oldest goes", () => {
  const store = new LogStore();
  const text = "x".repeat(1024 * 1024);
  for (let id = 1; id <= 100; ++id) store.add([entry(id, { message: text })]);
  const bytes = store.live.reduce((sum, line) => sum + line.bytes, 0);
  assert.ok(bytes > maxBytes * 0.9 && bytes < maxBytes * 1.1, String(bytes));
  assert.equal(store.shown.at(-1)!.entry.id, "100");
  assert.equal(store.shown[0], store.live[0]);
  assert.ok(store.hasEarlier);
  store.add([entry(101, { message: "x".repeat(2 * maxBytes) })]);
  assert.equal(store.held, 1); // one is held in any case
  store.clear();
  store.add([entry(1)]);
  assert.ok(!store.isFull);
});

test("older entries that had to go can be brought again: there is no hole", () => {
  const store = new LogStore();
  store.add(Array.from({ length: 500 }, (_, i) => entry(200_000 + i)));
  store.addOlder(Array.from({ length: 1_000 }, (_, i) => entry(199_000 + i)), "a cursor");
  assert.deepEqual(store.olderCursor, { cursor: "a cursor", isEnd: false });
  for (let from = 200_500; from < 310_000; from += 1_000) store.add(Array.from({ length: 1_000 }, (_, i) => entry(from + i)));
  // What comes before what is left is asked for by the oldest of it, not by a cursor from before.
  assert.deepEqual(store.olderCursor, { isEnd: false });
  assert.equal(store.oldest?.id, store.shown[0]!.entry.id);
  const ids = store.shown.map((line) => Number(line.entry.id));
  assert.ok(ids.every((id, i) => i === 0 || id === ids[i - 1]! + 1));
  assert.ok(store.held >= maxLines);
});

test("an older page that has no room for all leads on from what it gave", () => {
  const store = new LogStore();
  store.add(Array.from({ length: maxLines - 2 }, (_, i) => entry(1_000_000 + i)));
  assert.equal(store.addOlder([entry(1), entry(2), entry(3), entry(4)], null), 2);
  assert.deepEqual([store.oldest?.id, store.olderCursor.isEnd, store.olderCursor.cursor], ["3", false, undefined]);
  const roomy = new LogStore();
  roomy.add([entry(9)]);
  roomy.addOlder([], null);
  assert.ok(roomy.olderCursor.isEnd);
  roomy.setChoice({ ...everything });
  assert.ok(!roomy.olderCursor.isEnd);
  roomy.setChoice({ ...everything, search: new TextSearch("message 9") });
  assert.equal(roomy.addOlder([entry(7), entry(8)], "more"), 0); // none passes
  assert.deepEqual(roomy.olderCursor, { cursor: "more", isEnd: false });
});

test("a date has its year where that is not this one", () => {
  const now = new Date(2026, 10, 30, 12).getTime();
  const en = new Format("en", () => now);
  const at = (...parts: [number, number, number]) => new Date(...parts, 10, 39, 0, 792).getTime();
  assert.deepEqual([en.day(at(2026, 10, 29)), en.day(at(2025, 10, 30)), en.day(at(58883, 11, 19))],
    ["29 Nov", "30 Nov 2025", "19 Dec 58883"]);
  assert.deepEqual([en.moment(at(2026, 10, 30)), en.moment(at(2026, 10, 29)), en.moment(at(2025, 10, 30))],
    ["10:39:00", "29 Nov, 10:39:00", "30 Nov 2025, 10:39:00"]);
  assert.match(en.full(at(2025, 10, 30)), /^30 Nov 2025, 10:39:00\.792 UTC\S*$/);
  assert.equal(new Format("fr").full(at(2025, 10, 30)).replace(/UTC.*/, "UTC"), "30 nov. 2025, 10:39:00.792 UTC");
  assert.ok(en.isToday(new Date(2026, 10, 30).getTime()) && !en.isToday(new Date(2026, 10, 29, 23, 59, 59, 999).getTime()));
});
