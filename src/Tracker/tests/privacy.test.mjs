import assert from "node:assert/strict";
import { test } from "node:test";
import { stub, until, world } from "./harness.mjs";

const w = world();
const key = "analytics.st_0123456789abcdef";
const consented = { "/": { site: { consented: true } } };
const uuid = /^[0-9a-f-]{36}$/;
const state = page => page.evaluate(key => JSON.parse(localStorage[key] ?? "null"), key);

/** Everything a page can leave on a device. */
const device = page => page.evaluate(async () => ({
  cookie: document.cookie, local: { ...localStorage }, session: { ...sessionStorage },
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
}));
const nothing = { cookie: "", local: {}, session: {}, databases: 0, caches: 0 };

test("in mode B nothing is written to the device, whatever the page does and however sending fails", async () => {
  const context = await w.fresh();
  w.collector.answers = [503];
  const page = await w.visit(context);
  await until(() => w.collector.requests.length);
  await page.evaluate(() => {
    analytics.identify("u1", { plan: "pro" });
    analytics.set({ a: 1 });
    analytics.track("done");
    history.pushState({}, "", "/next");
  });
  await w.arrived("done");
  assert.deepEqual(await device(page), nothing);
  assert.deepEqual(await context.cookies(), []);
  assert.ok(w.collector.events().every(event => event.visitorId === undefined));
});

test("consent begins mode A with an id that lives 13 months and survives the page", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => { analytics.consent({ analytics: true, ads: false }); analytics.track("agreed"); });
  const [agreed] = await w.arrived("agreed");
  assert.match(agreed.visitorId, uuid);
  assert.deepEqual(agreed.context.consent, { analytics: true, ads: false });
  const days = ((await state(page)).until - Date.now()) / 864e5;
  assert.ok(days > 390 && days < 400);

  await page.reload();
  const [, again] = await w.arrived("pageview", 2);
  assert.equal(again.visitorId, agreed.visitorId);
});

test("engagement keeps the mode of its page view", async () => {
  const page = await w.open({ "/": {}, "/other": "<title>other</title>" });
  await w.arrived("pageview");
  await page.evaluate(() => analytics.consent({ analytics: true }));
  await page.goto(`${w.site.origin}/other`);
  const [engagement] = await w.arrived("engagement");
  assert.equal(engagement.visitorId, undefined);
});

test("an id older than 13 months is replaced", async () => {
  const page = await w.open(consented);
  const [first] = await w.arrived("pageview");
  await page.evaluate(key => {
    localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), until: Date.now() - 1, user: "old" });
  }, key);
  await page.reload();
  const [, second] = await w.arrived("pageview", 2);
  assert.match(second.visitorId, uuid);
  assert.notEqual(second.visitorId, first.visitorId);
  assert.equal(second.userId, undefined);
});

test("withdrawing consent deletes the id and the queue and is remembered", async () => {
  const context = await w.fresh(consented);
  w.collector.answers = Array(20).fill(503);
  const page = await w.visit(context);
  await until(() => w.collector.requests.length);
  await page.evaluate(() => { analytics.identify("u1"); analytics.track("unsent"); });
  await until(async () => (await state(page)).named?.userId === "u1");
  await page.evaluate(() => analytics.consent({ analytics: false }));
  assert.deepEqual(await device(page), { ...nothing, local: { [key]: `{"consent":{"analytics":false}}` } });

  w.collector.answers = [];
  await page.reload();
  await w.arrived("pageview");
  const events = await w.settled(page);
  assert.deepEqual(events.map(event => event.name), ["pageview"]);
  assert.deepEqual([events[0].visitorId, events[0].userId], [undefined, undefined]);
});

test("a request under way does not bring back what was withdrawn", async () => {
  const context = await w.fresh(consented);
  let answer;
  w.collector.answers = [];
  await context.route("**/v1/batch", async route => {
    if (answer) return route.continue();
    await new Promise(resolve => { answer = resolve; });
    return route.fulfill({ status: 503, headers: { "Access-Control-Allow-Origin": "*" } });
  });
  const page = await w.visit(context);
  await until(() => answer);
  await page.evaluate(() => analytics.consent({ analytics: false }));
  answer();
  const events = await w.settled(page);
  assert.ok(events.every(event => event.visitorId === undefined));
});

test("Global Privacy Control keeps the visitor in mode B where the site would begin with A", async () => {
  const gpc = () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  const page = await w.open(consented, gpc);
  const [view] = await w.arrived("pageview");
  assert.equal(view.visitorId, undefined);
  assert.deepEqual(await device(page), nothing);
});

