import { attempt } from "../safe";
import { granted, state } from "./consent";
import { code, container, type Tag } from "./container";
import { allHold } from "./conditions";
import { count } from "./counts";
import { hooks } from "./hooks";
import { spend, spent } from "./limits";
import type { Moment } from "./moment";
import { tools } from "./tools";
import { value } from "./variables";

type Result = Promise<boolean>;

/** Waiting for consent: the moment is kept, so that a tag which fires later says what was true then. */
let waiting: { place: number; moment: Moment; told?: boolean }[] = [];
/** Places of tags that a sticky exception has stopped on this page view. */
let stuck: Record<number, boolean> = {};

const outcome = (place: number, moment: Moment, what: string, reason?: unknown): void => {
  hooks.outcome?.(place, moment, what, reason == null ? undefined : `${reason}`);
};

const settled = (place: number, moment: Moment, error?: unknown): boolean => {
  count(container.tags[place]!.n, error ? 1 : 0);
  outcome(place, moment, error ? "failed" : "fired", error);
  return !error;
};

/** Runs the template; whatever it throws stays here. */
const run = (place: number, moment: Moment): Result => {
  const tag = container.tags[place]!;
  try {
    const work = (code["t:" + tag.t] ?? code["c:" + place]) as (s: unknown, t: unknown) => unknown;
    const result = work(value(tag.s, moment), tools(place, moment));
    return Promise.resolve(result).then(() => settled(place, moment), error => settled(place, moment, error || "failed"));
  } catch (error) {
    return Promise.resolve(settled(place, moment, error || "failed"));
  }
};

const sequence = async (place: number, moment: Moment): Result => {
  const { before, after, strict } = container.tags[place]!;
  const ready = before == null || (granted(container.tags[before]!.needs) && (await run(before, moment)));
  if (!ready && strict) {
    outcome(place, moment, "stopped", "the tag before it failed");
    return false;
  }
  const done = await run(place, moment);
  if (after != null && (done || !strict) && granted(container.tags[after]!.needs)) await run(after, moment);
  return done;
};

const start = (place: number, moment: Moment): Result => {
  const tag = container.tags[place]!;
  spend(tag);
  return tag.before == null && tag.after == null ? run(place, moment) : sequence(place, moment);
};

const launch = (place: number, moment: Moment): Result => {
  const { delay } = container.tags[place]!;
  if (!delay) return start(place, moment);
  return new Promise(resolve => setTimeout(() => start(place, moment).then(resolve), delay));
};

/** Why the tag does not fire now, although a trigger holds; empty when it does. */
const obstacle = (tag: Tag, place: number, moment: Moment, pulled: (place: number) => boolean): string => {
  const now = Date.now();
  if ((tag.from && now < tag.from) || (tag.until && now > tag.until)) return "schedule";
  if (tag.not?.some(pulled) || stuck[place]) {
    if (tag.sticky) stuck[place] = true;
    return "exception";
  }
  if (!allHold(tag.when, moment)) return "condition";
  return spent(tag) ? "limit" : "";
};

/** Fires what the moment's triggers ask for. Gives the places of the tags whose triggers held. */
export const fire = (moment: Moment, pulled: (place: number) => boolean): number[] => {
  const due: number[] = [];
  const work: Result[] = [];
  container.tags.forEach((tag, place) => {
    const times = tag.on.filter(pulled).length;
    if (times) due.push(place);
    // Without a limit each trigger that holds fires it.
    for (let i = tag.limit ? 1 : times; times && i > 1; i--) due.push(place);
    if (tag.sticky && tag.not?.some(pulled)) stuck[place] = true;
  });
  moment.cache = undefined;
  due.sort((a, b) => (container.tags[b]!.priority ?? 0) - (container.tags[a]!.priority ?? 0));
  for (const place of due) {
    const tag = container.tags[place]!;
    const reason = attempt(() => obstacle(tag, place, moment, pulled)) ?? "";
    if (reason) outcome(place, moment, "blocked", reason);
    else if (!granted(tag.needs)) {
      waiting.push({ place, moment });
      outcome(place, moment, "waiting", tag.needs!.filter(c => !state(c)).join(", "));
    } else work.push(launch(place, moment));
  }
  finish(moment, work);
  return due;
};

/** `eventCallback` of the data layer: once, when all is done or after its time-out. */
const finish = (moment: Moment, work: Result[]): void => {
  const done = moment.done;
  if (!done) return;
  moment.done = undefined;
  let called = false;
  const once = () => {
    if (!called) attempt(done);
    called = true;
  };
  setTimeout(once, +(moment.facts.eventTimeout as number) || 2000);
  Promise.all(work).then(once);
};

/** Consent has changed: what waited for it fires, in its order. */
export const release = (): void => {
  const before = waiting;
  waiting = [];
  for (const item of before) {
    const tag = container.tags[item.place]!;
    if (!granted(tag.needs)) waiting.push(item);
    else if (!spent(tag)) launch(item.place, item.moment);
  }
};

/** Counts what still waits, once. */
export const countBlocked = (): void => {
  for (const item of waiting) {
    if (!item.told) count(container.tags[item.place]!.n, 2);
    item.told = true;
  }
};

/** A new page view inside the page: exceptions start anew. */
export const renewExceptions = (): void => {
  stuck = {};
};
