import { attempt } from "../safe";
import { denied, granted, state } from "./consent";
import { code, container, type Category, type Tag } from "./container";
import { allHold } from "./conditions";
import { count } from "./counts";
import { hooks } from "./hooks";
import { refund, spend, spent } from "./limits";
import type { Moment } from "./moment";
import { tools } from "./tools";
import { keepValues, value } from "./variables";

type Result = Promise<boolean>;

/** More than this do not wait: nothing on a page may grow for ever. */
const most = 300;
/** Waiting for consent; `told`: counted as blocked. */
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

/** What must be granted: also for the tag before it, without which it must not run. */
const needs = ({ needs = [], before, strict }: Tag): Category[] =>
  needs.concat((strict && before != null && container.tags[before]!.needs) || []);

const missing = (tag: Tag): string => needs(tag).filter(category => !state(category)).join(", ");

/** It does not fire for want of consent, nor will it later. */
const refuse = (place: number, moment: Moment, told?: boolean): boolean => {
  const tag = container.tags[place]!;
  if (!told) count(tag.n, 2);
  outcome(place, moment, "blocked", "no consent to " + missing(tag));
  return false;
};

/** Until the visitor decides. What is done after a no is not made up for by a later yes. */
const wait = (place: number, moment: Moment): void => {
  const tag = container.tags[place]!;
  if (denied(needs(tag)) || waiting.length >= most) return void refuse(place, moment);
  waiting.push({ place, moment });
  outcome(place, moment, "waiting", missing(tag));
};

/** Runs the template; whatever it throws stays here. */
const run = (place: number, moment: Moment): Result => {
  const tag = container.tags[place]!;
  if (!granted(tag.needs)) return Promise.resolve(refuse(place, moment));
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
  const ready = before == null || (await run(before, moment));
  if (!ready && strict) {
    outcome(place, moment, "stopped", "the tag before it failed");
    return false;
  }
  const done = await run(place, moment);
  if (after != null && (done || !strict)) await run(after, moment);
  return done;
};

const start = (place: number, moment: Moment): Result => {
  const tag = container.tags[place]!;
  return tag.before == null && tag.after == null ? run(place, moment) : sequence(place, moment);
};

/** Spends the limit at once, so that a second event within the delay does not fire it too. */
const launch = (place: number, moment: Moment): Result => {
  const tag = container.tags[place]!;
  spend(tag, moment);
  if (!tag.delay) return start(place, moment);
  return new Promise(resolve => setTimeout(() => {
    if (granted(needs(tag))) return void start(place, moment).then(resolve);
    refund(tag, moment);
    keepValues(moment);
    wait(place, moment);
    resolve(false);
  }, tag.delay));
};

/** Why the tag does not fire now, although a trigger holds; empty when it does. */
const obstacle = (tag: Tag, place: number, moment: Moment, pulled: (place: number) => boolean): string => {
  const now = Date.now();
  if ((tag.from && now < tag.from) || (tag.until && now > tag.until)) return "schedule";
  if (tag.not?.some(pulled) || stuck[place]) {
    if (tag.sticky) stuck[place] = true;
    return "exception";
  }
  hooks.conditions?.(place, moment);
  if (!allHold(tag.when, moment)) return "condition";
  return spent(tag, moment) ? "limit" : "";
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
    else if (granted(needs(tag))) work.push(launch(place, moment));
    else wait(place, moment);
  }
  if (waiting.some(item => item.moment == moment)) keepValues(moment);
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

/** Consent has changed: what waited for it fires, in its order, with what was true then; what was refused is dropped. */
export const release = (): void => {
  const before = waiting;
  waiting = [];
  for (const item of before) {
    const { place, moment } = item;
    const tag = container.tags[place]!;
    if (denied(needs(tag))) refuse(place, moment, item.told);
    else if (!granted(needs(tag))) waiting.push(item);
    else if (spent(tag, moment)) outcome(place, moment, "blocked", "limit");
    else launch(place, moment);
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
