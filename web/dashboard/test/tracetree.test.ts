// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { LogEntry } from "vigie-client";
import { traceIdsOf, traceTreeOf } from "../src/tracetree.js";

interface Case {
  name: string;
  entries: [id: string, ms: number, metadata: LogEntry["metadata"]][];
  nodes: [id: string, depth: number, odd: string][];
  lasts: number;
}

const entry = (id: string, timestamp: number, metadata: LogEntry["metadata"]): LogEntry =>
  ({ id, timestamp, level: "trace", message: id, appId: "shop", userId: "till", metadata }) as LogEntry;

const { cases } = JSON.parse(readFileSync("../../tests/data/tracetree.json", "utf8")) as { cases: Case[] };
for (const { name, entries, nodes, lasts } of cases) {
  test(`entries make a tree: ${name}`, () => {
    const tree = traceTreeOf(entries.map((one) => entry(...one)));
    assert.deepEqual(tree.nodes.map((node) => [node.entry.id, node.depth, node.lacksParent ? "lacksParent" : node.isOutside ? "isOutside" : ""]), nodes);
    assert.equal(tree.toMs - tree.fromMs, lasts);
  });
}

test("a long chain of calls is bounded", () => {
  const chain = Array.from({ length: 9_000 }, (_, i) => entry(String(i), 1_000 + i, { span: "child", span_id: String(i), parent_span_id: String(i - 1), duration_ms: 9_000 }));
  const { nodes } = traceTreeOf(chain);
  assert.equal(nodes.length, 9_000);
  assert.equal(nodes.at(-1)!.depth, 64);
});

test("an entry without metadata is part of no trace", () => {
  assert.equal(traceIdsOf(entry("a", 1, undefined)).trace, "");
});
