import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { container, custom, last, open, w } from "./containers.mjs";

const go = custom("go");
const built = JSON.parse(readFileSync(new URL("../dist/tags.json", import.meta.url), "utf8"));
const layer = name => ({ kind: "layer", s: { name } });

/** Fires one tag with these settings and gives every request to another host, and what the page was told. */
async function fire(t, s, { variables = [], message = {}, page: content = {}, prepare, off, answer = "" } = {}) {
  const context = await w.fresh({ "/": content });
  const requests = [];
  await context.route(url => url.hostname != "127.0.0.1", route => {
    requests.push(route.request().url());
    return route.fulfill({ status: 200, contentType: "text/javascript", headers: { "Access-Control-Allow-Origin": "*" }, body: answer });
  });
  Object.assign(w.collector, { tags: container({ triggers: [go], variables, tags: [{ n: 1, t, s, on: [0], limit: "event" }] }), off });
  const page = await w.visit(context, "/", prepare);
  await last(page);
  const done = page.evaluate(m => new Promise(resolve => dataLayer.push({ ...m, event: "go", eventCallback: resolve })), message);
  await done;
  return { page, requests };
}

const hosts = requests => [...new Set(requests.map(url => new URL(url).host))];

test("our own templates send what they say", async () => {
  const { page } = await fire("event", { name: "Signup", props: [{ k: "plan", v: { $: [0] } }, { k: "none", v: { $: [1] } }], passive: 1 }, { variables: [layer("plan"), layer("none")], message: { plan: "pro" } });
  const [signup] = await w.arrived("Signup");
  assert.deepEqual([signup.props, signup.interactive], [{ plan: "pro" }, false]);
  await page.close();
  await fire("revenue", { amount: { $: [0] }, currency: "EUR", order: "A1", props: [] }, { variables: [layer("total")], message: { total: "49.90" } });
  const [revenue] = await w.arrived("revenue");
  assert.deepEqual([revenue.revenue, revenue.props], [{ amount: 49.9, currency: "EUR" }, { order_id: "A1" }]);
  const manual = await fire("pageview", { props: [{ k: "kind", v: "manual" }] }, { page: { site: { pageviews: false } } });
  assert.equal((await w.arrived("pageview"))[0].props.kind, "manual");
  await manual.page.close();
});

test("Google's tags load once and queue their commands", async () => {
  for (const [t, s, expected] of [
    ["google-tag", { id: "G-1", settings: [{ k: "send_page_view", v: "false" }] }, ["config", "G-1", { send_page_view: "false" }]],
    ["ga4-event", { id: "G-1", name: "sign_up", params: [{ k: "method", v: "mail" }] }, ["event", "sign_up", { method: "mail", send_to: "G-1" }]],
    ["google-ads", { id: "AW-1", label: "abc", amount: "5", currency: "EUR", order: "7" }, ["event", "conversion", { send_to: "AW-1/abc", value: 5, currency: "EUR", transaction_id: "7" }]],
  ]) {
    const { page, requests } = await fire(t, s);
    await page.evaluate(() => new Promise(resolve => dataLayer.push({ event: "go", eventCallback: resolve })));
    assert.deepEqual(requests.map(url => new URL(url).pathname + new URL(url).search), [`/gtag/js?id=${s.id}`]);
    const commands = await page.evaluate(() => dataLayer.filter(m => Object.prototype.toString.call(m) == "[object Arguments]").map(m => [...m]));
    assert.ok(commands.some(c => JSON.stringify(c) == JSON.stringify(expected)), JSON.stringify(commands));
    assert.equal(commands.filter(c => c[0] == "js").length, 1);
  }
});

