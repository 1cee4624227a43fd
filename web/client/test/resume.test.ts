// SPDX-License-Identifier: GPL-3.0-or-later
// Where a viewer goes on from, and what it must not be shown again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Resume } from "../dist/resume.js";

const entries = (...ids: string[]) => ids.map((id) => ({ id, timestamp: 0, level: "info", message: "", appId: "a",
    userId: "u" }));
const fresh = (resume: Resume, ...ids: string[]) => resume.fresh(entries(...ids)).map(({ id }) => id).join(" ");

test("without a word of Vigie's disk it goes on from the last entry", () => {
  const resume = new Resume(undefined);
  assert.equal(resume.since, undefined);
  resume.begin();
  assert.equal(fresh(resume, "1", "2"), "1 2");
  assert.equal(fresh(resume, "2", "3"), "3");
  assert.equal(resume.since, "3");
  resume.begin(); // it was killed before it could say anything
  assert.equal(fresh(resume, "3", "1", "4"), "4");
  assert.deepEqual([resume.since, resume.lastId, resume.storedId], ["4", "4", undefined]);
});

test("it goes on from what is on disk, not from what came since", () => {
  const resume = new Resume(undefined);
  resume.begin();
  resume.noteStored("0");
  fresh(resume, "1", "2", "3");
  resume.noteStored("1");
  assert.deepEqual([resume.since, resume.storedId, resume.lastId], ["1", "1", "3"]);
  // It was killed, and the producers of 2 and 3 send them again: after another's, and the other way round.
  resume.begin();
  assert.equal(fresh(resume, "x", "3"), "x");
  resume.noteStored("3");
  assert.equal(resume.since, "3");
  assert.equal(fresh(resume, "2", "4"), "4");
  // And killed once more, before it said anything.
  resume.begin();
  assert.equal(resume.since, "3");
  assert.equal(fresh(resume, "y", "4", "2"), "y");
});

test("a kill before the first word takes back nothing that was known", () => {
  const resume = new Resume(undefined);
  resume.begin();
  resume.noteStored("0");
  fresh(resume, "1");
  resume.begin();
  fresh(resume, "2");
  resume.begin();
  assert.equal(resume.since, "0");
  assert.equal(fresh(resume, "2", "1", "3"), "3");
});

test("the id that stands for the beginning is nobody's", () => {
  const begun = () => {
    const resume = new Resume(undefined);
    resume.begin();
    resume.noteStored(null);
    return resume.since;
  };
  assert.notEqual(begun(), begun());
});

test("where nothing is on disk it goes on from the beginning, and shows nothing twice", () => {
  const resume = new Resume(undefined);
  resume.begin();
  resume.noteStored(null);
  fresh(resume, "1", "2");
  assert.ok(resume.since && resume.isExpected(resume.since));
  resume.begin();
  assert.equal(fresh(resume, "0", "2", "1", "3"), "0 3");
  resume.noteStored("1");
  resume.noteStored(null); // a later one that knows less takes no place away
  assert.equal(resume.since, "1");
});

test("where nothing is on disk, what the program has seen before is not shown", () => {
  const resume = new Resume("5");
  resume.begin();
  fresh(resume, "6", "7");
  resume.noteStored(null);
  assert.equal(resume.since, "5");
});

test("a place that is cleared away is gone on from no more", () => {
  const resume = new Resume(undefined);
  resume.begin();
  resume.noteStored("1");
  resume.noteCleared();
  assert.ok(resume.isExpected(resume.since!));
  assert.equal(resume.storedId, undefined);
  fresh(resume, "2");
  resume.noteStored("2");
  assert.equal(resume.since, "2");
});

test("an entry on disk that a filter keeps from us is a place, too", () => {
  const resume = new Resume(undefined);
  resume.begin();
  fresh(resume, "1");
  resume.noteStored("not shown");
  assert.equal(resume.since, "not shown");
  resume.begin();
  assert.equal(fresh(resume, "1", "2"), "2");
});

test("another application is begun anew", () => {
  const resume = new Resume(undefined);
  resume.begin();
  resume.noteStored("1");
  fresh(resume, "2");
  resume.forget();
  assert.deepEqual([resume.since, resume.lastId, resume.storedId], [undefined, undefined, undefined]);
  resume.begin();
  assert.equal(fresh(resume, "2"), "2");
  assert.equal(resume.since, "2"); // of this one nothing was said
});

test("however many come before they are on disk, none is forgotten; of an older Vigie the newest are known", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `e${i}`);
  for (const [says, again] of [[true, 0], [false, 80_000]] as const) {
    const resume = new Resume(undefined);
    resume.begin();
    if (says) resume.noteStored("0");
    resume.fresh(entries(...many));
    resume.begin();
    assert.equal(resume.fresh(entries(...many)).length, again);
  }
});

test("what is on disk is not kept in mind", () => {
  const resume = new Resume(undefined);
  resume.begin();
  for (let round = 0; round < 1_000; ++round) {
    resume.fresh(entries(...Array.from({ length: 1_000 }, (_, i) => `${round} ${i}`)));
    resume.noteStored(`${round} 998`);
  }
  assert.equal(resume.fresh(entries("999 998", "999 999")).length, 1); // a million came, and one of them is not on disk
});
