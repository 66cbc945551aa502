import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./harness.mjs";
import { custom, fired, firedTimes, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const ads = { needs: ["ads"] };
const undecided = { consent: {} };

test("without a decision a tag waits, and fires with what was true then when consent comes", async () => {
  const tags = withTags([noting(0, 0, ads, [0]), noting(1, "free")], { ...undecided, triggers: [pageview], variables: [{ kind: "layer", s: { name: "step" } }] });
  const page = await open(tags, { head: `<script>dataLayer=[{step:1}]</script>` });
  assert.deepEqual(await last(page), ["free"]);
  await page.evaluate(() => analytics.consent({ analytics: true }));
  assert.deepEqual(await last(page), ["free"]);
  await page.evaluate(() => analytics.consent({ ads: true }));
  assert.deepEqual(await firedTimes(page, 2), ["free", [1]]);
});

test("what was chosen on an earlier page holds, and a refusal stays one", async () => {
  const tags = withTags([noting(0, "ads", ads), noting(1, "analytics", { needs: ["analytics"] })], { consent: { analytics: 1, ads: 1 }, triggers: [pageview] });
  const page = await open(tags);
  await firedTimes(page, 2);
  await page.evaluate(() => analytics.consent({ ads: false, analytics: true }));
  await page.goto(w.site.origin + "/next");
  assert.deepEqual(await last(page), ["analytics"]);
});

test("what waited in vain is counted as blocked, once", async () => {
  const page = await open(withTags([noting(4, "ads", ads)].map(one => ({ ...one, code: { "c:0": one.code["c:4"] } })), { consent: { ads: 0 }, triggers: [pageview] }));
  await last(page);
  await page.goto("about:blank");
  const report = await until(() => w.collector.reports[0]);
  assert.deepEqual(report.tags, { 5: [0, 0, 1] });
});

test("whoever opted out reports nothing", async () => {
  const page = await open(withTags([noting(0, "x")], { triggers: [pageview] }));
  await firedTimes(page, 1);
  await page.evaluate(() => analytics.optOut());
  await page.goto(w.site.origin + "/next");
  await last(page);
  assert.deepEqual(w.collector.reports, []);
});

test("Global Privacy Control denies ads, and the visitor's own choice wins over it", async () => {
  const tags = withTags([noting(0, "ads", ads), noting(1, "analytics", { needs: ["analytics"] })], { consent: { analytics: 1, ads: 1 }, triggers: [pageview] });
  const page = await open(tags, {}, { prepare: () => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }) });
  assert.deepEqual(await last(page), ["analytics"]);
  await page.evaluate(() => analytics.consent({ ads: true }));
  assert.deepEqual(await firedTimes(page, 2), ["analytics", "ads"]);
});

test("a cookie banner that speaks Google's consent mode is understood", async () => {
  const tags = withTags([noting(0, "ads", ads), noting(1, "consent", { on: [1] })], { consent: { ads: 1 }, triggers: [pageview, { kind: "consent", s: {} }] });
  const banner = `<script>dataLayer=[];function gtag(){dataLayer.push(arguments)}gtag("consent","default",{ad_storage:"denied",analytics_storage:"denied"})</script>`;
  const page = await open(tags, { head: banner });
  assert.deepEqual(await last(page), []);
  await page.evaluate(() => gtag("consent", "update", { ad_storage: "granted" }));
  assert.deepEqual((await firedTimes(page, 2)).sort(), ["ads", "consent"]);
});

