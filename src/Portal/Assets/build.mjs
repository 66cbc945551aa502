// Bundles every .ts and .css at the top of this folder; folders hold what they import.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawWorld } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../wwwroot/built");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  entryPoints: readdirSync(here).filter(f => /\.(ts|css)$/.test(f)).map(f => join(here, f)),
  outdir: out,
  bundle: true,
  minify: true,
  sourcemap: "linked",
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15.4"],
  logLevel: "warning",
});
for (const image of readdirSync(here).filter(f => f.endsWith(".svg"))) copyFileSync(join(here, image), join(out, image));
drawWorld(join(out, "world.svg"));
