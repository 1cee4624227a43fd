// SPDX-License-Identifier: GPL-3.0-or-later
// Timers that go off, and a clock that goes on, when the test says so. (Those of node:test differ from one Node.js to the next.)

interface Timer {
  at: number;
  everyMs: number | undefined;
  action: () => void;
}

const real = { setTimeout, clearTimeout, setInterval, clearInterval };
const realNow = Date.now;
const began = Date.now();
let now = 0;
const timers = new Map<number, Timer>();
let lastId = 0;

function add(action: () => void, ms: number | undefined, repeats: boolean): number {
  timers.set(++lastId, { at: now + (ms ?? 0), everyMs: repeats ? (ms ?? 0) : undefined, action });
  return lastId;
}

export function fakeTimers(): void {
  timers.clear();
  const remove = (id: number) => void timers.delete(id);
  Object.assign(globalThis, {
    setTimeout: (action: () => void, ms?: number) => add(action, ms, false),
    setInterval: (action: () => void, ms?: number) => add(action, ms, true),
    clearTimeout: remove,
    clearInterval: remove,
  });
  Date.now = () => began + now;
}

export function realTimers(): void {
  Object.assign(globalThis, real);
  Date.now = realNow;
}

/** Lets so much time go by. */
export function pass(ms: number): void {
  const end = now + ms;
  for (;;) {
    const next = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
    if (!next) break;
    const [id, timer] = next;
    now = Math.max(now, timer.at);
    if (timer.everyMs === undefined) timers.delete(id);
    else timer.at += timer.everyMs;
    timer.action();
  }
  now = end;
}
