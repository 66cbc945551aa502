import assert from "node:assert/strict";
import { test } from "node:test";
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
