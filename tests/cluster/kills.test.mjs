// SPDX-License-Identifier: GPL-3.0-or-later
// Servers and Vigies are killed or frozen at random while producers and viewers hop from one to the next. VIGIE_KILLS: how many (default 4).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { entriesAt, Hopper, startCluster } from "./cluster.mjs";

const pauseMs = Number(process.env.VIGIE_PAUSE_MS ?? 10); // of a producer, between batches
const kills = Number(process.env.VIGIE_KILLS ?? 4);
const random = seeded(Number(process.env.VIGIE_SEED ?? Date.now() % 1e6));

function seeded(seed) {
  console.log(`# VIGIE_SEED=${seed}`);
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sends numbered batches, each until it is acknowledged. */
class Producer {
  acknowledged = [];
  #batch = [];
  #next = 0;
  #isEnding = false;

  constructor(nodes, app, name, first) {
    this.name = name;
    this.done = new Promise((resolve) => (this.resolve = resolve));
    this.hopper = new Hopper(nodes, app, name, {
      first,
      onReady: () => this.#send(),
      onMessage: ({ type, payload }) => {
        if (type !== "logs_ack") return;
        this.acknowledged.push(...this.#batch.map(({ id }) => id));
        this.#batch = [];
        clearTimeout(this.timer);
        if (this.#isEnding) return this.resolve();
        setTimeout(() => this.#send(), pauseMs);
      },
    });
  }
  #send() {
    if (this.#batch.length === 0) {
      const length = 1 + Math.floor(random() * 50);
      this.#batch = Array.from({ length }, () => ({ id: `${this.name}-${this.#next}`, level: "info", message: `entry ${this.#next++} of ${this.name}` }));
    }
    this.hopper.send("logs", { logs: this.#batch, ack: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hopper.hop(), 15_000); // a node without a bus acknowledges nothing
  }
  end() {
    this.#isEnding = true;
  }
}

let cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster.stop());

test(`${kills} times killed or frozen: nothing acknowledged is lost, doubled or out of order, at any node, for any viewer`, async (t) => {
  const { nodes, servers, joined } = cluster;
  const producers = nodes.map((_, i) => new Producer(nodes, "shop", `till-${i}`, i));
  const viewers = nodes.map((_, i) => {
    const seen = [];
    const gaps = [];
    return {
      seen,
      gaps,
      hopper: new Hopper(nodes, "shop", `viewer-${i}`, {
        first: i,
        hello: () => ({ since: seen.at(-1) }),
        onMessage: ({ type, payload }) => {
          if (type === "logs") seen.push(...payload.map(({ id }) => id));
          else if (type === "gap") gaps.push(payload);
        },
      }),
    };
  });
  t.after(() => [...producers, ...viewers].forEach(({ hopper }) => hopper.close()));
  for (let kill = 0; kill < kills; kill++) {
    await sleep(500 + random() * 1500);
    const victims = random() < 0.5 ? servers : nodes;
    const victim = victims[Math.floor(random() * victims.length)];
    if (random() < 0.3) {
      await victim.freeze(random() * 8000);
    } else {
      await victim.kill();
      await sleep(random() * 2000);
      await victim.start();
    }
    // A majority of the servers is to be there: the next is not killed before this one is back.
    if (victims === servers) await sleep(3000);
    else await joined(victim);
    if (random() < 0.5) viewers[Math.floor(random() * viewers.length)].hopper.hop();
  }
  for (const producer of producers) producer.end();
  await Promise.all(producers.map(({ done }) => done));
  const acknowledged = producers.flatMap((producer) => producer.acknowledged);
  t.diagnostic(`${acknowledged.length} entries acknowledged, ${viewers.map(({ hopper }) => hopper.hops)} hops`);

  const orders = [];
  for (const node of nodes) {
    let ids = [];
    for (let tries = 0; ids.length < acknowledged.length && tries < 200; tries++) {
      if (tries > 0) await sleep(100);
      ids = (await entriesAt(node, "shop")).map(({ id }) => id);
    }
    const there = new Set(ids);
    assert.equal(there.size, ids.length, `${node.name} has ${ids.length - there.size} twice`);
    const lost = acknowledged.filter((id) => !there.has(id));
    assert.equal(lost.length, 0, `${node.name} has ${ids.length}, and lacks ${lost.length}, such as ${lost[0]}`);
    orders.push(ids);
  }
  for (const order of orders.slice(1)) assert.ok(order.every((id, i) => id === orders[0][i]), "the nodes differ in their order");
  for (const { name } of producers) {
    const numbers = orders[0].filter((id) => id.startsWith(name)).map((id) => Number(id.slice(name.length + 1)));
    assert.ok(numbers.every((number, i) => number === i), `${name}'s are out of order`);
  }
  for (const { seen, gaps, hopper } of viewers) {
    for (let tries = 0; seen.at(-1) !== orders[0].at(-1) && tries < 100; tries++) await sleep(100);
    assert.deepEqual(gaps, []);
    const begin = orders[0].indexOf(seen[0]);
    assert.equal(seen.length, orders[0].length - begin, `a viewer saw ${seen.length} of ${orders[0].length - begin}, ${seen.length - new Set(seen).size} twice`);
    assert.ok(seen.every((id, i) => id === orders[0][begin + i]), "a viewer saw them in another order");
  }
});
