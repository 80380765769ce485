// Bundles frontend/src/*.{js,css} into the desk's static folder; every file at the top of src is one entry.
import { readdirSync, rmSync, statSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = join(here, "..", "src", "yipanqi", "delivery", "desk", "static", "desk", "dist");

const entryPoints = readdirSync(source)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => join(source, name));

if (!entryPoints.length) {
  console.error("frontend/src 里没有可打包的 .js 或 .css 文件");
  process.exit(1);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

await build({
  entryPoints,
  outdir: target,
  bundle: true,
  minify: true,
  // Classic scripts: they run under a strict CSP and need no import rewriting by the manifest storage.
  format: "iife",
  // The browsers officials have, see docs/house.
  target: ["chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file", ".woff": "file", ".svg": "file", ".png": "file" },
  assetNames: "[name]-[hash]",
  legalComments: "linked",
  logLevel: "warning",
});

for (const name of readdirSync(target).filter((each) => /\.(js|css)$/.test(each))) {
  console.log(`${name.padEnd(14)} ${(statSync(join(target, name)).size / 1024).toFixed(0).padStart(6)} KiB`);
}
