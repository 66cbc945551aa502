// What waits for consent, for how long, and what it says when it fires.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./harness.mjs";
import { custom, fired, firedTimes, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const go = custom("go");
const ads = { needs: ["ads"] };
const undecided = { consent: {} };
const push = (page, message) => page.evaluate(m => void dataLayer.push(m), message);
const choose = (page, choice) => page.evaluate(c => analytics.consent(c), choice);
const report = async page => {
  await page.goto("about:blank");
  return (await until(() => w.collector.reports[0])).tags;
};

test("a tag that waited says what was true at its moment: address, data layer, objects in it, page", async () => {
  const variables = [{ kind: "layer", s: { name: "step" } }, { kind: "url", s: { part: "path" } }, { kind: "layer", s: { name: "cart" } },
    { kind: "element", s: { name: "#price" } }, { kind: "fact", s: { name: "at" } }];
  const tags = withTags([noting(0, 0, ads, [0, 1, 2, 3, 4])], { ...undecided, triggers: [go], variables });
  const page = await open(tags, { body: `<b id="price">9.90</b>` });
  await last(page);
  await push(page, { event: "go", step: 1, cart: { items: ["a"] }, at: "first" });
  await page.evaluate(() => {
    history.pushState({}, "", "/inside");
    document.querySelector("#price").textContent = "19.90";
  });
  await push(page, { event: "go", step: 2, cart: { items: ["b"] }, at: "second" });
  await push(page, { step: 3, cart: { items: ["c"] } });
  await page.evaluate(() => history.pushState({}, "", "/later"));
  await choose(page, { ads: true });
  assert.deepEqual(await last(page), [[1, "/", { items: ["a"] }, "9.90", "first"], [2, "/inside", { items: ["b"] }, "19.90", "second"]]);
});

test("what is fixed in a tag's settings waits with its values too", async () => {
  const tags = withTags([], { consent: {}, triggers: [pageview], variables: [{ kind: "url", s: { part: "path" } }] });
  tags.tags = [{ n: 1, t: "event", s: { name: { $: ["seen ", 0] } }, on: [0], limit: "event", needs: ["ads"] }];
  const page = await open(tags);
  await last(page);
  await page.evaluate(() => history.pushState({}, "", "/inside"));
  await choose(page, { ads: true });
  await w.arrived("seen /");
});

test("what consent itself gives is as it is when the tag fires", async () => {
  const variables = [{ kind: "visitor", s: { part: "type" } }, { kind: "consent", s: { name: "analytics" } }, { kind: "lookup", s: { of: { $: [0] }, rows: [{ k: "new", v: "first visit" }] } }];
  const page = await open(withTags([noting(0, 0, { needs: ["analytics"] }, [0, 1, 2])], { ...undecided, triggers: [pageview], variables }));
  await last(page);
  await choose(page, { analytics: true });
  assert.deepEqual(await firedTimes(page, 1), [["new", "granted", "first visit"]]);
});

test("what is done after a no is not made up for by a later yes, and is counted at once", async () => {
  const page = await open(withTags([noting(0, 0, ads, [0])], { ...undecided, triggers: [go], variables: [{ kind: "fact", s: { name: "at" } }] }));
  await last(page);
  await push(page, { event: "go", at: "undecided" });
  await choose(page, { ads: false });
  await push(page, { event: "go", at: "refused" });
  await choose(page, { ads: true });
  assert.deepEqual(await last(page), []);
  await push(page, { event: "go", at: "granted" });
  assert.deepEqual(await last(page), [["granted"]]);
  assert.deepEqual(await report(page), { 1: [1, 0, 2] });
});

test("a no to what is denied anyway is a no: it drops what waited", async () => {
  const page = await open(withTags([noting(0, "ads", ads), noting(1, "decided", { on: [1] })], { consent: { ads: 0, analytics: 1 }, triggers: [go, { kind: "consent", s: {} }] }));
  await choose(page, { analytics: true });
  await push(page, { event: "go" });
  await choose(page, { ads: false });
  await choose(page, { ads: true });
  assert.ok(!(await last(page)).includes("ads"));
});

test("no more than 300 wait", async () => {
  const page = await open(withTags([noting(0, 0, ads, [0])], { ...undecided, triggers: [go], variables: [{ kind: "fact", s: { name: "i" } }] }));
  await last(page);
  await page.evaluate(() => { for (let i = 0; i < 350; i++) dataLayer.push({ event: "go", i }); });
  await choose(page, { ads: true });
  const seen = await last(page);
  assert.deepEqual([seen.length, seen[0], seen[299]], [300, [0], [299]]);
  assert.deepEqual(await report(page), { 1: [300, 0, 50] });
});

test("once per page view holds for each page view that waited", async () => {
  const page = await open(withTags([noting(0, 0, { ...ads, limit: "page" }, [0])],
    { ...undecided, triggers: [go, { kind: "pageview", s: { inside: 1 } }], variables: [{ kind: "url", s: { part: "path" } }] }));
  await last(page);
  for (const path of ["/one", "/two"]) {
    await page.evaluate(to => history.pushState({}, "", to), path);
    await push(page, { event: "go" });
    await push(page, { event: "go" });
  }
  await choose(page, { ads: true });
  assert.deepEqual(await last(page), [["/one"], ["/two"]]);
});

test("once per page view holds during a delay", async () => {
  const page = await open(withTags([noting(0, "late", { delay: 200, limit: "page" }), noting(1, "after", { delay: 400 })], { triggers: [go] }));
  await push(page, { event: "go" });
  await push(page, { event: "go" });
  assert.deepEqual(await firedTimes(page, 3), ["late", "after", "after"]);
});

test("consent that ends during a delay stops the tag, and does not use up its limit", async () => {
  const page = await open(withTags([noting(0, "late", { ...ads, delay: 200, limit: "page" }), noting(1, "after", { delay: 400 })], { triggers: [go] }));
  await push(page, { event: "go" });
  await choose(page, { ads: false });
  assert.deepEqual(await firedTimes(page, 1), ["after"]);
  await choose(page, { ads: true });
  await push(page, { event: "go" });
  assert.deepEqual(await firedTimes(page, 3), ["after", "late", "after"]);
});

const steps = options => withTags([noting(0, "setup", { on: [], ...ads }), noting(1, "main", { before: 0, limit: "page", ...options })], { ...undecided, triggers: [go] });

test("a tag that must not run without the one before it waits for that one's consent too", async () => {
  const page = await open(steps({ strict: 1 }));
  await push(page, { event: "go" });
  assert.deepEqual(await last(page), []);
  await choose(page, { ads: true });
  assert.deepEqual(await firedTimes(page, 2), ["setup", "main"]);
});

test("a tag that may run without the one before it does, and that one is counted as blocked", async () => {
  const page = await open(steps({}));
  await push(page, { event: "go" });
  assert.deepEqual(await firedTimes(page, 1), ["main"]);
  assert.deepEqual(await report(page), { 1: [0, 0, 1], 2: [1, 0, 0] });
});
