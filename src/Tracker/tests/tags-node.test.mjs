// The runtime without a browser, on a page of plain objects: each kind of template, trigger and variable by itself.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const built = JSON.parse(readFileSync(new URL("../dist/tags.json", import.meta.url), "utf8"));
const offered = file => [...readFileSync(new URL(`../../Core/Tags/${file}.cs`, import.meta.url), "utf8").matchAll(/ItemKind\.Of<\w+>\("([^"]+)"/g)].map(match => match[1]);
const id = "st_0123456789abcdef";

const element = (localName, attributes = {}, more = {}) => ({
  nodeType: 1, localName, id: attributes.id ?? "", textContent: "", getAttribute: name => attributes[name] ?? null, hasAttribute: name => name in attributes, matches: () => false,
  ...(attributes.href ? { href: attributes.href } : {}), ...more,
});
const price = element("b", { id: "price", "data-cents": "990" }, { offsetHeight: 10 });

/** A page whose listeners can be called; scripts and images that are wanted are noted, and there at once. */
function page(tags, own = {}, change = () => undefined) {
  const heard = [];
  const wanted = [];
  const target = name => ({ addEventListener: (type, work) => heard.push([name, type, work]) });
  const storage = values => ({ getItem: key => values[key] ?? null, setItem: (key, value) => (values[key] = value), removeItem: key => delete values[key] });
  const soon = (made, address) => (wanted.push(address), queueMicrotask(() => made.onload?.()));
  const document = {
    ...target("document"), currentScript: { src: "https://c.example/js/st.js", nonce: "", getAttribute: () => null }, readyState: "complete", referrer: "https://from.example/x", cookie: "c=a%20b; d=1", title: "Shop",
    documentElement: { scrollHeight: 1000, scrollWidth: 1440 }, head: { appendChild: made => soon(made, made.src) },
    createElement: () => ({ setAttribute() {} }), querySelectorAll: () => [price],
    querySelector: selector => (selector == "#price" ? price : selector.startsWith("meta") ? element("meta", { content: "Ada" }) : null),
  };
  const window = {
    ...target("window"), document, URL, URLSearchParams, performance, setTimeout, clearTimeout, setInterval: (...all) => setInterval(...all).unref(), clearInterval, console, queueMicrotask, CSS: { escape: text => text },
    location: new URL("https://shop.example/cart?q=shoes&utm_campaign=spring"), navigator: { language: "en-GB" }, screen: { width: 1440, height: 900 },
    innerWidth: 1440, innerHeight: 900, scrollX: 0, scrollY: 0, app: { plan: "free" },
    localStorage: storage({ l: "1", [`analytics.${id}.visit`]: JSON.stringify({ number: 1, last: Date.now() - 864e5 }) }), sessionStorage: storage({ s: "2" }),
    ShadowRoot: class {}, MutationObserver: class { observe() {} },
    IntersectionObserver: class {
      constructor(seen) { this.seen = seen; }
      observe(element) { queueMicrotask(() => this.seen([{ target: element, isIntersecting: true, intersectionRatio: 1 }])); }
      unobserve() {}
    },
    Image: class { set src(address) { soon(this, address); } },
    fired: [], told: [],
  };
  const say = name => (...args) => void window.told.push([name, ...args]);
  window[`analytics:${id}`] = {
    methods: { consent() {}, optOut() {}, optIn() {}, track: say("track"), page: say("page"), revenue: say("revenue") },
    known: () => ({ consent: { analytics: true } }), consented: () => true,
  };
  window.history = { state: null, pushState: (_, __, url) => (window.location = new URL(url, window.location.href)), replaceState() {} };
  window.window = window;
  change(window);
  const container = { id, version: 3, environment: "live", timeout: 30, hosts: [], consent: { ads: 0 }, variables: [], triggers: [], ...tags };
  const code = Object.entries({ ...built.code, ...own }).map(([name, text]) => `${JSON.stringify(name)}:${text}`).join();
  runInContext(`(function($tags,$code){${built.runtime}})(${JSON.stringify(container)},{${code}});`, createContext(window));
  const happens = (name, type, event) => heard.filter(([on, kind]) => on == name && kind == type).forEach(([, , work]) => work({ type, button: 0, isTrusted: true, ...event }));
  return { window, wanted, happens };
}

const plain = value => JSON.parse(JSON.stringify(value));
const custom = { kind: "custom", s: { name: "go" } };
const note = (place, on, text) => ({ tag: { n: place + 1, t: "js", s: {}, on, limit: "event" }, code: { [`c:${place}`]: text } });

const variables = {
  layer: [{ name: "cart.total" }, 5], url: [{ part: "host" }, "shop.example"], query: [{ name: "q" }, "shoes"], referrer: [{ part: "host" }, "from.example"], title: [{}, "Shop"],
  meta: [{ name: "author" }, "Ada"], element: [{ name: "#price", attribute: "data-cents" }, "990"], clicked: [{ attribute: "data-plan" }, null], fact: [{ name: "detail" }, "d"], event: [{}, "go"],
  cookie: [{ name: "c" }, "a b"], local: [{ name: "l" }, "1"], session: [{ name: "s" }, "2"], js: [{ name: "app.plan" }, "free"], code: [{}, "code"], language: [{}, "en-GB"],
  screen: [{ part: "screen" }, "1440x900"], time: [{ part: "weekday" }, new Date().getDay() || 7], random: [{ from: "7", to: "7" }, 7], constant: [{ of: "fixed" }, "fixed"],
  lookup: [{ of: "a", rows: [{ k: "a", v: "found" }] }, "found"], regex: [{ of: "abc", rows: [{ k: "^b", v: "no" }, { k: "c$", v: "yes" }] }, "yes"], visitor: [{ part: "number" }, 2],
  visit: [{ part: "campaign" }, "spring"], consent: [{ name: "ads" }, "denied"], environment: [{}, "live"], version: [{}, 3], site: [{}, id],
};

test("every kind of variable is here", () => assert.deepEqual(Object.keys(variables).sort(), offered("VariableKinds").sort()));
for (const [kind, [s, expected]] of Object.entries(variables))
  test(`variable ${kind}`, () => {
    const one = note(0, [0], "(s,t)=>{fired.push(t.read(0))}");
    const { window } = page({ tags: [one.tag], triggers: [custom], variables: [{ kind, s }] }, { ...one.code, "v:0": `($v)=>"code"` });
    window.dataLayer.push({ cart: { total: 5 } }, { event: "go", detail: "d" });
    assert.deepEqual(plain(window.fired), [expected]);
  });

const click = attributes => ({ happens }) => happens("document", "click", { composedPath: () => [element("a", attributes)] });
const nothing = () => undefined;
const later = () => new Promise(resolve => setTimeout(resolve, 250));
const triggers = {
  "consent-init": [{}, nothing], init: [{}, nothing], pageview: [{}, nothing], dom: [{}, nothing], load: [{}, nothing], consent: [{}, nothing], returning: [{}, nothing],
  click: [{}, ({ happens }) => happens("document", "click", { composedPath: () => [element("button")] })],
  link: [{}, click({ href: "https://shop.example/x" })], outbound: [{}, click({ href: "https://else.example/" })], download: [{}, click({ href: "https://shop.example/a.pdf" })],
  submit: [{}, ({ happens }) => happens("document", "submit", { target: element("form") })],
  visible: [{ selector: "#price" }, later], scroll: [{ depths: "50" }, later], timer: [{ milliseconds: "100", limit: "1" }, later],
  history: [{}, ({ window }) => window.history.pushState({}, "", "/inside")],
  video: [{ statuses: "start" }, ({ happens }) => happens("document", "play", { composedPath: () => [element("video", {}, { duration: 10, currentTime: 0 })] })],
  interaction: [{}, ({ happens }) => happens("window", "pointerdown", {})],
  leave: [{}, ({ happens }) => happens("document", "mouseout", { clientY: -1, relatedTarget: null })],
  custom: [{ name: "go" }, ({ window }) => window.dataLayer.push({ event: "go" })],
  error: [{}, ({ happens }) => happens("window", "error", { message: "broken" })],
  group: [{ all: [1, 2] }, ({ window }) => window.dataLayer.push({ event: "one" }, { event: "two" })],
};

test("every kind of trigger is here", () => assert.deepEqual(Object.keys(triggers).sort(), offered("TriggerKinds").sort()));
for (const [kind, [s, act]] of Object.entries(triggers))
  test(`trigger ${kind}`, async () => {
    const one = note(0, [0], "()=>{fired.push(1)}");
    const others = ["one", "two"].map(name => ({ kind: "custom", s: { name } }));
    const made = page({ tags: [one.tag], triggers: [{ kind, s }, ...others] }, one.code);
    await act(made);
    assert.deepEqual(plain(made.window.fired), [1]);
  });

const rows = [{ k: "plan", v: "pro" }];
const commands = ({ window }) => plain(window.dataLayer).filter(m => m["0"]).map(m => Object.values(m)).filter(m => m[0] != "js" && m[0] != "consent");
/** Settings, and what the tag has done: what it said and what it wanted. Custom HTML needs a browser's parser. */
const templates = {
  event: [{ name: "Signup", props: rows }, ({ window }) => window.told, [["track", "Signup", { plan: "pro" }, {}]]],
  pageview: [{ props: rows }, ({ window }) => window.told, [["page", { plan: "pro" }]]],
  revenue: [{ amount: "49.9", currency: "EUR", order: "A1" }, ({ window }) => window.told, [["revenue", 49.9, "EUR", { order_id: "A1" }]]],
  "google-tag": [{ id: "G-1", settings: rows }, commands, [["config", "G-1", { plan: "pro" }]], "https://www.googletagmanager.com/gtag/js?id=G-1"],
  "ga4-event": [{ id: "G-1", name: "sign_up", params: rows }, commands, [["config", "G-1", { send_page_view: false }], ["event", "sign_up", { plan: "pro", send_to: "G-1" }]], "https://www.googletagmanager.com/gtag/js?id=G-1"],
  "google-ads": [{ id: "AW-1", label: "l", amount: "5", currency: "EUR" }, commands, [["config", "AW-1"], ["event", "conversion", { send_to: "AW-1/l", value: 5, currency: "EUR" }]], "https://www.googletagmanager.com/gtag/js?id=AW-1"],
  meta: [{ id: "1", name: "Lead" }, ({ window }) => window.fbq.queue, [["init", "1"], ["trackSingle", "1", "Lead", {}]], "https://connect.facebook.net/en_US/fbevents.js"],
  linkedin: [{ id: "1", conversion: "2" }, ({ window }) => window.lintrk.q, [["track", { conversion_id: 2 }]], "https://snap.licdn.com/li.lms-analytics/insight.min.js"],
  uet: [{ id: "1", action: "buy" }, ({ window }) => window.uetq, ["event", "buy", {}], "https://bat.bing.com/bat.js"],
  tiktok: [{ id: "C", name: "Lead" }, ({ window }) => window.ttq._i.C.slice(), [["track", "Lead", {}]], "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C&lib=ttq"],
  clarity: [{ id: "c" }, ({ window }) => typeof window.clarity, "function", "https://www.clarity.ms/tag/c"],
  hotjar: [{ id: "7" }, ({ window }) => window._hjSettings, { hjid: 7, hjsv: 6 }, "https://static.hotjar.com/c/hotjar-7.js?sv=6"],
  matomo: [{ url: "https://m.example", id: "3", action: "pageview" }, ({ window }) => window._paq, [["setTrackerUrl", "https://m.example/matomo.php"], ["setSiteId", "3"], ["trackPageView"]], "https://m.example/matomo.js"],
  image: [{ url: "https://px.example/p.gif" }, () => 0, 0, "https://px.example/p.gif"],
  js: [{}, ({ window }) => window.fired, ["ran"]],
};

test("every template but Custom HTML is here", () => assert.deepEqual([...Object.keys(templates), "html"].sort(), offered("TagTemplates").sort()));
for (const [kind, [s, look, expected, address]] of Object.entries(templates))
  test(`template ${kind}`, async () => {
    const made = page({ tags: [{ n: 1, t: kind, s, on: [0], limit: "event" }], triggers: [custom] }, kind == "js" ? { "c:0": `()=>{fired.push("ran")}` } : {});
    await new Promise(resolve => made.window.dataLayer.push({ event: "go", eventCallback: resolve }));
    assert.deepEqual(plain(look(made)), expected);
    assert.deepEqual(made.wanted, address ? [address] : []);
  });
