// A real browser, a site on one origin and a collector on another that keeps what it was sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const runtime = readFileSync(new URL("../dist/analytics.js", import.meta.url), "utf8");
const tagParts = JSON.parse(readFileSync(new URL("../dist/tags.json", import.meta.url), "utf8"));
const defaults = {
  id: "st_0123456789abcdef", timeout: 30, hosts: [], pageviews: true, engagement: true,
  outbound: true, downloads: true, forms: true, notFound: true,
};
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After" };

async function listen(handler) {
  const server = createServer(handler);
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

const read = async request => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};

/** As TagScript (C#) writes it: the runtime, a container, every template and listener, and the container's own code. */
const tagScript = (part, { own = {}, ...container }) =>
  `(function($tags,$code){${tagParts[part]}})(${JSON.stringify(container)},{${Object.entries({ ...tagParts.code, ...own })
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}});`;

/** Keeps every request; answers with what `answers` holds, first come first served, then 202. `others`: containers by the name of their script. */
async function collector() {
  const requests = [];
  const self = { requests, answers: [], reports: [], mirrored: [], tags: undefined, others: {}, events: () => requests.filter(r => r.status === 202).flatMap(r => r.batch) };
  const { server, origin } = await listen(async (request, response) => {
    const url = new URL(request.url, "http://x");
    if (url.pathname.startsWith("/js/")) {
      const site = { ...defaults, ...JSON.parse(url.searchParams.get("site") ?? "{}") };
      const other = self.others[url.pathname.slice(4, -3)];
      const token = url.searchParams.get("preview");
      if (token) {
        response.writeHead(token == "good" ? 200 : 404, { "Content-Type": "text/javascript", ...cors });
        return response.end(token == "good" ? tagScript("preview", other ?? self.draft ?? self.tags) : "// over");
      }
      response.writeHead(200, { "Content-Type": "text/javascript", ...cors });
      if (other) return response.end(tagScript("runtime", other));
      const analytics = self.off ? "" : `(function($site){${runtime}})(${JSON.stringify(site)});`;
      return response.end(analytics + (self.tags ? tagScript("runtime", self.tags) : self.draft ? tagScript("waiting", self.draft) : ""));
    }
    const text = await read(request);
    if (url.pathname === "/v1/tags") {
      self.reports.push(JSON.parse(text));
      return response.writeHead(202, cors).end();
    }
    if (url.pathname === "/v1/preview") {
      self.mirrored.push(JSON.parse(text));
      return response.writeHead(202, cors).end();
    }
    if (url.pathname !== "/v1/batch" || request.method !== "POST") return response.writeHead(404, cors).end();
    const answer = self.answers.shift() ?? { status: 202 };
    const { status, headers } = typeof answer === "number" ? { status: answer } : answer;
    requests.push({ status, bytes: Buffer.byteLength(text), headers: request.headers, at: Date.now(), ...JSON.parse(text) });
    if (status === 0) return request.socket.destroy();
    return response.writeHead(status, { ...cors, ...headers }).end("{}");
  });
  return Object.assign(self, { server, origin });
}

/** Waits until `find` gives something; the limit only ends a test that has failed. */
export async function until(find, what = String(find)) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 10))) {
    const found = await find();
    if (found) return found;
  }
  return assert.fail(`did not happen: ${what}`);
}

/** Registers the hooks of one test file; `world.open` gives a page in a fresh profile. */
export function world() {
  const self = {};
  before(async () => {
    self.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags, ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
    self.pages = {};
    self.site = await listen((request, response) => {
      const page = self.pages[new URL(request.url, "http://x").pathname];
      response.writeHead(page === undefined ? 404 : 200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(page ?? self.html());
    });
  });
  after(async () => {
    await self.browser?.close();
    for (const { server } of [self.site, self.collector]) server?.closeAllConnections(), server?.close();
  });

  /** The snippet's first line for a site with these settings. */
  self.snippet = (site = {}) =>
    `<script async src="${self.collector.origin}/js/st.js?site=${encodeURIComponent(JSON.stringify(site))}"></script>`;
  self.html = ({ site, head = "", body = "" } = {}) =>
    `<!doctype html><html lang="en"><head><title>Test page</title>${head}${self.snippet(site)}</head><body>${body}</body></html>`;

  /** A fresh collector and profile; `pages` is path → what `html` takes, or the HTML itself. */
  self.fresh = async (pages = { "/": {} }, options = {}) => {
    self.collector?.server.close();
    self.collector = await collector();
    self.pages = Object.fromEntries(
      Object.entries(pages).map(([path, page]) => [path, typeof page === "string" ? page : self.html(page)]));
    const context = await self.browser.newContext(options);
    self.errors = [];
    return context;
  };
  self.visit = async (context, path = "/", prepare) => {
    const page = await context.newPage();
    page.on("pageerror", error => self.errors.push(error.message));
    if (prepare) await page.addInitScript(prepare);
    await page.goto(self.site.origin + path);
    return page;
  };
  self.open = async (pages, prepare) => self.visit(await self.fresh(pages), "/", prepare);

  self.named = name => self.collector.events().filter(event => event.name === name);
  self.arrived = (name, count = 1) =>
    until(() => self.named(name).length >= count && self.named(name), `${count} × ${name} arrived`);
  /** Everything that was on its way has arrived when an event sent after it has. */
  self.settled = async page => {
    const count = self.named("last").length + 1;
    await page.evaluate(() => analytics.track("last"));
    await self.arrived("last", count);
    return self.collector.events().filter(event => event.name !== "last");
  };
  return self;
}

/** The second line of the snippet. */
export const stub = `<script>window.analytics=window.analytics||{q:[]},["track","page","identify","consent","set","revenue","optOut"]`
  + `.forEach(m=>analytics[m]=analytics[m]||function(){analytics.q.push([m,...arguments])})</script>`;
