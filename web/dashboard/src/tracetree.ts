// SPDX-License-Identifier: GPL-3.0-or-later
// A trace's entries as a tree, as the window has it (src/core/tracetree).
import type { LogEntry } from "vigie-client";
import { exactMetadata } from "./entrytext.js";
import { readExact } from "./exactjson.js";
import { scalarText } from "./search.js";

const maxDepth = 64;
const slackMs = 1; // times of entries have no finer steps

/** One entry of a trace: a span, or something that was logged in it. */
export interface TraceNode {
  entry: LogEntry;
  isSpan: boolean;
  /** Of a span, in ms. */
  duration: number;
  depth: number;
  /** It names a span above it that is not there. */
  lacksParent: boolean;
  /** A span that lies partly outside its parent: it outlives it, or the clocks of their machines differ. */
  isOutside: boolean;
}

export interface TraceIds {
  /** Empty: the entry is part of no trace. */
  trace: string;
  /** The span that it is, or was logged in. */
  span: string;
  parent: string;
  isSpan: boolean;
  duration: number;
}

export interface TraceTree {
  /** Each behind its parent, siblings by time. */
  nodes: TraceNode[];
  fromMs: number;
  toMs: number;
}

export function traceIdsOf(entry: LogEntry): TraceIds {
  const ids: TraceIds = { trace: "", span: "", parent: "", isSpan: false, duration: 0 };
  if (entry.metadata === undefined) return ids;
  const metadata = readExact(exactMetadata(entry));
  if (metadata.kind !== "object") return ids;
  for (const [name, value] of metadata.members) {
    if (value.kind !== "scalar") continue;
    const text = scalarText(value);
    if (name === "trace_id") ids.trace = text;
    else if (name === "span_id") ids.span = text;
    else if (name === "parent_span_id") ids.parent = text;
    else if (name === "span") ids.isSpan = text === "root" || text === "child"; // else a logger's own word
    else if (name === "duration_ms" && !value.text.startsWith('"')) ids.duration = Math.max(0, Number(text) || 0);
  }
  if (!ids.isSpan) ids.duration = 0; // of something else
  return ids;
}

/** The tree of entries in any order. */
export function traceTreeOf(entries: readonly LogEntry[]): TraceTree {
  const raw = [...entries].sort((a, b) => a.timestamp - b.timestamp).map((entry) => ({ entry, ids: traceIdsOf(entry), children: [] as number[], parent: -1 }));
  const spans = new Map<string, number>();
  raw.forEach(({ ids }, i) => ids.isSpan && ids.span && !spans.has(ids.span) && spans.set(ids.span, i));
  raw.forEach((one, i) => {
    const parent = spans.get(one.ids.isSpan ? one.ids.parent : one.ids.span);
    if (parent === undefined || parent === i) return;
    one.parent = parent;
    raw[parent]!.children.push(i);
  });
  const nodes: TraceNode[] = [];
  const made = new Map<number, TraceNode>();
  const endOf = (node: TraceNode): number => node.entry.timestamp + node.duration;
  const add = (i: number, isRoot: boolean): void => {
    const { entry, ids, parent: above } = raw[i]!;
    const parent = isRoot ? undefined : made.get(above);
    const node: TraceNode = { entry, isSpan: ids.isSpan, duration: ids.duration, depth: 0, lacksParent: false, isOutside: false };
    if (parent) {
      node.depth = Math.min(parent.depth + 1, maxDepth);
      node.isOutside = node.isSpan && (entry.timestamp < parent.entry.timestamp - slackMs || endOf(node) > endOf(parent) + slackMs);
    } else node.lacksParent = (ids.isSpan ? ids.parent : ids.span) !== "";
    made.set(i, node);
    nodes.push(node);
  };
  /** Without recursion: a chain of calls may be as long as the trace. */
  const walk = (root: number): void => {
    for (const waiting = [root]; waiting.length > 0; ) {
      const i = waiting.pop()!;
      if (made.has(i)) continue;
      add(i, i === root);
      waiting.push(...raw[i]!.children.toReversed());
    }
  };
  raw.forEach(({ parent }, i) => parent < 0 && walk(i));
  raw.forEach((_, i) => !made.has(i) && walk(i)); // spans that call each other in a circle hang from none
  const fromMs = nodes.reduce((least, { entry }) => Math.min(least, entry.timestamp), Infinity);
  return nodes.length === 0 ? { nodes, fromMs: 0, toMs: 0 } : { nodes, fromMs, toMs: nodes.reduce((most, node) => Math.max(most, endOf(node)), fromMs) };
}
