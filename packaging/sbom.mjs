// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the SPDX 2.3 document of a Debian package to the standard output: what the program in it is linked with, and what it
// carries.  node sbom.mjs PACKAGE.deb BUILDINFO
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const [deb, buildinfoPath] = process.argv.slice(2);
const field = (name) => execFileSync("dpkg-deb", ["-f", deb, name], { encoding: "utf8" }).trim();
const buildinfo = readFileSync(buildinfoPath, "utf8");
const lock = JSON.parse(readFileSync(new URL("../web/package-lock.json", import.meta.url), "utf8"));

/// The versions of all packages that were there as it was built.
const built = new Map([...buildinfo.matchAll(/^ ([a-z0-9][a-z0-9+.-]+)(?::\w+)? \(= ([^)]+)\)/gm)].map((match) => [match[1], match[2]]));

const idOf = (name) => `SPDXRef-${name.replace(/[^A-Za-z0-9.-]/g, "-")}`;
const name = field("Package");
const sha256 = createHash("sha256").update(readFileSync(deb)).digest("hex");
const packages = [{
  SPDXID: idOf(name),
  name,
  versionInfo: field("Version"),
  packageFileName: basename(deb),
  downloadLocation: "NOASSERTION",
  filesAnalyzed: false,
  licenseConcluded: "GPL-3.0-or-later",
  licenseDeclared: "GPL-3.0-or-later",
  copyrightText: "2026 Vigie contributors",
  checksums: [{ algorithm: "SHA256", checksumValue: sha256 }],
}];
const relationships = [{ spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: idOf(name) }];
const add = (part, relationshipType) => {
  packages.push({ SPDXID: idOf(part.name), downloadLocation: "NOASSERTION", filesAnalyzed: false, copyrightText: "NOASSERTION", ...part });
  relationships.push({ spdxElementId: idOf(name), relationshipType, relatedSpdxElement: idOf(part.name) });
};

// Libraries: what the package depends on, in the version that it was linked with.
for (const dependency of field("Depends").split(/\s*,\s*/)) {
  const library = dependency.match(/^[a-z0-9][a-z0-9+.-]+/)?.[0];
  if (!library?.startsWith("lib") || !built.has(library)) continue;
  add({
    name: library,
    versionInfo: built.get(library),
    licenseConcluded: "NOASSERTION",
    licenseDeclared: "NOASSERTION",
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: `pkg:deb/debian/${library}@${encodeURIComponent(built.get(library))}` }],
  }, "DYNAMIC_LINK");
}
// What the web page carries: npm's packages that are not for its making only.
for (const [path, part] of Object.entries(lock.packages)) {
  if (!path.startsWith("node_modules/") || part.dev || part.link || part.optional || part.peer) continue;
  const bundled = path.slice("node_modules/".length);
  add({
    name: bundled,
    versionInfo: part.version,
    licenseConcluded: part.license,
    licenseDeclared: part.license,
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: `pkg:npm/${bundled}@${part.version}` }],
  }, "CONTAINS");
}

const date = buildinfo.match(/^Build-Date: (.+)$/m)?.[1];
const created = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000 || Date.parse(date)).toISOString().replace(/\.\d+Z/, "Z");
console.log(JSON.stringify({
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: `${name}-${field("Version")}`,
  documentNamespace: `https://spdx.org/spdxdocs/${name}-${field("Version")}-${sha256}`,
  creationInfo: { created, creators: ["Tool: vigie-sbom"] },
  packages,
  relationships,
}, null, 2));