test("Do Not Track changes nothing", async () => {
  await w.open(consented, () => Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" }));
  const [view] = await w.arrived("pageview");
  assert.match(view.visitorId, uuid);
});

test("ids of an earlier mode A go when the visitor is in mode B now", async () => {
  const context = await w.fresh(consented);
  const page = await w.visit(context);
  await w.arrived("pageview");
  w.pages["/"] = w.html();
  await page.reload();
  const [, second] = await w.arrived("pageview", 2);
  assert.equal(second.visitorId, undefined);
  assert.deepEqual(await device(page), nothing);
});

test("a withdrawal does not count the page again, and nothing ties the two modes together", async () => {
  const page = await w.open({ ...consented, "/other": "<title>other</title>" });
  const [view] = await w.arrived("pageview");
  await page.evaluate(() => { analytics.consent({ analytics: false }); analytics.track("anonymous"); });
  await w.arrived("anonymous");
  await page.goto(`${w.site.origin}/other`);
  await page.goto(w.site.origin);
  await w.arrived("pageview", 2);
  const later = w.collector.events().slice(1);
  assert.deepEqual(later.map(event => event.name), ["anonymous", "pageview"]);
  assert.ok(!JSON.stringify(later).includes(view.id) && !JSON.stringify(later).includes(view.visitorId));
});

test("only true is consent", async () => {
  const page = await w.open();
  await w.arrived("pageview");
  await page.evaluate(() => { analytics.consent({ analytics: "denied" }); analytics.track("after"); });
  const [after] = await w.arrived("after");
  assert.equal(after.visitorId, undefined);
});

test("identify called before the script has loaded names the page view and is stored in mode A", async () => {
  const page = await w.open({ "/": { ...consented["/"], head: `${stub}<script>analytics.identify("u7")</script>` } });
  await w.arrived("identify");
  assert.deepEqual(w.collector.events().map(event => [event.name, event.userId]), [["pageview", "u7"], ["identify", "u7"]]);
  assert.equal((await state(page)).named.userId, "u7");
});

test("identify names this and all later events; stored in mode A only; null ends it", async () => {
  const context = await w.fresh(consented);
  const page = await w.visit(context);
  await w.arrived("pageview");
  await page.evaluate(() => { analytics.identify(42, { plan: "pro" }); analytics.track("bought"); });
  await w.arrived("bought");
  const [identify] = w.named("identify");
  assert.deepEqual([identify.userId, identify.props.plan, identify.interactive], ["42", "pro", false]);
  assert.equal(w.named("bought")[0].userId, "42");

  await page.reload();
  const [, second] = await w.arrived("pageview", 2);
  assert.equal(second.userId, "42");
  await page.evaluate(() => { analytics.identify(null); analytics.track("anonymous"); });
  const [anonymous] = await w.arrived("anonymous");
  assert.equal(anonymous.userId, undefined);
});

test("a signature goes with its user id, on this and on later pages, and with no other", async () => {
  const context = await w.fresh(consented);
  const page = await w.visit(context);
  await w.arrived("pageview");
  await page.evaluate(() => analytics.identify("u1", { plan: "pro" }, "5167"));
  assert.equal((await w.arrived("identify"))[0].userSignature, "5167");
  await page.reload();
  const [, second] = await w.arrived("pageview", 2);
  assert.deepEqual([second.userId, second.userSignature], ["u1", "5167"]);
  await page.evaluate(() => { analytics.identify("u2"); analytics.track("other"); analytics.identify(null); analytics.track("nobody"); });
  const [nobody] = await w.arrived("nobody");
  assert.deepEqual([w.named("other")[0].userId, w.named("other")[0].userSignature], ["u2", undefined]);
  assert.deepEqual([nobody.userId, nobody.userSignature], [undefined, undefined]);
});

test("after optOut nothing is sent until optIn, on this and on later pages", async () => {
  const page = await w.open(consented);
  await w.arrived("pageview");
  await page.evaluate(() => { analytics.track("unsent"); analytics.optOut(); analytics.track("refused"); });
  assert.deepEqual(await device(page), { ...nothing, local: { [key]: `{"out":true}` } });
  await page.reload();
  await page.waitForFunction(() => window.analytics);
  await page.evaluate(() => { history.pushState({}, "", "/next"); analytics.track("refused"); analytics.optIn(); });
  await page.evaluate(() => analytics.track("back"));
  await w.arrived("back");
  assert.deepEqual(w.collector.events().map(event => event.name), ["pageview", "pageview", "back"]);
});

test("a choice that the stub holds comes before the first page view", async () => {
  const agreed = await w.open({ "/": { head: `${stub}<script>analytics.consent({analytics:true})</script>` } });
  const [view] = await w.arrived("pageview");
  assert.match(view.visitorId, uuid);
  await agreed.close();

  const refused = await w.open({ "/": { head: `${stub}<script>analytics.optOut()</script>` } });
  await refused.waitForFunction(() => analytics.optIn);
  await refused.evaluate(() => { analytics.optIn(); analytics.track("back"); });
  await w.arrived("back");
  assert.equal(w.collector.requests.length, 1);
});
