// SPDX-License-Identifier: GPL-3.0-or-later
// What `cmake --install` puts where, and whether those who read it accept it: desktops, software centres, systemd.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const build = process.env.VIGIE_BUILD;
const source = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const folder = mkdtempSync(join(tmpdir(), "vigie-install-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (path) => join(folder, path);
const run = (program, ...words) => execFileSync(program, words, { encoding: "utf8" });

before(() => run("cmake", "--install", build, "--prefix", folder));

const installed = () => {
  const paths = [];
  const walk = (path) => {
    for (const name of readdirSync(at(path))) {
      const below = join(path, name);
      if (statSync(at(below)).isDirectory()) walk(below);
      else paths.push(below);
    }
  };
  walk("");
  return paths.sort();
};

test("the files that the documents name are there, and no others", () => {
  const sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512];
  const paths = installed();
  const wanted = [
    "bin/vigie",
    "lib/systemd/system/vigie.service",
    "lib/systemd/user/vigie.service",
    "share/applications/org.vigie.Vigie.Open.desktop",
    "share/applications/org.vigie.Vigie.desktop",
    "share/doc/vigie/copyright",
    ...sizes.map((size) => `share/icons/hicolor/${size}x${size}/apps/org.vigie.Vigie.png`),
    "share/icons/hicolor/scalable/apps/org.vigie.Vigie.svg",
    "share/metainfo/org.vigie.Vigie.metainfo.xml",
  ];
  wanted.push("share/bash-completion/completions/vigie", "share/fish/vendor_completions.d/vigie.fish", "share/zsh/vendor-completions/_vigie");
  const isPage = (path) => /^share\/man\/(fr\/)?man1\/vigie(-\w+)?\.1$/.test(path); // another test knows them
  assert.deepEqual(paths.filter((path) => !isPage(path)), wanted.sort());
  assert.ok(paths.some(isPage));
});

test("each icon has the size of its folder", () => {
  for (const path of installed().filter((name) => name.endsWith(".png"))) {
    const png = readFileSync(at(path));
    const size = Number(path.match(/\/(\d+)x/)[1]);
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size], path);
  }
});

test("desktops and software centres accept the entries", () => {
  for (const name of ["org.vigie.Vigie", "org.vigie.Vigie.Open"])
    assert.equal(run("desktop-file-validate", at(`share/applications/${name}.desktop`)), "");
  run("appstreamcli", "validate", "--no-net", at("share/metainfo/org.vigie.Vigie.metainfo.xml"));
});

test("systemd accepts the units, and finds little that the service could do", () => {
  const unit = at("lib/systemd/system/vigie.service");
  for (const path of [unit, at("lib/systemd/user/vigie.service")]) {
    const text = readFileSync(path, "utf8").replace(/^(ExecStart=)\S+/m, `$1${at("bin/vigie")}`);
    assert.match(text, /^Type=notify$/m);
    writeFileSync(path, text.replace(/^Documentation=.*\n/m, "")); // the page is not where man(1) looks
    const words = path === unit ? [] : ["--user"];
    const verified = spawnSync("systemd-analyze", ["verify", "--man=no", ...words, path], {
      encoding: "utf8",
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    });
    assert.doesNotMatch(verified.stderr, /vigie\.service/, verified.stderr);
  }
  const found = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit);
  const exposure = Number(found.match(/Overall exposure level for vigie\.service: ([\d.]+)/)[1]);
  assert.ok(exposure < 2.0, found);
});

test("the program says one version, wherever it stands", () => {
  const version = readFileSync(join(source, "CMakeLists.txt"), "utf8").match(/project\(vigie VERSION ([\d.]+)/)[1];
  assert.equal(run(at("bin/vigie"), "--version"), `vigie ${version}\n`);
  const json = (path) => JSON.parse(readFileSync(join(source, path), "utf8"));
  assert.equal(json("web/client/package.json").version, version);
  assert.equal(json("web/dashboard/package.json").dependencies["vigie-client"], version);
  assert.equal(json("docs/openapi.json").info.version, version);
  const newest = readFileSync(join(source, "CHANGELOG.md"), "utf8").match(/^## (\S+?),? /m)[1];
  assert.equal(newest, version);
});
