import assert from "node:assert/strict";
import { test } from "node:test";
import { world } from "./harness.mjs";

const w = world();
const stay = `<script>addEventListener("click",e=>e.target.closest("a")&&e.preventDefault());
  addEventListener("submit",e=>e.preventDefault())</script>`;
const body = `${stay}
  <a id="out" href="https://elsewhere.example/x?y=1"><b>away</b></a>
  <a id="own" href="/inside">inside</a>
  <a id="shop" href="https://www.shop.example/">our shop</a>
  <a id="mail" href="mailto:a@b.example">mail</a>
  <a id="pdf" href="/files/Report.PDF?v=2">report</a>
  <a id="saved" href="https://elsewhere.example/plain" download>saved</a>
  <button id="cta" data-track="Signup" data-track-prop-plan="pro" data-track-prop-seat-count="5"><i>sign up</i></button>
  <div id="host"></div>
  <form id="search" action="/find"><input name="id" value="secret"><button>go</button></form>
  <form name="news" data-track="Newsletter" data-track-prop-list="weekly">
    <input name="email" value="a@b.example"><button>join</button></form>`;

const names = events => events.map(event => event.name).filter(name => name !== "pageview");

async function after(site, ...clicks) {
  const page = await w.open({ "/": { site, body } });
  await w.arrived("pageview");
  for (const selector of clicks) await page.click(selector);
  return w.settled(page);
}

test("links to other hosts are outbound, the site's own hosts and mail addresses are not", async () => {
  const events = await after({ hosts: ["shop.example"] }, "#out b", "#own", "#shop", "#mail");
  assert.deepEqual(names(events), ["Outbound Link"]);
  assert.equal(events.at(-1).props.url, "https://elsewhere.example/x?y=1");
  assert.notEqual(events.at(-1).interactive, false);
});

test("the middle button opens links too, the right one does not", async () => {
  const page = await w.open({ "/": { body } });
  await w.arrived("pageview");
  await page.evaluate(() => {
    const link = document.querySelector("#out");
    for (const button of [1, 2]) link.dispatchEvent(new MouseEvent("auxclick", { button, bubbles: true, composed: true }));
  });
  assert.deepEqual(names(await w.settled(page)), ["Outbound Link"]);
});

test("an outbound click that leaves the page at once arrives", async () => {
  const page = await w.open({ "/": { body: `<a id="out" href="http://localhost:1/">away</a>` } });
  await w.arrived("pageview");
  await page.click("#out", { noWaitAfter: true });
  await w.arrived("Outbound Link");
});

test("files are downloads wherever they are, and not outbound as well", async () => {
  const events = await after({}, "#pdf", "#saved");
  assert.deepEqual(names(events), ["File Download", "File Download"]);
  assert.equal(events.at(-2).props.url, `${w.site.origin}/files/Report.PDF?v=2`);
});

test("marked-up elements send their own event with its props", async () => {
  const events = await after({}, "#cta i");
  assert.deepEqual(names(events), ["Signup"]);
  assert.deepEqual(events.at(-1).props, { plan: "pro", "seat-count": "5" });
});

test("marked-up elements inside a shadow root are found", async () => {
  const page = await w.open({ "/": { body } });
  await w.arrived("pageview");
  await page.evaluate(() => {
    const root = document.querySelector("#host").attachShadow({ mode: "open" });
    root.innerHTML = `<button data-track="Deep"><i>deep</i></button>`;
    root.querySelector("i").click();
  });
  assert.deepEqual(names(await w.settled(page)), ["Deep"]);
});

test("forms report that they were sent, never what was typed", async () => {
  const events = await after({}, "#search button", "[name=news] button");
  assert.deepEqual(names(events), ["Form Submit", "Newsletter", "Form Submit"]);
  const [search, newsletter, news] = events.slice(1);
  assert.deepEqual(search.props, { form: "search", action: "/find" });
  assert.deepEqual(newsletter.props, { list: "weekly" });
  assert.equal(news.props.form, "news");
  assert.ok(!JSON.stringify(events).includes("secret") && !JSON.stringify(events).includes("a@b.example"));
});

test("each kind is a switch", async () => {
  const events = await after({ outbound: false, downloads: false, forms: false }, "#out", "#pdf", "#search button");
  assert.deepEqual(names(events), []);
});