const vendors = [
  ["meta", { id: "12345", name: "Purchase", params: [{ k: "value", v: "5" }] }, "https://connect.facebook.net/en_US/fbevents.js", () => fbq.queue, [["init", "12345"], ["trackSingle", "12345", "Purchase", { value: "5" }]]],
  ["linkedin", { id: "123", conversion: "456" }, "https://snap.licdn.com/li.lms-analytics/insight.min.js", () => [_linkedin_partner_id, _linkedin_data_partner_ids, lintrk.q], ["123", ["123"], [["track", { conversion_id: 456 }]]]],
  ["uet", { id: "99", action: "buy", params: [{ k: "revenue_value", v: "5" }] }, "https://bat.bing.com/bat.js", () => uetq.map(x => x), ["event", "buy", { revenue_value: "5" }]],
  ["clarity", { id: "abc123" }, "https://www.clarity.ms/tag/abc123", () => typeof clarity, "function"],
  ["hotjar", { id: "77", name: "Signup" }, "https://static.hotjar.com/c/hotjar-77.js?sv=6", () => [_hjSettings, [...hj.q].map(a => [...a])], [{ hjid: 77, hjsv: 6 }, [["event", "Signup"]]]],
  ["tiktok", { id: "CABC", name: "Purchase", params: [{ k: "value", v: "5" }] }, "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CABC&lib=ttq",
    () => [ttq.slice(), ttq._i.CABC.slice()], [[["page"]], [["track", "Purchase", { value: "5" }]]]],
  ["matomo", { url: "https://m.example/x", id: "3", action: "event", category: "c", event: "e", amount: "2" }, "https://m.example/x/matomo.js", () => _paq,
    [["setTrackerUrl", "https://m.example/x/matomo.php"], ["setSiteId", "3"], ["trackEvent", "c", "e", null, 2]]],
];
for (const [t, s, address, look, expected] of vendors)
  test(`${t} loads its script and queues its commands`, async () => {
    const { page, requests } = await fire(t, s);
    assert.deepEqual(requests, [address]);
    assert.deepEqual(JSON.parse(JSON.stringify(await page.evaluate(look))), expected);
  });

test("UET is started with its own queue once its script is there", async () => {
  const { page } = await fire("uet", { id: "99" }, { answer: `window.UET=function(o){this.o=o;this.push=(...a)=>(window.told=window.told||[]).push(a)}` });
  assert.deepEqual(await page.evaluate(() => [told, uetq.o.ti]), [[["pageLoad"]], "99"]);
});

test("an image is called by its address, fresh where asked", async () => {
  const { requests } = await fire("image", { url: { $: ["https://px.example/p.gif?p=", 0] }, fresh: 1 }, { variables: [layer("p")], message: { p: "a b" } });
  assert.match(requests[0], /^https:\/\/px\.example\/p\.gif\?p=a(%20|\+)b&cb=\d+$/);
});

const hostile = [`"><img src=x onerror=pwned=1>`, `';pwned=1;//`, `</script><script>pwned=1</script>`, "javascript:pwned=1", "data:text/html,<script>pwned=1</script>",
  "`${pwned=1}`", "\\u0022;pwned=1;//", "&quot;onload=pwned=1", "expression(pwned=1)", "//evil.example/x.js#", "\u2028pwned=1//", "{{Other}}", "%22%3E%3Cscript%3E"];

// Every template × every hostile value in each of its settings: nothing of it runs, and nothing is loaded from elsewhere.
const home = {
  event: [], pageview: [], revenue: [], "google-tag": ["www.googletagmanager.com"], "ga4-event": ["www.googletagmanager.com"], "google-ads": ["www.googletagmanager.com"],
  meta: ["connect.facebook.net"], linkedin: ["snap.licdn.com"], uet: ["bat.bing.com"], clarity: ["www.clarity.ms"], hotjar: ["static.hotjar.com"], tiktok: ["analytics.tiktok.com"],
  matomo: ["m.example"], image: ["px.example"], html: [], js: [],
};
/** Settings in which a value cannot stand alone. */
const around = {
  matomo: () => ({ url: "https://m.example/" }),
  image: value => ({ url: "https://px.example/p.gif?v=" + value }),
  html: (_, at) => ({ html: [`<p title="`, at, `" data-v='`, at, `'>`, at, `</p><script>window.got=`, at, `</script>`] }),
};
const templates = [...Object.keys(built.code).filter(key => key.startsWith("t:")).map(key => key.slice(2)), "js"];

test("every template is tried with hostile values", () => assert.deepEqual(Object.keys(home).sort(), templates.sort()));

