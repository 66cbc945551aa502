import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./harness.mjs";
import { custom, fired, firedTimes, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const names = { tags: ["Draft tag", "Never"], triggers: ["All pages", "On go"], variables: ["Plan"] };
const draft = () => withTags([noting(0, "draft"), noting(1, "never", { on: [1] })], {
  version: 0, names, triggers: [pageview, { ...custom("go"), when: [[{ $: [0] }, "equals", "pro"]] }], variables: [{ kind: "layer", s: { name: "plan" } }],
});
const live = () => withTags([noting(0, "live")], { triggers: [pageview] });

test("a link shows the draft in place of what is live, says why, and lasts over pages", async () => {
  const page = await open(live(), { head: `<style>tag-preview,body *,section,button{display:none!important;color:red!important}</style>` }, { path: "/#tag_preview=good", draft: draft() });
  assert.deepEqual(await firedTimes(page, 1), ["draft"]);
  assert.equal(page.url(), w.site.origin + "/");
  const panel = page.locator("tag-preview");
  await panel.getByText("Preview of the draft").waitFor();
  await page.evaluate(() => dataLayer.push({ plan: "free" }, { event: "go" }));
  await panel.getByRole("button", { name: /go/ }).last().click();
  await panel.getByText(`On go: Plan = "free" is "pro": does not hold`).waitFor();
  await panel.getByText("All pages: waits for something else").waitFor();
  await panel.getByRole("button", { name: "Variables", exact: true }).click();
  await panel.getByText(`"free"`).waitFor();
  await panel.getByRole("button", { name: "Consent", exact: true }).click();
  await panel.getByText("granted").first().waitFor();
  await page.goto(w.site.origin + "/next");
  assert.deepEqual(await firedTimes(page, 1), ["draft"]);
  await page.evaluate(() => document.documentElement.replaceChild(document.createElement("body"), document.body));
  await panel.getByRole("button", { name: "End the preview" }).click();
  await page.waitForFunction(() => (window.fired ?? [])[0] == "live");
  assert.deepEqual(w.collector.reports.filter(report => report.version == 0), []);
});

test("a preview that is over gives way to what is live", async () => {
  const page = await open(live(), {}, { path: "/#tag_preview=over" });
  assert.deepEqual(await firedTimes(page, 1), ["live"]);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test("a draft can be seen before anything is published, others see nothing", async () => {
  const page = await open(undefined, {}, { path: "/#tag_preview=good", draft: draft() });
  assert.deepEqual(await firedTimes(page, 1), ["draft"]);
  const other = await open(undefined, {}, { draft: draft() });
  await w.arrived("pageview");
  assert.deepEqual(await fired(other), []);
  assert.equal(await other.locator("tag-preview").count(), 0);
});

test("the panel shows what waits for consent, and that it fired when it came", async () => {
  const tags = withTags([noting(0, "ads", { needs: ["ads"] })], { version: 0, consent: {}, names: { ...names, tags: ["Ads tag"] }, triggers: [pageview] });
  const page = await open(undefined, {}, { path: "/#tag_preview=good", draft: tags });
  await last(page);
  const panel = page.locator("tag-preview");
  await panel.getByRole("button", { name: /gtm\.js/ }).click();
  await panel.getByText("consent to ads is missing").waitFor();
  await page.evaluate(() => analytics.consent({ ads: true }));
  await firedTimes(page, 1);
  await panel.getByRole("button", { name: /gtm\.js · 1 fired/ }).waitFor();
});

/** The newest state of each moment, as the portal keeps it. */
const told = () => [...new Map(w.collector.mirrored.flatMap(post => post.moments).map(moment => [moment.page + ":" + moment.n, moment])).values()];

test("what the panel shows is told to the portal, with the token, over pages, and again when it changes", async () => {
  const tags = withTags([noting(0, "draft"), noting(1, "ads", { needs: ["ads"] })],
    { version: 0, consent: {}, names: { ...names, tags: ["Draft tag", "Ads tag"] }, triggers: [pageview], variables: [{ kind: "layer", s: { name: "plan" } }] });
  const page = await open(undefined, { head: `<script>dataLayer=[{plan:"pro"}]</script>` }, { path: "/#tag_preview=good", draft: tags });
  const seen = event => until(() => told().find(moment => moment.event == event && moment.tags[0].state != "fires"), event);
  const view = await seen("gtm.js");
  assert.deepEqual(view.tags, [{ name: "Draft tag", state: "fired", why: ["All pages: holds"] }, { name: "Ads tag", state: "waits for consent", why: ["consent to ads is missing", "All pages: holds"] }]);
  assert.deepEqual([view.url, view.variables, view.layer, view.consent[1]], [w.site.origin + "/", [["Plan", `"pro"`]], `{"plan":"pro"}`, ["ads", "not decided"]]);
  await page.evaluate(() => analytics.consent({ ads: true }));
  await until(() => told().find(moment => moment.event == "gtm.js" && moment.tags[1].state == "fired"), "the moment is told again");
  await page.goto(w.site.origin + "/next");
  await until(() => new Set(told().filter(moment => moment.event == "gtm.load").map(moment => moment.page)).size == 2, "the second page is told");
  assert.ok(w.collector.mirrored.every(post => post.token == "good" && post.writeKey == "st_0123456789abcdef"));
});

test("what is too long for one message is told in several, or without its values", async () => {
  const tags = withTags([noting(0, "draft", { on: [1] })], {
    version: 0, names, triggers: [pageview, custom("go")], variables: Array.from({ length: 60 }, (_, at) => ({ kind: "constant", s: { of: "x".repeat(at < 8 ? 1500 : 1) } })),
  });
  tags.names = { ...names, variables: tags.variables.map((_, at) => "V" + at) };
  const page = await open(undefined, {}, { path: "/#tag_preview=good", draft: tags });
  await last(page);
  await page.evaluate(() => { for (let i = 0; i < 20; i++) dataLayer.push({ event: "go", i }); });
  await until(() => told().filter(moment => moment.event == "go").length == 20, "all moments are told");
  assert.ok(w.collector.mirrored.every(post => JSON.stringify(post).length < 64_000));
  assert.ok(told().every(moment => moment.variables.length == 60));
  await page.evaluate(() => dataLayer.push({ event: "big", values: Array.from({ length: 40 }, (_, i) => "y".repeat(900) + i), ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => ["k" + i, "z".repeat(1900)])) }));
  const big = await until(() => told().find(moment => moment.event == "big"), "the big moment is told");
  assert.equal(big.facts, undefined);
  assert.equal(big.tags.length, 1);
});

test("a portal that cannot be told costs the page nothing", async () => {
  const context = await w.fresh({ "/": {} });
  Object.assign(w.collector, { tags: undefined, draft: draft() });
  await context.route(url => url.pathname == "/v1/preview", route => route.abort());
  const page = await w.visit(context, "/#tag_preview=good");
  await firedTimes(page, 1);
  await page.locator("tag-preview").getByText("Preview of the draft").waitFor();
  assert.deepEqual(w.errors, []);
});

test("a link to another host of the site takes the preview along, a link elsewhere does not", async () => {
  const tags = { ...draft(), hosts: ["localhost"] };
  const there = w.site.origin.replace("127.0.0.1", "localhost");
  const body = `<a id="own" href="${there}/next">own</a><a id="else" href="http://else.test/">else</a>`;
  const page = await open(live(), { body }, { path: "/#tag_preview=good", draft: tags });
  await firedTimes(page, 1);
  await page.evaluate(() => document.querySelector("#else").addEventListener("click", event => event.preventDefault()));
  await page.locator("tag-preview").getByRole("button", { name: "Smaller" }).click();
  await page.click("#else");
  assert.equal(await page.evaluate(() => document.querySelector("#else").hash), "");
  await page.click("#own");
  await page.waitForURL(there + "/next");
  assert.deepEqual(await firedTimes(page, 1), ["draft"]);
  await page.locator("tag-preview").getByText("Preview of the draft").waitFor();
});
