import assert from "node:assert/strict";
import { test } from "node:test";
import { firedTimes, last, noting, open, w, withTags } from "./containers.mjs";

const facts = (...names) => names.map(name => ({ kind: "fact", s: { name } }));

/** A page whose one tag notes these facts when the trigger fires. */
async function on(kind, s, names, body = "", more = {}) {
  const variables = facts(...names);
  const page = await open(withTags([noting(0, 0, { limit: undefined }, names.map((_, at) => at))], { triggers: [{ kind, s }], variables, hosts: ["shop.example"] }), { body }, more);
  await last(page);
  return page;
}

const stay = `<script>addEventListener("click",e=>e.target.closest("a")&&e.preventDefault());addEventListener("submit",e=>e.preventDefault())</script>`;

test("clicks on anything, in shadow roots too, also on what was added later", async () => {
  const page = await on("click", {}, ["id", "classes", "text"], `<button id="a" class="x y"> Buy <b>now</b></button><div id="host"></div>`);
  await page.click("#a b");
  await page.evaluate(() => {
    document.querySelector("#host").attachShadow({ mode: "open" }).innerHTML = `<i id="deep">in</i>`;
    document.querySelector("#host").shadowRoot.querySelector("i").click();
    document.body.insertAdjacentHTML("beforeend", `<u id="late">late</u>`);
    document.querySelector("#late").click();
  });
  assert.deepEqual(await last(page), [["", "", "now"], ["deep", "", "in"], ["late", "", "late"]]);
});

test("links: HTML's and SVG's, not buttons", async () => {
  const page = await on("link", {}, ["url", "id", "target"], `${stay}<a id="a" href="/x?y=1#z" target="_blank"><b>x</b></a>
    <svg width="20" height="20"><a id="s" href="/svg"><rect width="20" height="20"/></a></svg><button id="no">no</button><a id="empty">no address</a>`);
  for (const selector of ["#a b", "#s rect", "#no", "#empty"]) await page.click(selector);
  const at = w.site.origin;
  assert.deepEqual(await last(page), [[at + "/x?y=1#z", "a", "_blank"], [at + "/svg", "s", ""]]);
});

test("downloads and outbound links are told from others", async () => {
  const body = `${stay}<a id="own" href="https://www.shop.example/">o</a><a id="pdf" href="/a.PDF?x">p</a><a id="out" href="https://else.example/">e</a><a id="mail" href="mailto:a@b.example">m</a>`;
  for (const [kind, expected] of [["download", "pdf"], ["outbound", "out"]]) {
    const page = await on(kind, {}, ["id"], body);
    for (const selector of ["#own", "#pdf", "#out", "#mail"]) await page.click(selector);
    assert.deepEqual(await last(page), [[expected]]);
  }
});

test("a link that leaves at once has fired its tag before", async () => {
  const tags = withTags([noting(0, 0)], { triggers: [{ kind: "link", s: {} }] });
  tags.own["c:0"] = `()=>{navigator.sendBeacon("${"/beacon"}","left")}`;
  const page = await open(tags, { body: `<a id="a" href="/next">x</a>` });
  const request = page.context().waitForEvent("request", one => one.url().endsWith("/beacon"));
  await last(page);
  await page.click("#a");
  assert.equal((await request).postData(), "left");
});

test("forms, in shadow roots too, never what was typed", async () => {
  const page = await on("submit", {}, ["id", "url", "text"], `${stay}<form id="f" action="/go"><input name="q" value="secret"><button>Send</button></form><div id="host"></div>`);
  await page.click("#f button");
  await page.evaluate(() => {
    const root = document.querySelector("#host").attachShadow({ mode: "open" });
    root.innerHTML = `<form id="deep"><button>Go</button></form>`;
    root.querySelector("form").addEventListener("submit", e => e.preventDefault());
  });
  await page.click("#host button");
  const seen = await last(page);
  assert.deepEqual(seen, [["f", w.site.origin + "/go", "Send"], ["deep", w.site.origin + "/", "Go"]]);
  assert.ok(!JSON.stringify(seen).includes("secret"));
});

test("elements that come into view, added late as well, as often as it says", async () => {
  const body = `<div style="height:2000px"></div><div class="see" id="one" style="height:50px">1</div>`;
  const page = await on("visible", { selector: ".see", percent: "50", once: "element" }, ["id", "percent"], body);
  assert.deepEqual(await last(page), []);
  await page.evaluate(() => document.querySelector("#one").scrollIntoView());
  assert.deepEqual((await firedTimes(page, 1))[0], ["one", 100]);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", `<div class="see" id="two" style="height:10px"></div>`));
  await page.evaluate(() => document.querySelector("#two").scrollIntoView());
  const [id, percent] = (await firedTimes(page, 2))[1];
  assert.equal(id, "two");
  assert.ok(percent >= 50, `${percent} % seen`); // It may come into view bit by bit.
});

