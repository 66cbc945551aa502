// Type-checks browser/ and bundles it into dist/analytics.js and dist/tags.json; fails when one is over its size budget.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { tags } from "./build-tags.mjs";

const here = import.meta.dirname;
const budget = 3584;
const sample = `{"id":"st_0123456789abcdef","timeout":30,"hosts":["example.com"],`
  + `"pageviews":true,"engagement":true,"outbound":true,"downloads":true,"forms":true}`;
const require = createRequire(import.meta.url);

async function load() {
  try {
    return [await import("esbuild"), require.resolve("typescript/package.json").replace("package.json", "bin/tsc")];
  } catch (error) {
    throw new Error(`esbuild or typescript is missing (${error.code}): run "npm ci" in the root folder`);
  }
}

async function check(tsc) {
  try {
    await promisify(execFile)(process.execPath, [tsc, "--noEmit", "--project", here]);
  } catch (error) {
    throw new Error(`type check failed\n${error.stdout || error.message}`);
  }
}

async function bundle(esbuild) {
  const result = await esbuild.build({
    entryPoints: [`${here}/browser/analytics.ts`],
    outfile: `${here}/dist/analytics.js`,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "ascii",
    legalComments: "none",
    write: false,
  });
  return result.outputFiles[0];
}

async function build() {
  const { mkdir, writeFile } = await import("node:fs/promises");
  const [esbuild, tsc] = await load();
  const [file] = await Promise.all([bundle(esbuild), check(tsc)]);
  // As a site gets it, with settings of usual length.
  const size = gzipSync(`(function($site){${file.text}})(${sample});\n`, { level: 9 }).length;
  if (size > budget) throw new Error(`analytics.js is ${size} bytes gzip, the budget is ${budget}`);
  await mkdir(`${here}/dist`, { recursive: true });
  await writeFile(file.path, file.contents);
  await writeFile(`${here}/dist/tags.json`, JSON.stringify(await tags(esbuild, here)));
  console.log(`analytics.js ${size} bytes gzip of ${budget} as delivered (${file.contents.length} before compression)`);
}

build().catch(error => {
  console.error(`src/Tracker/build.mjs : error : ${error.message}`);
  process.exit(1);
});
