import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { world } from "./harness.mjs";

const w = world();
const site = { consented: true };

/** The page works as before and its events arrive. */
async function survives(prepare, head = "") {
  const page = await w.open({ "/": { site, head } }, prepare);
  await w.arrived("pageview");
  await page.evaluate(() => {
    analytics.track("used", { list: ["a", "b"] });
    analytics.consent({ ads: true });
    analytics.identify("u1");
    history.pushState({}, "", "/next");
  });
  await w.arrived("used");
  await w.arrived("pageview", 2);
  assert.deepEqual(w.errors, []);
  return w.collector.events();
}

test("blocked storage: the page works, the visitor stays in mode B", async () => {
  const events = await survives(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"])
      Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
  });
  assert.ok(events.every(event => event.visitorId === undefined));
});

test("full storage", () => survives(() => {
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}));

test("broken values in storage", async () => {
  const context = await w.fresh({ "/": { site } });
  for (const value of ["{", "null", "7", "[]", `"text"`, `{"visitor":1,"until":"x","consent":3}`]) {
    const page = await w.visit(context, "/", `for (const key of ["", ".queue"])
      localStorage["analytics.st_0123456789abcdef" + key] = ${JSON.stringify(value)}`);
    const count = w.named("pageview").length;
    await page.evaluate(() => window.analytics && analytics.page());
    await w.arrived("pageview", count + 1);
    await page.close();
  }
  assert.deepEqual(w.errors, []);
});

test("a patched Array.prototype, as old libraries make it", async () => {
  const events = await survives(() => {
    Array.prototype.toJSON = function () { return JSON.stringify([...this].map(String)); };
    Array.prototype.remove = function () { throw new Error("must not be called"); };
    Array.prototype.first = () => 1;
  });
  assert.equal(events.find(event => event.name === "used").props.list, "a, b");
});

test("missing APIs", () => survives(() => {
  delete Navigator.prototype.sendBeacon;
  delete window.PerformanceObserver;
  delete AbortSignal.timeout;
  delete Crypto.prototype.randomUUID;
  delete Performance.prototype.getEntriesByType;
  delete window.Intl;
}));

test("hostile getters", async () => {
  await survives(() => {
    const hostile = { get() { throw new Error("hostile"); }, configurable: true };
    Object.defineProperty(Document.prototype, "title", hostile);
    Object.defineProperty(Document.prototype, "referrer", hostile);
    Object.defineProperty(Navigator.prototype, "language", hostile);
    Object.defineProperty(window, "screen", hostile);
  });
});

test("hostile arguments", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => {
    const loop = {};
    loop.loop = loop;
    const hostile = { get bad() { throw new Error("hostile"); }, good: 1, loop, big: 10n, fn() {}, none: null, sym: Symbol("s") };
    analytics.track("odd", hostile);
    analytics.track(Symbol("s"));
    analytics.track(undefined, null, null);
    analytics.track("text", "text", "text");
    analytics.track({ toString() { throw new Error("hostile"); } });
    analytics.consent(null);
    analytics.consent("yes");
    analytics.set(null);
    analytics.identify();
    analytics.page(7);
    analytics.revenue("much", undefined);
    analytics.revenue(Infinity, "EUR");
    analytics.track("thrower", {}, { callback() { throw new Error("the page's own"); } });
    analytics.q.push(null);
    analytics.q.push(["constructor"]);
  });
  await w.settled(page);
  assert.deepEqual(w.named("undefined"), []);
  const [odd] = w.named("odd");
  assert.deepEqual(odd.props, { good: 1, big: "10", none: null });
  assert.ok(w.named("revenue").every(event => event.revenue === undefined));
  assert.deepEqual(w.errors, []);
});

test("fetch and history that throw", async () => {
  const page = await w.open({ "/": {} }, () => {
    window.fetch = () => { throw new Error("patched"); };
    history.pushState = () => { throw new Error("patched"); };
  });
  await page.waitForFunction(() => window.analytics);
  const own = await page.evaluate(() => { try { history.pushState({}, "", "/x"); } catch (error) { return error.message; } });
  assert.equal(own, "patched");
  await page.evaluate(() => analytics.track("x"));
  await page.waitForTimeout(1000);
  assert.deepEqual(w.errors, []);
});

test("a page element or another product called analytics", async () => {
  const element = await w.open({ "/": { head: `<a id="analytics"></a>` } });
  await w.arrived("pageview");
  await element.evaluate(() => analytics.track("mine"));
  await w.arrived("mine");

  const foreign = await w.open({ "/": { head: `<script>window.analytics={track(){return "theirs"}}</script>` } });
  await w.arrived("pageview");
  assert.equal(await foreign.evaluate(() => analytics.track("x")), "theirs");
});

test("a strict content security policy", async () => {
  const context = await w.fresh({});
  const { origin } = w.collector;
  w.pages["/"] = `<!doctype html><meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'">${w.snippet()}`;
  const page = await w.visit(context);
  await w.arrived("pageview");
  assert.deepEqual(w.errors, []);
  await page.close();
});

test("a page opened as a file sends nothing and works", async () => {
  const context = await w.fresh();
  const file = `${mkdtempSync(`${tmpdir()}/tracker-`)}/page.html`;
  writeFileSync(file, w.html());
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => window.analytics);
  await page.evaluate(() => new Promise(callback => { analytics.track("x", {}, { callback }); }));
  assert.equal(w.collector.requests.length, 0);
});