for (const name of templates)
  test(`${name}: hostile values stay values`, async () => {
    const settings = ["id", "name", "label", "amount", "currency", "order", "conversion", "action", "category", "event"];
    const tags = hostile.map((value, at) => ({
      n: at + 1, t: name, on: [0], limit: "event",
      s: {
        ...Object.fromEntries(settings.map(key => [key, value])), params: [{ k: value, v: value }], props: [{ k: value, v: value }], settings: [{ k: value, v: value }],
        ...around[name]?.(value, at),
      },
    }));
    const own = name == "js" ? Object.fromEntries(hostile.map((_, at) => [`c:${at}`, `(s,t)=>{const $v=t.read;return(function(){window.got=$v(${at})}).call(window)}`])) : {};
    const context = await w.fresh({ "/": {} });
    const requests = [];
    await context.route(url => url.hostname != "127.0.0.1", route => {
      requests.push(route.request().url());
      return route.fulfill({ status: 200, contentType: "text/javascript", body: "" });
    });
    w.collector.tags = container({ triggers: [go], tags, own, variables: hostile.map(of => ({ kind: "constant", s: { of } })) });
    const page = await w.visit(context, "/");
    await last(page);
    await page.evaluate(() => new Promise(resolve => dataLayer.push({ event: "go", eventCallback: resolve })));
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(await page.evaluate(() => document.querySelectorAll("img,iframe").length), 0);
    if (name == "js" || name == "html") assert.equal(await page.evaluate(() => window.got), hostile.at(-1));
    assert.ok(hosts(requests).every(host => home[name].includes(host)), requests.join("\n"));
  });

test("addresses of images and of Matomo are of the web, or refused", async () => {
  for (const [t, key] of [["image", "url"], ["matomo", "url"]])
    for (const value of ["javascript:pwned=1", "data:text/javascript,pwned=1", "blob:x", "vbscript:x", " java\nscript:pwned=1"]) {
      const { page, requests } = await fire(t, { [key]: value, id: "1", action: "pageview" });
      assert.equal(await page.evaluate(() => window.pwned), undefined);
      assert.deepEqual(requests, []);
      await page.context().close();
    }
});

test("HTML escapes each value where it stands", async () => {
  for (const value of hostile) {
    const html = [`<p id="t" title="x `, 0, `" data-v='`, 0, `'>`, 0, `</p><a id="l" href="https://a.example/?q=`, 0, `">x</a><div id="s" style="width:`, 0,
      `"></div><style>#s::after{content:"`, 0, `"}</style><textarea id="ta">`, 0, `</textarea><script>window.out=`, 0, `;window.quoted='a`, 0, `b';window.tpl=\`c`, 0,
      `d\`;/* `, 0, ` */</script><button id="b" onclick="window.clicked=`, 0, `">b</button><!-- `, 0, ` -->`];
    const { page } = await fire("html", { html, position: "end" }, { variables: [layer("v")], message: { v: value } });
    await page.click("#b");
    const seen = await page.evaluate(() => ({
      pwned: window.pwned, text: document.querySelector("#t").textContent, title: document.querySelector("#t").title, data: document.querySelector("#t").dataset.v,
      query: new URL(document.querySelector("#l").href).searchParams.get("q"), area: document.querySelector("#ta").value, out, quoted, tpl, clicked, images: document.images.length,
    }));
    assert.deepEqual(seen, { pwned: undefined, text: value, title: "x " + value, data: value, query: value, area: value, out: value, quoted: `a${value}b`, tpl: `c${value}d`, clicked: value, images: 0 }, value);
    await page.context().close();
  }
});

test("HTML refuses values in addresses that would run, and in names", async () => {
  for (const html of [[`<a href="`, 0, `">x</a>`], [`<iframe src="`, 0, `"></iframe>`], [`<form action="`, 0, `"></form>`], [`<script src="`, 0, `"></script>`], [`<iframe srcdoc="`, 0, `"></iframe>`], [`<x`, 0, `>`], [`<p `, 0, `=1>`]]) {
    const { page, requests } = await fire("html", { html }, { variables: [layer("v")], message: { v: "javascript:pwned=1" } });
    assert.equal(await page.evaluate(() => [window.pwned, document.body.innerHTML.includes("javascript:")].join()), ",false", JSON.stringify(html));
    assert.deepEqual(requests, []);
    await page.context().close();
  }
});