test("Google's tags are told the state before anything else, and every change", async () => {
  const page = await open(withTags([noting(0, "x")], { ...undecided, google: 1, triggers: [pageview] }));
  await firedTimes(page, 1);
  await page.evaluate(() => analytics.consent({ ads: true }));
  const said = await page.evaluate(() => dataLayer.filter(m => m[0] == "consent").map(m => [m[1], m[2]]));
  const denied = { security_storage: "granted", analytics_storage: "denied", ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied", personalization_storage: "denied", functionality_storage: "denied" };
  assert.deepEqual(said, [["default", { ...denied, wait_for_update: 500 }], ["update", { ...denied, ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted" }]]);
});

test("a choice in another tab counts here too", async () => {
  const page = await open(withTags([noting(0, "ads", ads)], { ...undecided, triggers: [pageview] }));
  await last(page);
  const other = await page.context().newPage();
  await other.goto(w.site.origin + "/next");
  await other.waitForFunction(() => window.analytics);
  await other.evaluate(() => analytics.consent({ ads: true }));
  assert.deepEqual(await firedTimes(page, 1), ["ads"]);
  assert.deepEqual(await fired(page), ["ads"]);
});

const gtag = `dataLayer=[];function gtag(){dataLayer.push(arguments)}`;
const spoken = page => page.evaluate(() => dataLayer.filter(m => m[0] == "consent").map(m => m[2]).at(-1));

test("a banner's partial refusal stays one, signal by signal, and is a no to ads", async () => {
  const page = await open(withTags([noting(0, "ads", ads)], { ...undecided, google: 1, triggers: [pageview] }), { head: `<script>${gtag}</script>` });
  await last(page);
  await page.evaluate(() => gtag("consent", "update", { ad_storage: "granted", ad_user_data: "granted", ad_personalization: "denied" }));
  assert.deepEqual(await last(page), []);
  const { ad_storage, ad_user_data, ad_personalization } = await spoken(page);
  assert.deepEqual([ad_storage, ad_user_data, ad_personalization], ["granted", "granted", "denied"]);
  await page.evaluate(() => gtag("consent", "update", { ad_personalization: "granted" }));
  assert.equal((await spoken(page)).ad_personalization, "granted");
});

test("a page that only denies a signal by default is not overruled by what the container grants", async () => {
  const head = `<script>${gtag}gtag("consent","default",{ad_user_data:"denied"})</script>`;
  const page = await open(withTags([noting(0, "ads", ads)], { consent: { ads: 1 }, google: 1, triggers: [pageview] }), { head });
  assert.deepEqual(await last(page), []);
  assert.deepEqual([(await spoken(page)).ad_storage, (await spoken(page)).ad_user_data], ["granted", "denied"]);
});

const everywhere = `gtag("consent","default",{ad_storage:"granted"});`;
for (const [name, calls, expected] of [
  ["a denial for a region counts, also after a grant for all", everywhere + `gtag("consent","default",{ad_storage:"denied",region:["DE"]})`, []],
  ["a denial for a region counts, also before a grant for all", `gtag("consent","default",{ad_storage:"denied",region:["DE"]});` + everywhere, []],
  ["a grant for a region is none for others, before a denial for all", `gtag("consent","default",{ad_storage:"granted",region:["US"]});gtag("consent","default",{ad_storage:"denied"})`, []],
  ["a grant for a region is none for others, after a denial for all", `gtag("consent","default",{ad_storage:"denied"});gtag("consent","default",{ad_storage:"granted",region:["US"]})`, []],
  ["a grant for all is one", everywhere, ["ads"]],
])
  test(name, async () => {
    const page = await open(withTags([noting(0, "ads", ads)], { ...undecided, triggers: [pageview] }), { head: `<script>${gtag}${calls}</script>` });
    assert.deepEqual(await last(page), expected);
    await page.evaluate(() => gtag("consent", "update", { ad_storage: "granted" }));
    assert.deepEqual(await firedTimes(page, 1), ["ads"]);
  });

test("of a banner's choice and one through analytics.js the later counts, also from another tab", async () => {
  const tags = withTags([noting(0, 0, ads, [0])], { ...undecided, triggers: [custom("go")], variables: [{ kind: "fact", s: { name: "at" } }] });
  const page = await open(tags, { head: `<script>${gtag}</script>` });
  const go = at => page.evaluate(at => void dataLayer.push({ event: "go", at }), at);
  await last(page);
  await page.evaluate(() => analytics.consent({ ads: true }));
  await page.goto(w.site.origin + "/next");
  await go("kept");
  await last(page);
  await page.evaluate(() => gtag("consent", "update", { ad_storage: "denied" }));
  await go("denied by the banner");
  await page.evaluate(() => analytics.consent({ ads: true }));
  await go("granted again");
  assert.deepEqual(await last(page), [["kept"], ["granted again"]]);
  await page.evaluate(() => gtag("consent", "update", { ad_storage: "granted" }));
  const other = await page.context().newPage();
  await other.goto(w.site.origin + "/next");
  await other.waitForFunction(() => window.analytics);
  await other.evaluate(() => analytics.consent({ ads: false }));
  await page.waitForFunction(() => !JSON.parse(localStorage["analytics.st_0123456789abcdef"]).consent.ads);
  await until(async () => {
    const before = (await last(page)).length;
    await go("denied in another tab");
    return (await last(page)).length == before;
  });
});
