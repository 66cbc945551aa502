import * as queue from "./queue";
import { attempt } from "./safe";
import { site } from "./site";

/** The browser lets at most 64 KiB of beacons and keepalive requests be under way; the envelope needs some of it. */
const quota = 6e4;
const script = document.currentScript as HTMLScriptElement;
const address = attempt(() => new URL("../v1/batch", script.src).href);

let timer = 0;
/** Requests under way: a page view does not wait for a slow answer to the one before, as its page may be left meanwhile. */
let sending = 0;
/** Failed attempts in a row; while there are any, only the retry timer sends. */
let failures = 0;
let callbacks: (() => void)[] = [];

// Event by event and joined by hand: pages with an old Prototype.js turn an array into a JSON string inside JSON.
const body = (events: string[]): string =>
  `{"writeKey":"${site.id}","sentAt":"${new Date().toISOString()}","batch":[${events.join()}]}`;

const settle = (done: (() => void)[]) => done.map(attempt);

/** Status of the answer, 0 for none, and the seconds it asks to wait. A string body is text/plain: no preflight. */
const post = async (events: string[]): Promise<[number, number]> => {
  try {
    const answer = await fetch(address!, {
      method: "POST",
      body: body(events),
      credentials: "omit",
      // After a failure without it, in case the event alone is over the quota or the page itself has used it up.
      keepalive: !failures,
      signal: AbortSignal.timeout?.(2e4),
    });
    return [answer.status, +answer.headers.get("Retry-After")!];
  } catch {
    return [0, 0];
  }
};

/** Sends what waits, in three requests at a time at most. Only no answer, 5xx, 408 and 429 are worth repeating. */
const send = async (): Promise<void> => {
  timer = 0;
  if (sending > 2 || !queue.size()) return;
  sending++;
  const done = callbacks;
  callbacks = [];
  const events = queue.take(quota);
  const [status, wait] = await post(events);
  sending--;
  if (!status || status > 499 || status == 408 || status == 429) {
    queue.putBack(events);
    failures++;
    schedule(Math.min(wait || 2 ** failures, 900) * (1e3 + Math.random() * 250));
  } else failures = 0;
  attempt(() => queue.save(failures ? undefined : []));
  settle(done);
  if (!failures) schedule(0);
};

/** Sends within `delay` ms, sooner if that was already promised, later while the collector cannot be reached. */
export const schedule = (delay: number): void => {
  if (!delay && !failures) clearTimeout(timer), (timer = 0);
  timer ||= setTimeout(() => attempt(send), delay);
};

/** `callback` runs once the event has been sent or has failed for the first time. */
export const enqueue = (event: string, delay: number, callback?: () => void): void => {
  if (!address) return;
  queue.add(event);
  if (callback) failures ? setTimeout(() => attempt(callback)) : callbacks.push(callback);
  schedule(delay);
};

/**
 * The page is leaving or hidden: hand all to the browser now. In mode A events that are known to fail stay on the
 * device instead. What the browser does not take is sent by ordinary requests for as long as the page lives.
 */
export const flush = (): void => {
  if ((failures || !navigator.onLine) && queue.save()) return;
  for (let events; (events = queue.take(quota)).length; )
    if (!attempt(() => navigator.sendBeacon(address!, body(events!)))) {
      queue.putBack(events);
      queue.save();
      return schedule(0);
    }
  settle(callbacks);
  callbacks = [];
};