test("HTML loads nothing that runs from a host that a variable names", async () => {
  const loading = [...["script", "iframe", "embed"].map(name => [`<${name} src="`, `"></${name}>`]), [`<object data="`, `"></object>`], [`<link rel="stylesheet" href="`, `">`],
    [`<base href="`, `">`], [`<svg><script href="`, `"></script></svg>`], [`<script src="https:`, `"></script>`], [`<script src="//`, `/a.js"></script>`],
    [`<script src="https://`, `.cdn.example/a.js"></script>`], [`<script src="https://cdn.example`, `/a.js"></script>`]];
  for (const [before, after] of loading)
    for (const v of ["//evil.example/x", "https://evil.example/x", "evil.example/x#", ".evil.example", "@evil.example"]) {
      const { page, requests } = await fire("html", { html: [before, 0, after] }, { variables: [layer("v")], message: { v }, answer: "window.pwned=1" });
      assert.deepEqual([requests, await page.evaluate(() => window.pwned)], [[], undefined], before + v);
      await page.context().close();
    }
});

test("HTML takes variables behind a literal host", async () => {
  const html = [`<script src="https://cdn.example/`, 0, `/a.js?v=`, 0, `"></script><iframe src="//frames.example/?q=`, 0, `"></iframe>`];
  const { requests } = await fire("html", { html }, { variables: [layer("v")], message: { v: "../x y" } });
  assert.deepEqual(requests.sort(), ["http://frames.example/?q=..%2Fx%20y", "https://cdn.example/..%2Fx%20y/a.js?v=..%2Fx%20y"]);
});

test("Google's templates load only what is an ID of the kinds they are for, not a container of somebody else's", async () => {
  for (const [t, s] of [["google-tag", {}], ["ga4-event", { name: "x" }], ["google-ads", { label: "l" }]])
    for (const id of ["GTM-ABC123", "", "G-1&l=x", "G-1/../x"]) {
      const { page, requests } = await fire(t, { ...s, id });
      assert.deepEqual(requests, [], t + id);
      await page.context().close();
    }
});

test("HTML gives scripts typed values, runs them in order and waits for those it loads", async () => {
  const html = [`<script src="https://cdn.example/a.js"></script><script>window.seen=[typeof `, 0, `,JSON.stringify(`, 1, `),String(`, 2, `),loaded]</script>`];
  const { page, requests } = await fire("html", { html, position: "head" }, { variables: [layer("n"), layer("o"), layer("none")], message: { n: 5, o: { a: ["</script>", true] } }, answer: "window.loaded=1", prepare: () => (window.loaded = 0) });
  assert.deepEqual(await page.evaluate(() => seen.slice()), ["number", `{"a":["</script>",true]}`, "undefined", 1]);
  assert.deepEqual(requests, ["https://cdn.example/a.js"]);
  assert.equal(await page.evaluate(() => document.head.querySelectorAll(`script[src*="cdn.example"]`).length), 1);
});

test("under a strict policy the page's nonce is passed on, and Trusted Types are respected", async () => {
  const context = await w.fresh({ "/": "" });
  await context.route(url => url.hostname == "cdn.example", route => route.fulfill({ contentType: "text/javascript", body: "window.loaded=1" }));
  const policy = `default-src 'self'; script-src 'nonce-abc'; connect-src *; require-trusted-types-for 'script'; trusted-types analytics-tags`;
  w.collector.tags = container({ triggers: [go], tags: [{ n: 1, t: "html", s: { html: [`<script>window.inline=1</script><script src="https://cdn.example/a.js"></script>`] }, on: [0], limit: "event" }] });
  w.pages["/"] = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><title>x</title>${w.snippet().replace("<script", `<script nonce="abc"`)}</head><body></body></html>`;
  const page = await w.visit(context);
  await last(page);
  await page.evaluate(() => new Promise(resolve => dataLayer.push({ event: "go", eventCallback: resolve })));
  assert.deepEqual(await page.evaluate(() => [window.inline, window.loaded]), [1, 1]);
});
