import assert from "node:assert/strict";
import { test } from "node:test";
import { custom, firedTimes, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const go = custom("go");

/** Values of these variables, as a tag reads them at an event. */
async function read(variables, { page = {}, options = {}, message = {}, own = {} } = {}) {
  const tags = withTags([noting(0, 0, {}, variables.map((_, at) => at))], { triggers: [go], variables, own });
  const tab = await open(tags, page, options);
  await last(tab);
  await tab.evaluate(m => void dataLayer.push({ ...m, event: "go" }), message);
  return (await firedTimes(tab, 1))[0];
}

test("addresses give their parts", async () => {
  const parts = ["host", "port", "path", "query", "fragment", "protocol", "href"].map(part => ({ kind: "url", s: { part } }));
  const other = { kind: "url", s: { part: "host", bare: 1, of: "https://www.shop.example/a.PDF?x=1" } };
  const values = await read([...parts, { kind: "url", s: { part: "query", key: "b" } }, { kind: "query", s: { name: "a" } }, { kind: "query", s: { name: "none" } }, other,
    { kind: "url", s: { part: "extension", of: "https://x.example/a.PDF" } }], { options: { path: "/?a=1&b=2#part" } });
  const url = new URL(w.site.origin);
  assert.deepEqual(values, ["127.0.0.1", url.port, "/", "a=1&b=2", "part", "http", w.site.origin + "/?a=1&b=2", "2", "1", null, "shop.example", "PDF"]);
});

test("the page's own values are read: layer, cookie, storage, globals, elements, meta", async () => {
  const head = `<meta name="author" content="Ada"><meta property="og:type" content="shop"><script>app={user:{plan:"pro"}};document.cookie="c=a%20b";
    localStorage.setItem("l","1");sessionStorage.setItem("s","2")</script>`;
  const body = `<p id="price" data-cents="990"> 9.90 </p><input id="field" value="typed">`;
  const variables = [["layer", { name: "cart.total" }], ["cookie", { name: "c" }], ["cookie", { name: "c", raw: 1 }], ["cookie", { name: "none" }], ["local", { name: "l" }],
    ["session", { name: "s" }], ["js", { name: "app.user.plan" }], ["js", { name: "app.none.plan" }], ["element", { name: "#price" }], ["element", { name: "#price", attribute: "data-cents" }],
    ["element", { name: "#field" }], ["element", { name: "p[" }], ["meta", { name: "author" }], ["meta", { name: "og:type" }], ["title", {}]].map(([kind, s]) => ({ kind, s }));
  assert.deepEqual(await read(variables, { page: { head, body }, message: { cart: { total: 5 } } }),
    [5, "a b", "a%20b", null, "1", "2", "pro", null, "9.90", "990", "typed", null, "Ada", "shop", "Test page"]);
});

test("referrer, event, container, consent, screen, language, time and chance are read", async () => {
  const variables = [["event", {}], ["environment", {}], ["version", {}], ["site", {}], ["consent", { name: "ads" }], ["screen", { part: "screen" }], ["language", {}],
    ["time", { part: "date" }], ["time", { part: "hour" }], ["time", {}], ["time", { part: "timestamp" }], ["time", { part: "weekday" }], ["random", { from: "3", to: "3" }],
    ["referrer", { part: "host" }], ["constant", { of: "fixed" }]].map(([kind, s]) => ({ kind, s }));
  const v = await read(variables);
  assert.deepEqual(v.slice(0, 5), ["go", "live", 3, "st_0123456789abcdef", "granted"]);
  assert.match(v[5], /^\d+x\d+$/);
  assert.match(v[7], /^\d{4}-\d\d-\d\d$/);
  assert.ok(v[8] >= 0 && v[8] < 24 && v[10] > 1.7e12 && v[11] >= 1 && v[11] <= 7);
  assert.equal(new Date(v[9]).toISOString(), v[9]);
  assert.deepEqual(v.slice(12), [3, null, "fixed"]);
});

test("tables, texts of several variables, formats and defaults", async () => {
  const variables = [
    { kind: "layer", s: { name: "plan" } },
    { kind: "lookup", s: { of: { $: [0] }, rows: [{ k: "PRO", v: "no" }, { k: "pro", v: { $: ["is ", 0] } }] } },
    { kind: "lookup", s: { of: { $: [0] }, fold: 1, rows: [{ k: "PRO", v: "folded" }] } },
    { kind: "lookup", s: { of: { $: [0] }, rows: [] }, d: "none" },
    { kind: "regex", s: { of: { $: [0] }, rows: [{ k: "(", v: "bad" }, { k: "^p", v: "part" }] } },
    { kind: "regex", s: { of: { $: [0] }, part: "whole", rows: [{ k: "p", v: "no" }, { k: "P.+", v: "case" }], fold: 1 } },
    { kind: "constant", s: { of: "  MiXed " }, c: "l", trim: 1 }, { kind: "constant", s: { of: "4.5" }, number: 1 }, { kind: "constant", s: { of: "4x" }, number: 1 },
    { kind: "layer", s: { name: "empty" }, d: { $: ["for ", 0] } },
  ];
  assert.deepEqual(await read(variables, { message: { plan: "pro", empty: "" } }),
    ["pro", "is pro", "folded", "none", "part", "case", "mixed", 4.5, "4x", "for pro"]);
});

test("custom functions read other variables; one that fails or asks for itself has no value", async () => {
  const variables = [{ kind: "constant", s: { of: "a" } }, { kind: "code", s: {} }, { kind: "code", s: {} }, { kind: "code", s: {} }];
  const own = { "v:1": `($v)=>(function(){return $v(0)+"b"})()`, "v:2": `($v)=>(function(){throw 1})()`, "v:3": `($v)=>(function(){return "x"+$v(3)})()` };
  assert.deepEqual(await read(variables, { own }), ["a", "ab", null, "xundefined"]);
});

test("visits are known with consent only, and forgotten when it ends", async () => {
  const variables = [["visitor", "type"], ["visitor", "number"], ["visit", "campaign"], ["visit", "source"]].map(([kind, part]) => ({ kind, s: { part } }));
  assert.deepEqual(await read(variables), ["unknown", "unknown", "unknown", "unknown"]);
  const page = { site: { consented: true } };
  assert.deepEqual(await read(variables, { page, options: { path: "/?utm_campaign=spring&utm_source=news" } }), ["new", 1, "spring", "news"]);
  const old = () => localStorage.getItem("analytics.st_0123456789abcdef.visit")
    || localStorage.setItem("analytics.st_0123456789abcdef.visit", JSON.stringify({ number: 4, last: Date.now() - 864e5 }));
  const tags = withTags([noting(0, 0, {}, [0, 1])], { triggers: [pageview], variables });
  const tab = await open(tags, page, { prepare: old });
  assert.deepEqual((await firedTimes(tab, 1))[0], ["returning", 5]);
  await tab.evaluate(() => analytics.consent({ analytics: false }));
  assert.equal(await tab.evaluate(() => localStorage.getItem("analytics.st_0123456789abcdef.visit")), null);
});

test("a long read is one visit, and a visit that has ended does not come back", async () => {
  const tags = withTags([noting(0, 0, {}, [0])], { triggers: [pageview], variables: [{ kind: "visitor", s: { part: "type" } }] });
  const context = await w.fresh({ "/": { site: { consented: true } }, "/next": { site: { consented: true } } });
  w.collector.tags = tags;
  await context.clock.install();
  const page = await w.visit(context);
  assert.deepEqual(await firedTimes(page, 1), [["new"]]);
  await context.clock.runFor("50:00");
  await page.goto(w.site.origin + "/next");
  assert.deepEqual(await firedTimes(page, 1), [["new"]]);
  // As when nobody is there: no timer says that somebody is.
  await context.clock.setSystemTime(await page.evaluate(() => Date.now()) + 40 * 60_000);
  await page.goto(w.site.origin + "/");
  assert.deepEqual(await firedTimes(page, 1), [["returning"]]);
});

test("every comparison holds where it should, negated and without case too", async () => {
  const cases = [
    ["abc", "equals", "abc", 0, true], ["abc", "equals", "ABC", 0, false], ["abc", "equals", "ABC", 2, true], ["abc", "equals", "abc", 1, false],
    ["abc", "contains", "b", 0, true], ["abc", "contains", "B", 2, true], ["abc", "starts", "ab", 0, true], ["abc", "ends", "bc", 0, true], ["abc", "ends", "ab", 0, false],
    ["abc", "regex", "^a.c$", 0, true], ["ABC", "regex", "^a.c$", 2, true], ["abc", "regex", "(", 0, false], ["abc", "regex", "(", 1, false],
    ["10", "gt", "9", 0, true], ["10", "lt", "9", 0, false], ["9", "le", "9", 0, true], ["9", "ge", "9.0", 0, true], ["abc", "gt", "1", 0, false], ["", "lt", "1", 0, false],
    ["10", "lt", "9", 1, true], ["8", "lt", "9", 1, false], ["abc", "lt", "1", 1, false], ["1", "lt", "abc", 1, false], ["  ", "lt", "1", 0, false], ["  ", "ge", "1", 1, false],
    [" 5 ", "le", "5", 0, true], ["1e3", "gt", "999", 0, true],
    ["x", "unknown", "x", 0, false],
  ];
  const triggers = cases.map(([left, name, right, flags]) => ({ ...go, when: [[left, name, right, flags]] }));
  const page = await open(withTags(cases.map((_, at) => noting(at, at, { on: [at] })), { triggers }));
  await page.evaluate(() => void (window.dataLayer = window.dataLayer || []).push({ event: "go" }));
  const held = await last(page);
  assert.deepEqual(cases.map((_, at) => held.includes(at)), cases.map(one => one[4]));
});

test("elements are compared by selectors", async () => {
  const triggers = [{ kind: "click", s: {}, when: [[{ $: [0] }, "css", "#buy, .buy *"]] }, { kind: "click", s: {}, when: [[{ $: [0] }, "css", "["]] }];
  const page = await open(withTags([noting(0, "buy"), noting(1, "never", { on: [1] })], { triggers, variables: [{ kind: "fact", s: { name: "element" } }] }),
    { body: `<div class="buy"><i id="in">x</i></div><b id="out">y</b>` });
  await last(page);
  await page.click("#in");
  await page.click("#out");
  assert.deepEqual(await last(page), ["buy"]);
});
