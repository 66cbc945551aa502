import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { until, world } from "./harness.mjs";

const file = new URL("url/urltestdata.json", new URL(`${process.env.CORPORA ?? new URL("../../../../shared/corpora", import.meta.url).pathname}/`, "file:"));
const w = world();

test("addresses are sent as the URL standard writes them", { skip: existsSync(file) ? false : `${file.pathname} is absent` }, async () => {
  const cases = JSON.parse(readFileSync(file, "utf8")).filter(c => c.href?.startsWith("http"));
  const addresses = [...new Set(cases.map(c => c.pathname + c.search))];
  const context = await w.fresh({ "/start": {} });
  const page = await context.newPage();
  await page.goto(`${w.site.origin}/start`);
  await w.arrived("pageview");
  await page.evaluate(([origin, all]) => all.forEach(address => history.pushState(null, "", origin + address)), [w.site.origin, addresses]);
  await until(() => w.named("pageview").length > addresses.length);
  const sent = w.named("pageview").map(event => event.url.replace(w.site.origin, ""));
  assert.deepEqual(addresses.filter(address => !sent.includes(address)), []);
});
