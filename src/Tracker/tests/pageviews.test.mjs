import assert from "node:assert/strict";
import { test } from "node:test";
import { stub, world } from "./harness.mjs";

const w = world();
const paths = name => w.named(name).map(event => event.url.replace(w.site.origin, ""));

test("one line of snippet counts the page with everything the collector needs", async () => {
  const context = await w.fresh({ "/landing": {} });
  const page = await context.newPage();
  await page.goto(`${w.site.origin}/landing?utm_source=news#top`, { referer: "https://search.example/" });
  const [view] = await w.arrived("pageview");
  const [request] = w.collector.requests;

  assert.equal(request.writeKey, "st_0123456789abcdef");
  assert.ok(Math.abs(Date.parse(request.sentAt) - Date.now()) < 60_000);
  assert.match(request.headers["content-type"], /^text\/plain/);
  assert.match(view.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Date(view.timestamp).toISOString(), view.timestamp);
  assert.equal(view.url, `${w.site.origin}/landing?utm_source=news`);
  assert.equal(view.referrer, "https://search.example/");
  assert.equal(view.context.title, "Test page");
  assert.equal(view.context.language, "en-US");
  assert.match(view.context.screen, /^\d+x\d+$/);
  assert.ok(view.context.timezone);
  assert.equal(view.visitorId, undefined);
  assert.equal(view.userId, undefined);
});

test("pushState and popstate to another address are page views, replaceState and the same address are not", async () => {
  const page = await w.open({ "/": {} });
  await w.arrived("pageview");
  await page.evaluate(() => history.pushState({}, "", "/a"));
  await page.evaluate(() => history.pushState({}, "", "/a"));
  await page.evaluate(() => history.replaceState({}, "", "/a?sorted=1"));
  await page.evaluate(() => history.pushState({}, "", "/a?sorted=1#comments"));
  await page.evaluate(() => history.pushState({}, "", "/b"));
  await page.evaluate(() => history.go(-1));
  await w.arrived("pageview", 4);
  await w.settled(page);

  assert.deepEqual(paths("pageview"), ["/", "/a", "/b", "/a?sorted=1"]);
  assert.ok(w.named("pageview").slice(1).every(view => view.referrer === undefined));
});

test("the page keeps the result, the errors and the state of its own history calls", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  const seen = await page.evaluate(() => {
    let failed = "";
    try { history.pushState({}, "", "https://elsewhere.example/"); } catch (error) { failed = error.name; }
    history.pushState({ kept: 1 }, "", "/c");
    return [failed, history.state.kept];
  });
  assert.deepEqual(seen, ["SecurityError", 1]);
});

test("a change behind # is a page view only where the site routes by it", async () => {
  const plain = await w.open();
  await w.arrived("pageview");
  await plain.evaluate(() => { location.hash = "two"; });
  await w.settled(plain);
  assert.deepEqual(paths("pageview"), ["/"]);

  const routed = await w.open({ "/": { site: { hash: true } } });
  await w.arrived("pageview");
  await routed.evaluate(() => { location.hash = "/two"; });
  await w.arrived("pageview", 2);
  await w.settled(routed);
  assert.deepEqual(paths("pageview"), ["/", "/#/two"]);
});

test("a page made in advance is counted when it is opened", async () => {
  const page = await w.open({ "/": {} }, () => {
    Object.defineProperty(document, "prerendering", { get: () => !window.opened });
  });
  await page.waitForFunction(() => window.analytics);
  await page.evaluate(() => analytics.track("early"));
  await page.waitForTimeout(50);
  assert.equal(w.collector.requests.length, 0);
  await page.evaluate(() => { window.opened = true; document.dispatchEvent(new Event("prerenderingchange")); });
  await w.arrived("early");
  assert.deepEqual(w.collector.events().map(event => event.name), ["pageview", "early"]);
});

