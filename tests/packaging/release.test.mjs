// SPDX-License-Identifier: GPL-3.0-or-later
// scripts/release as a dry run, on packages made here, of which it knows no more than of real ones.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const source = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "vigie-release-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const tree = join(folder, "tree");
const packages = join(folder, "packages");
const version = readFileSync(join(source, "CMakeLists.txt"), "utf8").match(/project\(vigie VERSION ([\d.]+)/)[1];
const release = () => spawnSync(join(tree, "scripts/release"), ["--dry-run", packages], { encoding: "utf8" });
const text = (path) => readFileSync(join(tree, path), "utf8");

before(() => {
  for (const path of ["scripts/release", "packaging/sbom.mjs", "web/package-lock.json", "web/client/package.json", "docs/openapi.json", "CMakeLists.txt", "CHANGELOG.md"])
    cpSync(join(source, path), join(tree, path));
  const git = (...words) => execFileSync("git", ["-C", tree, "-c", "user.name=a", "-c", "user.email=a@example.org", ...words]);
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "all");
  // A package like those of scripts/package, but empty.
  const control = join(folder, "deb/DEBIAN");
  mkdirSync(control, { recursive: true });
  writeFileSync(join(control, "control"), `Package: vigie\nVersion: ${version}+deb12\nArchitecture: amd64\nMaintainer: a <a@example.org>\n`
    + "Depends: libc6 (>= 2.36), libqt6core6 (>= 6.4.0)\nDescription: none\n");
  mkdirSync(join(packages, "bookworm"), { recursive: true });
  execFileSync("dpkg-deb", ["--root-owner-group", "-b", join(folder, "deb"), join(packages, `bookworm/vigie_${version}+deb12_amd64.deb`)]);
  writeFileSync(join(packages, "bookworm/vigie.buildinfo"), "Build-Date: Tue, 01 Dec 2026 00:00:00 +0000\nInstalled-Build-Depends:\n libc6 (= 2.36-9), libqt6core6 (= 6.4.2+dfsg-10),\n"
    .replace(", libqt6core6", ",\n libqt6core6"));
  writeFileSync(join(packages, `vigie-client-${version}.tgz`), "");
});

test("everything that goes out is there, counted and signed", () => {
  const run = release();
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /nothing is tagged/);
  const target = join(tree, `build/release-${version}`);
  assert.deepEqual(readdirSync(target).sort(), [
    "SHA256SUMS", "SHA256SUMS.asc", "notes.md", `vigie-client-${version}.tgz`, `vigie_${version}+deb12_amd64.deb`, `vigie_${version}+deb12_amd64.spdx.json`,
  ].sort());
  execFileSync("sha256sum", ["--quiet", "--check", "SHA256SUMS"], { cwd: target });
  const notes = readFileSync(join(target, "notes.md"), "utf8");
  assert.match(notes, /^- /);
  assert.ok(text("CHANGELOG.md").includes(notes.trim()));
  assert.equal(execFileSync("git", ["-C", tree, "tag"], { encoding: "utf8" }), "");
});

test("the SPDX document names what is linked and what is carried", () => {
  const target = join(tree, `build/release-${version}`);
  const document = JSON.parse(readFileSync(join(target, `vigie_${version}+deb12_amd64.spdx.json`), "utf8"));
  assert.equal(document.spdxVersion, "SPDX-2.3");
  const versions = Object.fromEntries(document.packages.map((each) => [each.name, each.versionInfo]));
  const uplot = JSON.parse(text("web/package-lock.json")).packages["node_modules/uplot"].version;
  assert.deepEqual(versions, { vigie: `${version}+deb12`, libc6: "2.36-9", libqt6core6: "6.4.2+dfsg-10", uplot });
  const deb = readFileSync(join(target, `vigie_${version}+deb12_amd64.deb`));
  assert.equal(document.packages[0].checksums[0].checksumValue, createHash("sha256").update(deb).digest("hex"));
  // Each relationship is between elements that are there.
  const ids = new Set(["SPDXRef-DOCUMENT", ...document.packages.map((each) => each.SPDXID)]);
  for (const { spdxElementId, relatedSpdxElement } of document.relationships) assert.ok(ids.has(spdxElementId) && ids.has(relatedSpdxElement));
  assert.equal(ids.size, document.packages.length + 1);
});

test("what is carried is named to people, with its licence", () => {
  const lock = JSON.parse(text("web/package-lock.json")).packages;
  const carried = Object.entries(lock).filter(([path, part]) => path.startsWith("node_modules/") && !part.dev && !part.link && !part.optional && !part.peer);
  assert.ok(carried.length > 0);
  const shown = readFileSync(join(source, "resources/licences.txt"), "utf8").toLowerCase();
  const copyright = readFileSync(join(source, "debian/copyright"), "utf8").toLowerCase();
  for (const [path, part] of carried) {
    const name = path.slice("node_modules/".length);
    assert.ok(shown.includes(name) && shown.includes(`${part.license.toLowerCase()} license`), name);
    assert.ok(copyright.includes(`web/node_modules/${name}/`), name);
  }
});

test("another version in one place is refused", () => {
  const path = join(tree, "web/client/package.json");
  const before = readFileSync(path, "utf8");
  writeFileSync(path, before.replace(`"version": "${version}"`, '"version": "9.9.9"'));
  const run = release();
  writeFileSync(path, before);
  assert.equal(run.status, 1);
  assert.match(run.stderr, /web\/client\/package\.json/);
});

test("packages of another version are not taken", () => {
  const run = spawnSync(join(tree, "scripts/release"), ["--dry-run", join(folder, "deb")], { encoding: "utf8" });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /no packages/);
});
