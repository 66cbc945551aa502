import assert from "node:assert/strict";
import { test } from "node:test";
import { world } from "./harness.mjs";

const w = world();
const tall = { "/": { body: `<div style="height:4000px"></div>` }, "/other": "<title>other</title>" };

test("leaving sends the engagement of the page view by beacon", async () => {
  const page = await w.open(tall);
  const [view] = await w.arrived("pageview");
  await page.evaluate(() => scrollTo(0, 1500));
  await page.waitForFunction(() => scrollY === 1500);
  await page.waitForTimeout(120);
  await page.goto(`${w.site.origin}/other`);
  const [engagement] = await w.arrived("engagement");
  const request = w.collector.requests.at(-1);

  assert.equal(engagement.props.pageview_id, view.id);
  assert.equal(engagement.url, view.url);
  assert.ok(engagement.props.engagement_ms >= 100);
  assert.ok(engagement.props.scroll_depth > 40 && engagement.props.scroll_depth < 70, `${engagement.props.scroll_depth}`);
  assert.ok(Number.isInteger(engagement.props.scroll_depth));
  assert.equal(request.headers["sec-fetch-mode"], "no-cors");
  assert.match(request.headers["content-type"], /^text\/plain/);
});

test("a navigation inside the page ends the old page view and begins to measure the new one", async () => {
  const page = await w.open(tall);
  const [first] = await w.arrived("pageview");
  await page.evaluate(() => scrollTo(0, 4000));
  await page.waitForFunction(() => scrollY > 3000);
  await page.waitForTimeout(50);
  await page.evaluate(() => history.pushState({}, "", "/a"));
  const [, second] = await w.arrived("pageview", 2);
  await page.waitForTimeout(50);
  await page.goto(`${w.site.origin}/other`);
  const [before, after] = await w.arrived("engagement", 2);

  assert.deepEqual([before.props.pageview_id, before.url], [first.id, first.url]);
  assert.equal(before.props.scroll_depth, 100);
  assert.deepEqual([after.props.pageview_id, after.url], [second.id, second.url]);
  assert.ok(after.props.scroll_depth < 50, "the new page begins at its top");
});

test("each event of one page view carries only the time since the last one", async () => {
  const page = await w.open(tall, () => {
    Object.defineProperty(document, "visibilityState", { get: () => window.state ?? "visible" });
    window.show = state => { window.state = state; document.dispatchEvent(new Event("visibilitychange")); };
  });
  await w.arrived("pageview");
  await page.waitForTimeout(60);
  await page.evaluate(() => show("hidden"));
  await w.arrived("engagement");
  await page.waitForTimeout(60);
  await page.evaluate(() => { window.begin = performance.now(); show("visible"); });
  await page.waitForTimeout(60);
  const stretch = await page.evaluate(() => { show("hidden"); return performance.now() - begin; });
  const events = await w.arrived("engagement", 2);

  assert.equal(new Set(events.map(event => event.props.pageview_id)).size, 1);
  assert.ok(events.every(event => event.props.engagement_ms >= 50));
  assert.ok(events[1].props.engagement_ms <= stretch + 1, "neither hidden time nor what was sent before counts");
});

test("time without focus is not engagement", async () => {
  const page = await w.open(tall, () => { document.hasFocus = () => false; });
  await w.arrived("pageview");
  await page.waitForTimeout(100);
  await page.goto(`${w.site.origin}/other`);
  const [engagement] = await w.arrived("engagement");
  assert.equal(engagement.props.engagement_ms, 0);
  assert.ok(engagement.props.scroll_depth > 0);
});

test("a page that stays open shows that it is still read", async () => {
  // A time-out of 12 ms instead of 30 minutes: it reports every 6 ms.
  await w.open({ "/": { site: { timeout: 0.0002 } } });
  const events = await w.arrived("engagement", 3);
  assert.ok(events.every(event => event.props.engagement_ms > 0));
});

test("engagement can be switched off", async () => {
  const page = await w.open({ ...tall, "/": { site: { engagement: false } } });
  await w.arrived("pageview");
  await w.settled(page);
  await page.evaluate(() => analytics.track("leaving"));
  await page.goto(`${w.site.origin}/other`);
  await w.arrived("leaving");
  assert.equal(w.named("engagement").length, 0);
});