test("scroll depths fire once a page view each", async () => {
  const page = await on("scroll", { depths: "25,50,90", units: "percent" }, ["threshold", "units", "direction"], `<div style="height:9000px"></div>`);
  await page.evaluate(() => scrollTo(0, 4200));
  assert.deepEqual(await firedTimes(page, 2), [[25, "percent", "vertical"], [50, "percent", "vertical"]]);
  await page.evaluate(() => scrollTo(0, 99999));
  assert.deepEqual((await firedTimes(page, 3))[2], [90, "percent", "vertical"]);
});

test("address changes fire, also on a page that wraps pushState itself", async () => {
  const prepare = () => {
    const own = history.pushState;
    history.pushState = function (...args) { window.wrapped = (window.wrapped ?? 0) + 1; return own.apply(this, args); };
  };
  const page = await on("history", {}, ["source", "oldUrl", "newUrl", "newFragment"], "", { prepare });
  await page.evaluate(() => {
    history.pushState({ a: 1 }, "", "/one");
    history.replaceState({}, "", "/two");
    location.hash = "here";
  });
  const at = w.site.origin;
  assert.deepEqual((await firedTimes(page, 3)).slice(0, 3), [["pushState", at + "/", at + "/one", ""], ["replaceState", at + "/one", at + "/two", ""], ["popstate", at + "/two", at + "/two#here", "here"]]);
  assert.equal(await page.evaluate(() => window.wrapped), 1);
});

test("page views inside the page fire where the trigger says so", async () => {
  const tags = withTags([noting(0, "inside", { limit: "page" }), noting(1, "load only", { on: [1] })], { triggers: [{ kind: "pageview", s: { inside: 1 } }, { kind: "pageview", s: {} }] });
  const page = await open(tags);
  await firedTimes(page, 2);
  await page.evaluate(() => { history.pushState({}, "", "/a"); history.pushState({}, "", "/a#b"); history.pushState({}, "", "/c"); });
  assert.deepEqual(await last(page), ["inside", "load only", "inside", "inside"]);
});

test("address changes fire too when the page wraps pushState after the script has, and when it takes it back", async () => {
  const page = await on("history", {}, ["source", "newUrl"]);
  await page.evaluate(() => {
    const ours = history.pushState;
    history.pushState = function (...args) { window.wrapped = (window.wrapped ?? 0) + 1; return ours.apply(this, args); };
    history.pushState({}, "", "/one");
    history.pushState = ours;
    history.pushState({}, "", "/two");
  });
  const at = w.site.origin;
  assert.deepEqual(await last(page), [["pushState", at + "/one"], ["pushState", at + "/two"]]);
  assert.equal(await page.evaluate(() => window.wrapped), 1);
});

test("a page that comes back from the browser's cache is a page view again, with its limits anew", async () => {
  const tags = withTags([noting(0, "view", { limit: "page" })], { triggers: [{ kind: "pageview", s: { inside: 1 } }] });
  const page = await open(tags, {}, { pages: { "/": {}, "/next": "<!doctype html><title>next</title>" }, prepare: () =>
    addEventListener("pageshow", event => (window.restored = event.persisted)) });
  await firedTimes(page, 1);
  await page.goto(w.site.origin + "/next");
  await page.goBack({ waitUntil: "commit" });
  await page.waitForFunction(() => window.restored);
  assert.deepEqual(await firedTimes(page, 2), ["view", "view"]);
});

test("timers fire as often as they may", async () => {
  const page = await on("timer", { milliseconds: "100", limit: "2" }, ["number", "interval"]);
  assert.deepEqual(await firedTimes(page, 2), [[1, 100], [2, 100]]);
});

test("errors of the page fire, with what they say", async () => {
  const page = await on("error", {}, ["message"]);
  await page.evaluate(() => {
    setTimeout(() => { throw new Error("one"); });
    setTimeout(() => Promise.reject(new Error("two")));
  });
  assert.deepEqual((await firedTimes(page, 2)).map(([message]) => message.replace("Uncaught Error: ", "")), ["one", "two"]);
});

test("HTML videos say start, progress, pause and end", async () => {
  const page = await on("video", { statuses: "start,progress,pause,complete", percents: "50" }, ["status", "percent", "title", "provider"], `<video title="Tour"></video>`);
  await page.evaluate(() => {
    const video = document.querySelector("video");
    let now = 0;
    Object.defineProperties(video, { duration: { value: 100 }, currentTime: { get: () => now } });
    const say = (type, at) => { now = at; video.dispatchEvent(new Event(type)); };
    say("play", 0), say("timeupdate", 20), say("timeupdate", 60), say("timeupdate", 70), say("pause", 70), say("ended", 100);
  });
  assert.deepEqual(await last(page), [["start", 0, "Tour", "html"], ["progress", 60, "Tour", "html"], ["pause", 70, "Tour", "html"], ["complete", 100, "Tour", "html"]]);
});

