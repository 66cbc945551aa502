// Bundles browser/tags: the runtime, the preview, and one by one what a container uses of templates and listeners.
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const budget = 8192;
const options = { minify: true, target: "es2020", charset: "ascii", legalComments: "none" };

async function entry(esbuild, here, name) {
  const result = await esbuild.build({ ...options, entryPoints: [`${here}/browser/tags/${name}.ts`], bundle: true, format: "iife", write: false });
  return result.outputFiles[0].text;
}

/** A file whose default export is one function becomes that function's text. */
async function piece(esbuild, file) {
  const { code } = await esbuild.transform(await readFile(file, "utf8"), { ...options, loader: "ts", format: "esm" });
  const found = /^(?:export default(?=\()|var ([\w$]+)=)(.*?);?(?:export\{\1 as default\};?)?$/s.exec(code.trim());
  if (!found || !/^(async )?\(?[\w$,{}: ()]*=>/.test(found[2])) throw new Error(`${file} must be one default-exported arrow function`);
  return `(${found[2].replace(/;$/, "")})`;
}

async function pieces(esbuild, here, folder, prefix) {
  const found = {};
  for (const name of (await readdir(`${here}/browser/tags/${folder}`)).sort())
    found[prefix + name.replace(/\.ts$/, "")] = await piece(esbuild, `${here}/browser/tags/${folder}/${name}`);
  return found;
}

/** Gives the content of dist/tags.json. */
export async function tags(esbuild, here) {
  const runtime = await entry(esbuild, here, "tags");
  const code = { ...(await pieces(esbuild, here, "templates", "t:")), ...(await pieces(esbuild, here, "listeners", "on:")) };
  const everything = Object.entries(code).map(([name, text]) => `${JSON.stringify(name)}:${text}`).join();
  const size = gzipSync(runtime, { level: 9 }).length;
  if (size > budget) throw new Error(`the tag runtime is ${size} bytes gzip, the budget is ${budget}`);
  console.log(`tag runtime ${size} bytes gzip of ${budget}; with every template and listener ${gzipSync(runtime + everything, { level: 9 }).length}`);
  return { runtime, waiting: await entry(esbuild, here, "waiting"), preview: await entry(esbuild, here, "preview/preview"), code };
}
