import { attempt } from "../safe";
import { hooks } from "./hooks";

type Bag = Record<string, unknown>;

interface Page {
  dataLayer: unknown[];
  "tags:own"?: WeakSet<object>;
}

const page = window as unknown as Page;
/** What containers say to Google's tags: no news to any container on the page, else one that fires upon it would fire for ever. */
const own = (page["tags:own"] ||= new WeakSet());
const kept = 300;
const forbidden = /^(__proto__|constructor|prototype)$/;
const data: Bag = Object.create(null);

const plain = (value: unknown): value is Bag => {
  if (Object.prototype.toString.call(value) != "[object Object]") return false;
  const parent = Object.getPrototypeOf(value);
  return !parent || !Object.getPrototypeOf(parent);
};

/** Objects and arrays are merged, everything else replaces. `_clear: true` empties what it is merged into. */
const merge = (from: Bag, to: Bag): void => {
  for (const key of Object.keys(from)) {
    if (forbidden.test(key) || key == "_clear") continue;
    const value = from[key];
    const list = Array.isArray(value);
    if (!list && !plain(value)) {
      to[key] = value;
      continue;
    }
    const old = to[key];
    const fits = !from._clear && (list ? Array.isArray(old) : plain(old));
    merge(value as Bag, (fits ? old : (to[key] = list ? [] : {})) as Bag);
  }
};

/** The value under a dotted name; undefined where there is none. */
export const get = (name: string): unknown => {
  let value: unknown = data;
  for (const part of `${name}`.split(".")) {
    if (value == null || forbidden.test(part)) return;
    value = (value as Bag)[part];
  }
  return value;
};

/** Puts a value under a dotted name. */
export const set = (name: string, value: unknown): void => {
  const parts = `${name}`.split(".");
  const whole = parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Bag;
  if (!parts.some(part => forbidden.test(part))) merge(whole, data);
};

const model = { get, set };

/** A copy that later messages do not change. */
export const copy = (value: unknown): unknown => {
  const box: Bag = {};
  merge({ value }, box);
  return box.value;
};

/** A command for Google's tags, as their gtag() pushes it. */
export const command: (...args: unknown[]) => void = function () {
  own.add(arguments);
  page.dataLayer.push(arguments);
};

/** A copy, as it stands. */
export const all = (): Bag => ({ ...data });

type Happen = (event: string, message: Bag) => void;

/** Commands as gtag() pushes them, and calls like ["items.push", value]. */
const obey = (message: ArrayLike<unknown>, happen: Happen, consent: (kind: unknown, states: unknown) => void): void => {
  const [name, first, second] = [message[0], message[1], message[2]];
  if (typeof name != "string") return;
  if (name == "consent") consent(first, second);
  else if (name == "set") plain(first) ? merge(first, data) : set(first as string, second);
  else if (name == "event") said(message) && happen(`${first}`, { eventModel: second, ...(plain(second) ? second : {}) });
  else if (Array.isArray(message)) {
    const parts = name.split(".");
    const method = parts.pop()!;
    const target = get(parts.join(".")) as Bag | undefined;
    (target?.[method] as (...args: unknown[]) => void)?.apply(target, message.slice(1));
  }
};

const called = (message: unknown): message is ArrayLike<unknown> =>
  Array.isArray(message) || Object.prototype.toString.call(message) == "[object Arguments]";

/** The event that a message says; what another tag manager on the page says of itself is none. */
const said = (message: unknown): string | undefined => {
  const event = called(message) ? message[0] == "event" && !own.has(message) && message[1] : plain(message) && message.event;
  return event && !/^gtm\./.test(`${event}`) ? `${event}` : undefined;
};

const take = (message: unknown, happen: Happen, consent: (kind: unknown, states: unknown) => void): void => {
  if (own.has(message as object)) return;
  const event = said(message);
  if (typeof message == "function") message.call(model, model);
  else if (called(message)) obey(message, happen, consent);
  else if (plain(message)) {
    for (const key of Object.keys(message)) {
      if (message._clear) set(key, undefined);
      key == "event" ? (data.event = message.event) : key == "_clear" || set(key, message[key]);
    }
    if (event) happen(event, message);
  }
  if (!event) hooks.message?.(message);
};

const queue: (() => void)[] = [];
let busy = false;

/** Runs after everything that was there before it; one at a time, also when called from inside. */
export const enqueue = (work: () => void): void => {
  queue.push(work);
  if (busy) return;
  busy = true;
  for (let next; (next = queue.shift()); ) attempt(next);
  busy = false;
};

/**
 * Takes over `window.dataLayer`: what says no event first, then `opened`, then the rest in its order. The page's array
 * and its own `push` stay; at most 300 messages are kept in it.
 */
export const watch = (opened: () => void, happen: Happen, consent: (kind: unknown, states: unknown) => void): void => {
  const list = Array.isArray(page.dataLayer) ? page.dataLayer : (page.dataLayer = []);
  const waiting = list.slice();
  const original = list.push;
  list.push = function (...messages: unknown[]) {
    const length = original.apply(list, messages);
    while (list.length > kept) list.shift();
    for (const message of messages) enqueue(() => take(message, happen, consent));
    return length;
  };
  let count = waiting.findIndex(said);
  if (count < 0) count = waiting.length;
  for (const message of waiting.slice(0, count)) enqueue(() => take(message, happen, consent));
  enqueue(opened);
  for (const message of waiting.slice(count)) enqueue(() => take(message, happen, consent));
};
