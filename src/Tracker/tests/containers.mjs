// Containers for tests: tags that note that they fired, and when.
import { world } from "./harness.mjs";

export const w = world();

export const container = (parts = {}) => ({
  id: "st_0123456789abcdef", version: 3, environment: "live", timeout: 30, hosts: [],
  consent: { analytics: 1, ads: 1, personalization: 1 }, variables: [], triggers: [], tags: [], own: {}, ...parts,
});

/** A tag that pushes `note`, or the value of the variables at `reads`, to window.fired. */
export const noting = (place, note, options = {}, reads) => ({
  tag: { n: place + 1, t: "js", s: {}, on: [0], limit: "event", ...options },
  code: { [`c:${place}`]: `(s,t)=>{(window.fired=window.fired||[]).push(${reads ? `[${reads.map(at => `t.read(${at})`)}]` : JSON.stringify(note)})}` },
});

export const withTags = (list, parts = {}) =>
  container({ ...parts, tags: list.map(one => one.tag), own: Object.assign({}, parts.own, ...list.map(one => one.code)) });

/** Opens a page of a fresh visitor whose site has this container. */
export async function open(tags, page = {}, { prepare, context: options, path = "/", pages, off, draft } = {}) {
  const context = await w.fresh(pages ?? { "/": page, "/next": page }, options);
  Object.assign(w.collector, { tags, off, draft });
  return w.visit(context, path, prepare);
}

export const fired = async page => JSON.parse(JSON.stringify(await page.evaluate(() => window.fired ?? [])));

/** Waits until something has fired so often. */
export const firedTimes = (page, count) =>
  page.waitForFunction(n => (window.fired ?? []).length >= n, count).then(() => fired(page));

/** Everything that was to happen has happened when this one has. */
export const last = async page => {
  await page.evaluate(() => new Promise(resolve => dataLayer.push({ event: "last", eventCallback: resolve })));
  return fired(page);
};

export const custom = name => ({ kind: "custom", s: { name } });
export const pageview = { kind: "pageview", s: {} };