test("YouTube's players are followed through its own API", async () => {
  const tags = withTags([noting(0, 0, { limit: undefined }, [0, 1, 2])], { triggers: [{ kind: "video", s: { statuses: "start,complete", youtube: 1 } }], variables: facts("status", "provider", "title") });
  const prepare = () => {
    window.YT = { Player: class { constructor(frame, { events }) { (window.players ??= []).push(events); } } };
  };
  const page = await open(tags, { body: `<iframe src="about:blank#youtube.com/embed/1?enablejsapi=1"></iframe><iframe src="about:blank#youtube.com/embed/2"></iframe>` }, { prepare });
  await page.waitForFunction(() => window.players);
  await page.evaluate(() => {
    const target = { getDuration: () => 10, getCurrentTime: () => 1, getVideoData: () => ({ title: "Film" }), getVideoUrl: () => "https://y.example/1" };
    for (const data of [1, 2, 0]) players[0].onStateChange({ target, data });
  });
  assert.deepEqual(await last(page), [["start", "youtube", "Film"], ["complete", "youtube", "Film"]]);
  assert.equal(await page.evaluate(() => players.length), 1);
});

test("YouTube's own script carries the page's nonce and is allowed by Trusted Types, also for a player that is added later", async () => {
  const tags = withTags([noting(0, 0, { limit: undefined }, [0, 1])], { triggers: [{ kind: "video", s: { statuses: "pause", youtube: 1 } }], variables: facts("status", "provider") });
  const context = await w.fresh({ "/": "" });
  await context.route(url => url.hostname == "www.youtube.com", route => route.fulfill({ contentType: "text/javascript",
    body: `window.YT={Player:class{constructor(frame,{events}){(window.players??=[]).push(events)}}};onYouTubeIframeAPIReady()` }));
  w.collector.tags = tags;
  const policy = `script-src 'nonce-abc'; require-trusted-types-for 'script'; trusted-types analytics-tags`;
  w.pages["/"] = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><title>x</title>${w.snippet().replace("<script", `<script nonce="abc"`)}</head><body></body></html>`;
  const page = await w.visit(context);
  await last(page);
  const add = number => page.evaluate(n => {
    const frame = document.createElement("iframe");
    frame.src = `about:blank#youtube.com/embed/${n}?enablejsapi=1`;
    document.body.append(frame);
  }, number);
  await add(1);
  await page.waitForFunction(() => window.players?.length == 1);
  await add(2);
  await page.waitForFunction(() => window.players?.length == 2);
  await page.evaluate(() => {
    const target = { getDuration: () => 10, getCurrentTime: () => 1, getVideoUrl: () => "https://y.example/1" };
    for (const data of [1, 2, 1, 2]) players[1].onStateChange({ target, data });
  });
  assert.deepEqual(await last(page), [["pause", "youtube"], ["pause", "youtube"]]);
});

test("the first interaction and the intent to leave fire once", async () => {
  let page = await on("interaction", {}, ["type"]);
  await page.mouse.click(5, 5);
  await page.keyboard.press("a");
  assert.deepEqual(await last(page), [["pointerdown"]]);
  page = await on("leave", {}, []);
  await page.evaluate(() => {
    for (const clientY of [50, -1, -1]) document.dispatchEvent(new MouseEvent("mouseout", { clientY, bubbles: true }));
  });
  assert.deepEqual(await last(page), [[]]);
});

test("custom events fire by name and by expression, and nobody can push the tag manager's own", async () => {
  const triggers = [{ kind: "custom", s: { name: "buy" } }, { kind: "custom", s: { name: "^bu", regex: 1 } }, { kind: "click", s: {} }];
  const page = await open(withTags([noting(0, "name"), noting(1, "expression", { on: [1] }), noting(2, "click", { on: [2] })], { triggers }));
  await page.evaluate(() => ["buy", "bus", "gtm.click"].forEach(event => (window.dataLayer ||= []).push({ event })));
  assert.deepEqual(await last(page), ["name", "expression", "expression"]);
});

test("a group fires once all of its triggers have", async () => {
  const triggers = [{ kind: "custom", s: { name: "a" } }, { kind: "custom", s: { name: "b" } }, { kind: "group", s: { all: [0, 1] } }];
  const page = await open(withTags([noting(0, "group", { on: [2] })], { triggers }));
  await page.evaluate(() => ["a", "a"].forEach(event => (window.dataLayer ||= []).push({ event })));
  assert.deepEqual(await last(page), []);
  await page.evaluate(() => ["b", "a", "b"].forEach(event => dataLayer.push({ event })));
  assert.deepEqual(await last(page), ["group"]);
});

test("a returning visitor is one who consented and was here before", async () => {
  const tags = withTags([noting(0, "again")], { triggers: [{ kind: "returning", s: {} }] });
  const old = () => localStorage.getItem("analytics.st_0123456789abcdef.visit")
    || localStorage.setItem("analytics.st_0123456789abcdef.visit", JSON.stringify({ number: 1, last: Date.now() - 864e5 }));
  assert.deepEqual(await firedTimes(await open(tags, { site: { consented: true } }, { prepare: old }), 1), ["again"]);
  const stranger = await open(tags, {}, { prepare: old });
  assert.deepEqual(await last(stranger), []);
});