test("a tab opened in the background is counted when it is first looked at, or with its first event", async () => {
  const hidden = () => Object.defineProperty(document, "visibilityState", { get: () => window.state ?? "hidden", configurable: true });
  const looked = await w.open({ "/": {} }, hidden);
  await looked.waitForFunction(() => window.analytics);
  await looked.waitForTimeout(50);
  assert.equal(w.collector.requests.length, 0);
  await looked.evaluate(() => { window.state = "visible"; document.dispatchEvent(new Event("visibilitychange")); });
  await w.arrived("pageview");

  const busy = await w.open({ "/": {} }, hidden);
  await busy.waitForFunction(() => window.analytics);
  await busy.evaluate(() => analytics.track("done"));
  await w.arrived("done");
  assert.deepEqual(w.collector.events().map(event => event.name), ["pageview", "done"]);
});

test("a return through the browser's cache is a page view", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  const views = await w.arrived("pageview", 2);
  assert.notEqual(views[0].id, views[1].id);
});

test("back and forth counts each page once more, with engagement of its own", async () => {
  const page = await w.open({ "/": {}, "/b": {} });
  await w.arrived("pageview");
  await page.goto(`${w.site.origin}/b`);
  await w.arrived("pageview", 2);
  await page.goBack({ waitUntil: "commit" });
  await w.arrived("pageview", 3);
  await page.goForward({ waitUntil: "commit" });
  await w.arrived("pageview", 4);
  await w.settled(page);
  assert.deepEqual(paths("pageview"), ["/", "/b", "/", "/b"]);
  const ids = w.named("pageview").map(view => view.id);
  assert.equal(new Set(ids).size, 4);
  assert.deepEqual(w.named("engagement").map(event => event.props.pageview_id), ids.slice(0, 3));
});

test("the snippet twice counts once", async () => {
  const context = await w.fresh({});
  w.pages["/"] = w.html({ head: w.snippet() });
  const page = await w.visit(context);
  await w.arrived("pageview");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => history.pushState({}, "", "/next"));
  await w.arrived("pageview", 2);
  await w.settled(page);
  assert.deepEqual(paths("pageview"), ["/", "/next"]);
});

test("calls of the stub are replayed in order, and a stub function kept by the page still works", async () => {
  const calls = `<script>analytics.set({plan:"pro"});analytics.track("first",{n:1});analytics.revenue(9.5,"EUR",{sku:"x"});
    window.kept=analytics.track</script>`;
  const page = await w.open({ "/": { head: stub + calls } });
  await w.arrived("revenue");
  await page.evaluate(() => kept("late"));
  await w.arrived("late");

  const events = w.collector.events();
  assert.deepEqual(events.map(event => event.name), ["pageview", "first", "revenue", "late"]);
  assert.ok(events.every(event => event.props.plan === "pro"));
  assert.equal(events[1].props.n, 1);
  assert.deepEqual(events[2].revenue, { amount: 9.5, currency: "EUR" });
  assert.equal(events[2].props.sku, "x");
});

test("page() before the script has loaded is the first page view, later one more", async () => {
  const page = await w.open({ "/": { head: `${stub}<script>analytics.page({kind:"article"})</script>` } });
  await w.arrived("pageview");
  await page.evaluate(() => analytics.page({ kind: "gallery" }));
  await w.arrived("pageview", 2);
  await w.settled(page);
  assert.deepEqual(w.named("pageview").map(view => view.props.kind), ["article", "gallery"]);
});

test("page views can be left to the page", async () => {
  const page = await w.open({ "/": { site: { pageviews: false } } });
  await page.waitForFunction(() => window.analytics);
  await page.evaluate(() => { history.pushState({}, "", "/app"); analytics.track("used"); });
  await w.settled(page);
  assert.deepEqual(w.collector.events().map(event => event.name), ["used", "last"]);
  assert.deepEqual(paths("used"), ["/app"]);
});

test("the answer 404 of the page itself is an event", async () => {
  const page = await w.open({});
  const [missing] = await w.arrived("404");
  assert.equal(missing.props.path, "/");
  assert.equal(missing.interactive, false);
  await page.close();
});
