import { consented } from "./identity";
import { attempt } from "./safe";
import { site } from "./site";
import { keep, load } from "./storage";

/** More waiting events than this are not taken: a loop in the page must not fill memory or storage. */
const bound = 200;
const key = `analytics.${site.id}.queue`;

/** Unsent events, oldest first, each as its JSON: what is sent again is the same event with the same id. */
let waiting: string[] = [];
/** What was taken for the requests that may be under way, and may come back. */
let taken: string[][] = [];
/** What this page has put into storage, to tell it from other tabs' events there. */
const mine = new Set<string>();

const stored = (): string[] => attempt(() => load<unknown[]>(key)!.map(event => JSON.stringify(event))) ?? [];

const write = (events: string[]): boolean => keep(key, events.length ? `[${events.join()}]` : "");

export const size = (): number => waiting.length;

export const add = (event: string): void => {
  if (waiting.length < bound) waiting.push(event);
};

export const putBack = (events: string[]): void => {
  waiting = events.concat(waiting).slice(0, bound);
};

/** Takes as many of the oldest events as fit into `limit` bytes of UTF-8, at least one. */
export const take = (limit: number): string[] => {
  let count = 0;
  for (let bytes = 0; count < waiting.length; count++) {
    bytes += new Blob([waiting[count]!]).size + 1;
    if (count && bytes > limit) break;
  }
  return (taken = [waiting.splice(0, count), ...taken.slice(0, 3)])[0]!;
};

/**
 * Keeps the unsent events on the device for the next page load, in mode A only; false when they are not kept.
 * With none it takes back what this page has kept: what was sent must not be there for another page to send again.
 */
export const save = (events = waiting): boolean => {
  if (!consented() || !(events.length || mine.size)) return false;
  const others = stored().filter(event => !mine.has(event));
  mine.clear();
  events.forEach(event => mine.add(event));
  return write(others.concat(events));
};

/** Takes over what an earlier page could not send. */
export const restore = (): void => {
  const events = stored();
  if (events.length && write([])) putBack(events);
};

export const clear = (): void => {
  // Emptied in place: a request under way must not put back what was withdrawn.
  [waiting, ...taken].map(events => (events.length = 0));
  mine.clear();
  write([]);
};
