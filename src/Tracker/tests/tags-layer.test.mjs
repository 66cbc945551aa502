// Google's command queue and the data layer are one list: what tags say there, and what was there before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { custom, fired, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const ga4 = { tag: { n: 9, t: "ga4-event", s: { id: "G-1", name: "purchase" }, on: [0], limit: "event" }, code: {} };
const ads = { tag: { n: 8, t: "google-ads", s: { id: "AW-1", label: "l" }, on: [0], limit: "event" }, code: {} };
const answered = page => page.route(url => url.hostname.endsWith("googletagmanager.com"), route => route.fulfill({ contentType: "text/javascript", body: "" }));
const events = page => page.evaluate(() => dataLayer.filter(m => m[0] == "event").map(m => m[1]));

for (const [name, tag, trigger, event] of [
  ["GA4 event", ga4, custom("purchase"), "purchase"],
  ["GA4 event on an expression", ga4, { kind: "custom", s: { name: "^(purchase|paid)$", regex: 1 } }, "paid"],
  ["Ads conversion", ads, custom("conversion"), "conversion"],
])
  test(`what a tag tells Google does not fire it again: ${name}`, async () => {
    const page = await open(withTags([noting(0, "once"), tag], { triggers: [trigger] }));
    await answered(page);
    await last(page);
    // Bounded, so that a loop fails here and hangs nothing.
    const count = await page.evaluate(event => {
      const push = dataLayer.push;
      let pushed = 0;
      dataLayer.push = function (...messages) {
        if (++pushed > 20) throw new Error("loops");
        return push.apply(dataLayer, messages);
      };
      dataLayer.push({ event });
      return pushed;
    }, event);
    assert.ok(count < 20, `${count} messages`);
    assert.deepEqual(await last(page), ["once"]);
    assert.deepEqual(await events(page), [tag == ads ? "conversion" : "purchase"]);
  });

test("two containers that tell Google of the same event do not answer each other", async () => {
  const container = id => withTags([noting(0, id), ga4], { id, google: 1, triggers: [custom("purchase")] });
  const page = await open(container("st_0123456789abcdef"));
  await answered(page);
  await last(page);
  w.collector.tags = container("st_other00000000000");
  await page.addScriptTag({ url: `${w.collector.origin}/js/st.js?site=${encodeURIComponent(JSON.stringify({ id: "st_other00000000000", pageviews: false }))}` });
  await last(page);
  await page.evaluate(() => {
    const push = dataLayer.push;
    let pushed = 0;
    dataLayer.push = (...messages) => (++pushed > 20 ? 0 : push.apply(dataLayer, messages));
    dataLayer.push({ event: "purchase" });
  });
  assert.deepEqual((await last(page)).sort(), ["st_0123456789abcdef", "st_other00000000000"]);
  assert.deepEqual(await events(page), ["purchase", "purchase"]);
});

test("an event by gtag() that was there before the script comes after the page's first moments", async () => {
  const head = `<script>dataLayer=[{plan:"pro"}];function gtag(){dataLayer.push(arguments)}gtag("js",new Date());gtag("event","early",{value:1})</script>`;
  const tags = withTags([noting(0, 0, { on: [0, 1] }, [0, 1])],
    { triggers: [pageview, custom("early")], variables: [{ kind: "event", s: {} }, { kind: "layer", s: { name: "plan" } }] });
  assert.deepEqual(await last(await open(tags, { head })), [["gtm.js", "pro"], ["early", "pro"]]);
});

test("gtag() cannot push the tag manager's own moments either", async () => {
  const page = await open(withTags([noting(0, "view")], { triggers: [pageview] }));
  await last(page);
  await page.evaluate(() => (function () { dataLayer.push(arguments); })("event", "gtm.js"));
  await last(page);
  assert.deepEqual(await fired(page), ["view"]);
});
