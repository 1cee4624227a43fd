// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles the page into a folder: node build.mjs FOLDER. Each file has its content's hash in its name and
// stands there compressed as well; web.qrc lists them all, for the program to carry.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2];
if (!target) throw new Error("node build.mjs FOLDER");

const files = new Map();
const addHashed = (name, content) => {
  const extension = extname(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const hashed = `assets/${basename(name, extension)}-${hash}${extension}`;
  files.set(hashed, content);
  return hashed;
};

const settings = {
  bundle: true,
  minify: true,
  target: ["es2022"],
  platform: "browser",
  write: false,
  legalComments: "none",
  absWorkingDir: here,
};
const worker = await build({ ...settings, entryPoints: [join(here, "src/regexworker.ts")], format: "iife" });
const regexWorker = addHashed("regexworker.js", worker.outputFiles[0].contents);

// What the first screen does without is a file of its own, loaded when it is wanted.
const { outputFiles } = await build({
  ...settings,
  entryPoints: { page: join(here, "src/main.ts") },
  splitting: true,
  entryNames: "assets/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
  format: "esm",
  outdir: "out",
  conditions: ["browser"],
  define: { regexWorkerAddress: JSON.stringify(regexWorker) },
});
for (const { path, contents } of outputFiles) files.set(`assets/${basename(path)}`, Buffer.from(contents));
const entry = (extension) => [...files.keys()].find((name) => name.startsWith("assets/page-") && name.endsWith(extension));
const script = entry(".js");
const style = entry(".css");
const icon = addHashed("vigie.svg", await readFile(join(here, "../../resources/icons/vigie.svg")));
const page = await readFile(join(here, "src/index.html"), "utf8");
const filled = page.replace("{{script}}", script).replace("{{style}}", style).replace("{{icon}}", icon);
files.set("index.html", Buffer.from(filled));

await rm(target, { recursive: true, force: true });
await mkdir(join(target, "assets"), { recursive: true });
const names = [];
const write = async (name, content) => {
  await writeFile(join(target, name), content);
  names.push(name);
};
for (const [name, content] of files) {
  await write(name, content);
  await write(`${name}.gz`, gzipSync(content, { level: 9 }));
  await write(`${name}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
const list = names.sort().map((name) => `    <file>${name}</file>`).join("\n");
await writeFile(join(target, "web.qrc"), `<RCC>\n  <qresource prefix="/web">\n${list}\n  </qresource>\n</RCC>\n`);
