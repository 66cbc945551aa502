// Every kind of trigger and variable that the portal offers, on one page each: what is in a list of C# and not here fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fired, last, noting, open, w, withTags } from "./containers.mjs";

const offered = file => [...readFileSync(new URL(`../../Core/Tags/${file}.cs`, import.meta.url), "utf8").matchAll(/ItemKind\.Of<\w+>\("([^"]+)"/g)].map(match => match[1]);

const day = new Date();
const two = number => `${number}`.padStart(2, "0");

/** Settings, and the value on the page below when its button is clicked; a function where that cannot be known before. */
const variables = {
  layer: [{ name: "cart.total" }, 5],
  url: [{ part: "path" }, "/"],
  query: [{ name: "q" }, "shoes"],
  referrer: [{ part: "host" }, value => value === undefined],
  title: [{}, "Test page"],
  meta: [{ name: "author" }, "Ada"],
  element: [{ name: "#price", attribute: "data-cents" }, "990"],
  clicked: [{ attribute: "data-plan" }, "pro"],
  fact: [{ name: "id" }, "buy"],
  event: [{}, "gtm.click"],
  cookie: [{ name: "c" }, "a b"],
  local: [{ name: "l" }, "1"],
  session: [{ name: "s" }, "2"],
  js: [{ name: "app.plan" }, "free"],
  code: [{}, "from code"],
  language: [{}, value => /^[a-z]{2}/.test(value)],
  screen: [{ part: "viewport" }, value => /^\d+x\d+$/.test(value)],
  time: [{ part: "date" }, `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`],
  random: [{ from: "7", to: "7" }, 7],
  constant: [{ of: "fixed" }, "fixed"],
  lookup: [{ of: "a", rows: [{ k: "a", v: "found" }] }, "found"],
  regex: [{ of: "abc", rows: [{ k: "b", v: "matched" }] }, "matched"],
  visitor: [{ part: "type" }, "new"],
  visit: [{ part: "campaign" }, "spring"],
  consent: [{ name: "ads" }, "denied"],
  environment: [{}, "live"],
  version: [{}, 3],
  site: [{}, "st_0123456789abcdef"],
};

test("every kind of variable has its value on a page", async () => {
  assert.deepEqual(Object.keys(variables).sort(), offered("VariableKinds").sort());
  const kinds = Object.keys(variables);
  const tags = withTags([noting(0, 0, {}, kinds.map((_, at) => at))], {
    triggers: [{ kind: "click", s: {} }], consent: { ads: 0 }, variables: kinds.map(kind => ({ kind, s: variables[kind][0] })),
    own: { [`v:${kinds.indexOf("code")}`]: `($v)=>(function(){return "from code"})()` },
  });
  const page = await open(tags, {
    site: { consented: true }, head: `<meta name="author" content="Ada"><script>dataLayer=[{cart:{total:5}}];app={plan:"free"};document.cookie="c=a%20b";localStorage.setItem("l","1");sessionStorage.setItem("s","2")</script>`,
    body: `<b id="price" data-cents="990">9.90</b><button id="buy" data-plan="pro">Buy</button>`,
  }, { path: "/?q=shoes&utm_campaign=spring" });
  await last(page);
  await page.click("#buy");
  await page.waitForFunction(() => window.fired);
  const values = await page.evaluate(() => window.fired[0]);
  kinds.forEach((kind, at) => {
    const expected = variables[kind][1];
    typeof expected == "function" ? assert.ok(expected(values[at]), `${kind}: ${values[at]}`) : assert.deepEqual(values[at], expected, kind);
  });
});

const clickOn = selector => page => page.evaluate(at => document.querySelector(at).click(), selector);
const nothing = async () => undefined;

/** Settings, what a visitor or the page does, and how often it fires. In the order in which they are done. */
const triggers = {
  "consent-init": [{}, nothing], init: [{}, nothing], pageview: [{}, nothing], dom: [{}, nothing], load: [{}, nothing], returning: [{}, nothing], consent: [{}, nothing],
  click: [{}, clickOn("#button")],
  link: [{}, clickOn("#inside"), 3], outbound: [{}, clickOn("#outside")], download: [{}, clickOn("#file")],
  submit: [{}, clickOn("#send")],
  visible: [{ selector: "#below", percent: "50", once: "page" }, page => page.evaluate(() => document.querySelector("#below").scrollIntoView())],
  scroll: [{ depths: "50", units: "percent" }, nothing],
  timer: [{ milliseconds: "100", limit: "1" }, nothing],
  history: [{}, page => page.evaluate(() => history.pushState({}, "", "/inside"))],
  video: [{ statuses: "start" }, page => page.evaluate(() => document.querySelector("video").dispatchEvent(new Event("play")))],
  interaction: [{}, page => page.keyboard.press("Shift")],
  leave: [{}, page => page.evaluate(() => document.dispatchEvent(new MouseEvent("mouseout", { clientY: -1, bubbles: true })))],
  custom: [{ name: "bought" }, page => page.evaluate(() => dataLayer.push({ event: "bought" }))],
  error: [{}, page => page.evaluate(() => setTimeout(() => { throw new Error("page"); }))],
  group: [{ all: [1, 2] }, nothing],
};

test("every kind of trigger fires on a page, as often as what it waits for happens", async () => {
  assert.deepEqual(Object.keys(triggers).sort(), offered("TriggerKinds").sort());
  const kinds = Object.keys(triggers);
  // One click is one event of each kind that it belongs to: clicks are counted on the button alone.
  const only = { click: [[{ $: [0] }, "equals", "button"]] };
  const tags = withTags(kinds.map((kind, at) => noting(at, kind, { on: [at] })),
    { triggers: kinds.map(kind => ({ kind, s: triggers[kind][0], ...(only[kind] ? { when: only[kind] } : {}) })), variables: [{ kind: "fact", s: { name: "id" } }] });
  const before = () => localStorage.setItem("analytics.st_0123456789abcdef.visit", JSON.stringify({ number: 1, last: Date.now() - 864e5 }));
  const page = await open(tags, {
    site: { consented: true }, head: `<script>window.analytics={q:[["consent",{analytics:true}]]}</script>`,
    body: `<script>addEventListener("click",e=>e.target.closest("a")&&e.preventDefault());addEventListener("submit",e=>e.preventDefault())</script>
      <button id="button">b</button><a id="inside" href="/x">i</a><a id="outside" href="https://else.example/">o</a><a id="file" href="/a.pdf">f</a>
      <form><button id="send">s</button></form><video></video><div style="height:4000px"></div><p id="below">below</p>`,
  }, { prepare: before });
  await last(page);
  for (const kind of kinds) await triggers[kind][1](page);
  await page.waitForFunction(wanted => wanted.every(kind => (window.fired ?? []).includes(kind)), kinds);
  const seen = await fired(page);
  assert.deepEqual(kinds.map(kind => [kind, seen.filter(one => one == kind).length]), kinds.map(kind => [kind, triggers[kind][2] ?? 1]));
  assert.deepEqual(w.errors, ["page"]);
});
