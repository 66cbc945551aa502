import assert from "node:assert/strict";
import { test } from "node:test";
import { until, world } from "./harness.mjs";

const w = world();
const other = "<title>other</title>";
const retried = (status, events = w.collector.requests) =>
  until(() => events.length > 1 && events.at(-1).status === 202 && events, `the batch answered ${status} was sent again`);

for (const status of [0, 503, 429, 408])
  test(`a batch that met ${status || "a broken connection"} is sent again with the same event ids`, async () => {
    const context = await w.fresh();
    w.collector.answers = [status];
    await w.visit(context);
    const [first, ...later] = await retried(status);
    assert.deepEqual(later.at(-1).batch.map(event => event.id).slice(0, 1), first.batch.map(event => event.id));
    assert.deepEqual(later.at(-1).batch[0], first.batch[0]);
  });

test("Retry-After is respected", async () => {
  const context = await w.fresh();
  w.collector.answers = [{ status: 503, headers: { "Retry-After": "3" } }];
  await w.visit(context);
  const [first, second] = await retried(503);
  assert.ok(second.at - first.at >= 2900);
});

test("a batch that is refused is dropped, what comes later is sent", async () => {
  const context = await w.fresh();
  w.collector.answers = [400];
  const page = await w.visit(context);
  await until(() => w.collector.requests.length);
  await w.settled(page);
  assert.deepEqual(w.collector.requests.map(request => request.status), [400, 202]);
  assert.deepEqual(w.collector.events().map(event => event.name), ["last"]);
});

test("events of a moment share a request", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => { for (let i = 0; i < 5; i++) analytics.track("step", { i }); });
  await w.arrived("step", 5);
  assert.equal(w.collector.requests.length, 2);
  assert.deepEqual(w.named("step").map(event => event.props.i), [0, 1, 2, 3, 4]);
});

test("what is over the quota of beacons and keepalive requests is split", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => { for (let i = 0; i < 100; i++) analytics.track("big", { text: "ü".repeat(900) }); });
  await w.arrived("big", 100);
  assert.equal(new Set(w.named("big").map(event => event.id)).size, 100);
  assert.ok(w.collector.requests.length >= 4);
  assert.ok(w.collector.requests.every(request => request.bytes < 65_536));
});

test("an event that is over the quota on its own arrives", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => analytics.track("huge", { text: "x".repeat(100_000) }));
  const [huge] = await w.arrived("huge");
  assert.equal(huge.props.text.length, 100_000);
});

test("events tracked while the page goes away arrive", async () => {
  const page = await w.open({ "/": {}, "/other": other });
  await w.arrived("pageview");
  await page.evaluate(() => addEventListener("pagehide", () => analytics.track("bye")));
  await page.evaluate(() => analytics.track("soon"));
  await page.goto(`${w.site.origin}/other`);
  await w.arrived("soon");
  await w.arrived("bye");
});

test("more than the bound of waiting events is not kept", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => { for (let i = 0; i < 1000; i++) analytics.track("loop", { i }); });
  await w.arrived("loop", 200);
  await w.settled(page);
  assert.equal(w.named("loop").length, 200);
});

test("in mode A unsent events wait on the device for the next page, with the same ids", async () => {
  const context = await w.fresh({ "/": { site: { consented: true } }, "/other": other });
  w.collector.answers = Array(20).fill(503);
  const page = await w.visit(context);
  await until(() => w.collector.requests.length);
  await page.evaluate(() => analytics.track("kept"));
  await page.goto(`${w.site.origin}/other`);
  const queue = await page.evaluate(() => JSON.parse(localStorage["analytics.st_0123456789abcdef.queue"]));
  assert.deepEqual(queue.map(event => event.name).slice(0, 2), ["pageview", "kept"]);

  w.collector.answers = [];
  await page.goto(w.site.origin);
  await w.arrived("pageview", 2);
  assert.deepEqual(w.collector.events().slice(0, 2).map(event => event.id), queue.slice(0, 2).map(event => event.id));
  await w.settled(page);
  assert.equal(await page.evaluate(() => localStorage["analytics.st_0123456789abcdef.queue"]), undefined);
  const ids = w.collector.events().map(event => event.id);
  assert.equal(new Set(ids).size, ids.length);
});

test("only what could not be sent is kept: nothing is stored while requests succeed", async () => {
  const context = await w.fresh({ "/": { site: { consented: true } } });
  const held = [];
  await context.route("**/v1/batch", route => held.push(route));
  const page = await w.visit(context);
  await until(() => held.length === 1);
  await page.evaluate(() => analytics.track("meanwhile"));
  await held[0].continue();
  await until(() => held.length === 2);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["analytics.st_0123456789abcdef"]);
  await held[1].continue();
  await w.arrived("meanwhile");
});

test("two tabs that cannot send do not lose each other's events", async () => {
  const context = await w.fresh({ "/": { site: { consented: true } }, "/other": other });
  const tabs = [await w.visit(context), await w.visit(context)];
  await w.arrived("pageview", 2);
  w.collector.answers = Array(50).fill(503);
  for (const [index, tab] of tabs.entries()) await tab.evaluate(name => analytics.track(name), `tab${index}`);
  const failed = () => w.collector.requests.filter(request => request.status === 503).flatMap(request => request.batch);
  await until(() => ["tab0", "tab1"].every(name => failed().some(event => event.name === name)));
  for (const tab of tabs) await tab.goto(`${w.site.origin}/other`);
  w.collector.answers = [];
  await w.visit(context);
  await w.arrived("tab0");
  await w.arrived("tab1");
});

test("a callback runs once the event is sent, and also when nothing may be sent", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => new Promise(callback => { analytics.track("called", {}, { callback }); }));
  assert.equal(w.named("called").length, 1);
  await page.evaluate(() => analytics.optOut());
  await page.evaluate(() => new Promise(callback => { analytics.track("silent", {}, { callback }); }));
});
