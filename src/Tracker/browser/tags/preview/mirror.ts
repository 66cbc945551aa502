import { attempt, on } from "../../safe";
import { container } from "../container";
import { source } from "../page";
import { entries, onEntry, type Entry } from "./recording";

/** What the portal page shows of a moment. Names of tags travel in it, as the token's holder may see them. */
export interface Mirrored {
  /** Names the page view's document; `n` counts its moments. A moment that comes again has changed. */
  page: string;
  n: number;
  url: string;
  event: string;
  tags: { name: string; state: string; why: string[] }[];
  variables?: [string, string][];
  facts?: [string, string][];
  layer?: string;
  consent: [string, string][];
}

const longest = 60_000;
const pause = 200;
const page = Math.random().toString(36).slice(2, 10);
const token = new URL(source).searchParams.get("preview") ?? "";
const numbers = new WeakMap<Entry, number>();
let count = 0;
let waiting = new Set<Entry>();
let timer = 0;

const mirrored = (entry: Entry): Mirrored => ({
  page, n: numbers.get(entry)!, url: location.href, event: entry.event,
  tags: entry.tags.map(tag => ({ name: container.names?.tags[tag.tag] ?? "?", state: tag.state, why: tag.reasons })),
  variables: entry.variables, facts: entry.facts, layer: entry.layer, consent: entry.consent,
});

/** A moment that is too long is told without its data layer, or without all its values. */
const fitting = (moment: Mirrored): Mirrored => {
  const fits = (one: Mirrored) => JSON.stringify(one).length <= longest / 2;
  const without = { ...moment, layer: undefined };
  return fits(moment) ? moment : fits(without) ? without : { ...without, variables: undefined, facts: undefined };
};

const post = (moments: Mirrored[], keepalive: boolean): void => {
  const body = JSON.stringify({ writeKey: container.id, token, moments });
  // A page without a connection to us goes on without a mirror. Browsers let 64 KB outlive a page in all.
  void fetch(new URL("../v1/preview", source).href, { method: "POST", body, keepalive }).catch(() => undefined);
};

const send = (leaving = false): void => {
  timer = 0;
  const all = [...waiting].map(mirrored).map(fitting);
  waiting = new Set();
  for (let from = 0, to = 1; from < all.length; from = to++) {
    while (to < all.length && JSON.stringify(all.slice(from, to + 1)).length <= longest) to++;
    post(all.slice(from, to), leaving);
  }
};

/** Tells the portal page that made the link of a moment, and again when something in it has changed. */
const tell = (entry: Entry): void => {
  if (!token) return;
  if (!numbers.has(entry)) numbers.set(entry, ++count);
  waiting.add(entry);
  timer ||= setTimeout(() => attempt(() => send()), pause);
};

/** What has not been told yet is told when the page is left. */
export const mirror = (): void => {
  entries.forEach(tell);
  onEntry(tell);
  on(window, "pagehide", () => attempt(() => send(true)));
};
