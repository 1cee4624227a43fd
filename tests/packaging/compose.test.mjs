// SPDX-License-Identifier: GPL-3.0-or-later
// compose.yaml asks for what scripts/image --check runs: each of its keys is an option of that "podman run", and the reverse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const source = new URL("../../", import.meta.url).pathname;
const read = (path) => readFileSync(join(source, path), "utf8");

/// What stands below "vigie:", as {key: [values]}. Values are on the key's line, in brackets, or below it after dashes.
function serviceOf(text) {
  const service = {};
  let key;
  for (const line of text.match(/^ {2}vigie:\n(.*?)^\S/ms)[1].split("\n")) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const [, indent, name, value] = line.match(/^( {4}| {6})(\w+: |\w+:$|- )(.*)$/) ?? assert.fail(line);
    if (indent.length === 6) {
      service[key].push(value);
      continue;
    }
    key = name.trim().slice(0, -1);
    service[key] = value ? value.replace(/^\[(.*)\]$/, "$1").split(", ").map((each) => each.replace(/^"(.*)"$/, "$1")) : [];
  }
  return service;
}

/// The option of podman run that a key is, by value; null for what a single run does not need.
const optionOf = {
  image: () => null,
  restart: () => null,
  read_only: (value) => (assert.equal(value, "true"), "--read-only"),
  network_mode: (value) => `--network ${value}`,
  pid: (value) => `--pid ${value}`,
  cap_drop: (value) => `--cap-drop ${value}`,
  security_opt: (value) => `--security-opt ${value.replace(/:true$/, "")}`,
  // The image has the folder of data as a volume.
  volumes: (value) => (value.startsWith("data:") ? null : `--volume ${value}`),
};

test("compose.yaml asks for what is run", () => {
  const service = serviceOf(read("packaging/oci/compose.yaml"));
  const asked = Object.entries(service).flatMap(([key, values]) => values.map((value) => {
    assert.ok(optionOf[key], `${key}: nothing runs it`);
    return optionOf[key](value);
  }));
  const [, words] = read("scripts/image").replaceAll("\\\n", "").match(/ run --detach --rm (.*?) "\$\{run_options/);
  const run = words.match(/--\S+(?: +[^-\s]\S*)?/g).map((option) => option.replace(/ +/g, " "));
  assert.deepEqual(asked.filter(Boolean).sort(), run.sort());
  assert.deepEqual(service.image, ["localhost/vigie"]);
});

test("its data is where the image has its volume", () => {
  const [, folder] = read("packaging/oci/Containerfile").match(/^VOLUME (\S+)$/m);
  assert.ok(serviceOf(read("packaging/oci/compose.yaml")).volumes.includes(`data:${folder}`));
});
