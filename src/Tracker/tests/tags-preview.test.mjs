import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./harness.mjs";
import { container, custom, fired, firedTimes, last, noting, open, pageview, w, withTags } from "./containers.mjs";

const names = { tags: ["Draft tag", "Never"], triggers: ["All pages", "On go"], variables: ["Plan"] };
const draft = () => withTags([noting(0, "draft"), noting(1, "never", { on: [1] })], {
  version: 0, names, triggers: [pageview, { ...custom("go"), when: [[{ $: [0] }, "equals", "pro"]] }], variables: [{ kind: "layer", s: { name: "plan" } }],
});
const live = () => withTags([noting(0, "live")], { triggers: [pageview] });

test("a link shows the draft in place of what is live, says why, and lasts over pages", async () => {
  const page = await open(live(), {}, { path: "/#tag_preview=good", draft: draft() });
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

test("no style of the page reaches the panel, important or not", async () => {
  const style = `tag-preview,body *,section,button{display:none!important;color:red!important} :not(:defined){visibility:hidden} html>*,html *{opacity:0;transform:translateX(-9999px)}
    html>*{pointer-events:none;filter:blur(9px);clip-path:inset(50%)} tag-preview{opacity:0!important;transform:scale(0)!important;content-visibility:hidden!important;
    direction:rtl!important;inset:auto auto 100% 100%!important;max-height:0!important;width:0!important}`;
  const page = await open(live(), { head: `<style>${style}</style>` }, { path: "/#tag_preview=good", draft: draft() });
  const panel = page.locator("tag-preview");
  await panel.getByText("Preview of the draft").waitFor();
  const seen = await panel.evaluate(host => {
    const { opacity, transform, filter, clipPath, pointerEvents, direction, color } = getComputedStyle(host);
    const { bottom, width } = host.getBoundingClientRect();
    return { opacity, transform, filter, clipPath, pointerEvents, direction, color, bottom: bottom == innerHeight, width: width == document.documentElement.clientWidth };
  });
  assert.deepEqual(seen, { opacity: "1", transform: "none", filter: "none", clipPath: "none", pointerEvents: "auto", direction: "ltr", color: "rgb(0, 0, 0)", bottom: true, width: true });
  await panel.getByRole("button", { name: "Smaller" }).click();
  await panel.getByRole("button", { name: "Larger" }).waitFor();
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

test("the reasons, variables and data layer are those of the moment, whatever the tags and the page do after it", async () => {
  const path = place => ({ $: [place] });
  const tags = withTags([noting(0, "slow", {}), noting(1, "ads", { needs: ["ads"], on: [0] })], {
    version: 0, consent: {}, names: { tags: ["Slow", "Ads"], triggers: ["Go"], variables: ["Path", "Step"] },
    variables: [{ kind: "url", s: { part: "path" } }, { kind: "layer", s: { name: "step" } }], triggers: [{ ...custom("go"), when: [[path(0), "equals", "/"], [path(1), "equals", "one"]] }],
  });
  tags.own["c:0"] = `()=>new Promise(resolve=>{history.pushState({},"","/later");window.goOn=resolve})`;
  const page = await open(undefined, {}, { path: "/#tag_preview=good", draft: tags });
  await last(page);
  await page.evaluate(() => dataLayer.push({ step: "one", event: "go" }));
  await page.evaluate(() => { dataLayer.push({ step: "two" }); goOn(); analytics.consent({ ads: true }); });
  const go = await until(() => told().find(moment => moment.event == "go" && moment.tags.every(tag => tag.state == "fired")), "both have fired");
  const why = [`Go: Path = "/" is "/": holds`, `Go: Step = "one" is "one": holds`];
  assert.deepEqual(go.tags.map(tag => tag.why), [why, why]);
  assert.deepEqual([go.variables, JSON.parse(go.layer).step], [[["Path", `"/"`], ["Step", `"one"`]], "one"]);
});

test("a condition of a tag is told as it was when it was asked, an exception with its conditions", async () => {
  const tags = withTags([noting(0, "first", { priority: 5 }), noting(1, "second", { when: [[{ $: [0] }, "equals", "1"]] }), noting(2, "third", { not: [1], sticky: 1 })], {
    version: 0, names: { tags: ["First", "Second", "Third"], triggers: ["Go", "Shop"], variables: ["Done"] },
    variables: [{ kind: "js", s: { name: "done" } }], triggers: [custom("go"), { ...custom("go"), when: [[{ $: [0] }, "css", "b", 1], [{ $: [0] }, "equals", "0"]] }],
  });
  tags.own["c:0"] = `()=>{window.done="1"}`;
  const page = await open(undefined, { head: `<script>done="0"</script>` }, { path: "/#tag_preview=good", draft: tags });
  await last(page);
  const go = async () => {
    const count = told().filter(moment => moment.event == "go").length;
    await page.evaluate(() => dataLayer.push({ event: "go" }));
    return until(() => told().filter(moment => moment.event == "go" && moment.tags[1].state == "fired")[count]?.tags, "go is told");
  };
  const [, second, third] = await go();
  assert.deepEqual(second.why, ["Go: holds", `Done = "1" is "1": holds`]);
  assert.deepEqual([third.state, third.why], ["not fired", ["an exception holds", "Go: holds",
    `Exception Shop: Done = "0" not matches the selector "b": holds`, `Exception Shop: Done = "0" is "0": holds`]]);
  assert.equal((await go())[2].why[0], "an exception held before on this page view");
});

test("messages without an event are in the timeline, and the data layer is shown whole", async () => {
  const page = await open(undefined, {}, { path: "/#tag_preview=good", draft: draft() });
  await last(page);
  await page.evaluate(() => {
    (function () { dataLayer.push(arguments); })("set", "currency", "EUR");
    dataLayer.push({ plan: "pro", long: "x".repeat(5000), end: "here" });
  });
  const messages = () => told().filter(moment => moment.event == "Message");
  await until(() => messages().length == 2, "both are told");
  const [set, plain] = messages();
  assert.deepEqual([set.tags, set.facts, JSON.parse(set.layer).currency], [[], [["0", `"set"`], ["1", `"currency"`], ["2", `"EUR"`]], "EUR"]);
  assert.deepEqual([plain.facts[0], plain.variables, JSON.parse(plain.layer).end], [["plan", `"pro"`], [["Plan", `"pro"`]], "here"]);
  const panel = page.locator("tag-preview");
  await panel.getByRole("button", { name: /Message/ }).last().click();
  await panel.getByText("No event: tags were not asked.").waitFor();
  await panel.getByRole("button", { name: "Data layer" }).click();
  await panel.getByText(`"end":"here"`).waitFor();
});

const strict = (body, other = "") => {
  const policy = `default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; connect-src *; require-trusted-types-for 'script'; trusted-types analytics-tags`;
  const nonced = w.snippet().replace("<script", `<script nonce="abc"`);
  return `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><title>x</title>${nonced}${other && nonced.replace("st.js", other)}</head><body>${body}</body></html>`;
};
const inserts = id => container({ id, version: 0, triggers: [pageview], names: { tags: ["Html"], triggers: ["All pages"], variables: [] },
  tags: [{ n: 1, t: "html", s: { html: [`<script>(window.seen??=[]).push("${id}")</script>`] }, on: [0], limit: "event" }] });

test("a preview works under a strict policy with Trusted Types, with its panel and its styles", async () => {
  const context = await w.fresh({ "/": "" });
  Object.assign(w.collector, { tags: live(), draft: inserts("st_0123456789abcdef") });
  w.pages["/"] = strict("");
  const page = await w.visit(context, "/#tag_preview=good");
  const panel = page.locator("tag-preview");
  await panel.getByText("Preview of the draft").waitFor();
  await panel.getByRole("button", { name: "gtm.js · 1 fired" }).click();
  assert.deepEqual(await page.evaluate(() => window.seen), ["st_0123456789abcdef"]);
  assert.equal(await panel.locator(".panel").evaluate(one => getComputedStyle(one).borderTopColor), "rgb(79, 70, 229)");
});

test("two containers on one page work under Trusted Types", async () => {
  const context = await w.fresh({ "/": "" });
  w.collector.tags = inserts("st_0123456789abcdef");
  w.collector.others.two = inserts("st_two");
  w.pages["/"] = strict("", "two.js");
  const page = await w.visit(context);
  await page.waitForFunction(() => window.seen?.length == 2);
  assert.deepEqual((await page.evaluate(() => window.seen)).sort(), ["st_0123456789abcdef", "st_two"]);
});
