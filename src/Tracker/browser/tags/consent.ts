import { attempt } from "../safe";
import { container, type Category } from "./container";
import { command } from "./layer";
import { analytics } from "./page";

/** Google's names (consent mode v2) for each category. */
const signals: Record<Category, string[]> = {
  analytics: ["analytics_storage"],
  ads: ["ad_storage", "ad_user_data", "ad_personalization"],
  personalization: ["personalization_storage", "functionality_storage"],
};

export const categories = Object.keys(signals) as Category[];

type Signals = Record<string, boolean>;
type Choices = { [category in Category]?: unknown };

/** What the page said through the data layer, signal by signal: the visitor's choices, and what holds until there are any. */
const said: Signals = {};
const defaults: Signals = {};
/** Denied somewhere. Which place the visitor is at the page does not say, so it holds everywhere. */
const regional: Signals = {};
const listeners: (() => void)[] = [];

const controlled = (): boolean => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

/** The choices that analytics.js keeps. */
const kept = (): Choices => analytics()?.known().consent ?? {};

/** The visitor's own choice, the last one there was; undefined while there is none. */
const choice = (category: Category, name: string, from: Choices): boolean | undefined =>
  said[name] ?? (from[category] == null ? undefined : from[category] === true);

/**
 * Granted, denied, or undefined: nobody has decided. The visitor's choice wins; then Global Privacy Control, which denies ads
 * and personalization; then what the page or the container says holds until then.
 */
const signal = (category: Category, name: string, from: Choices): boolean | undefined => {
  const chosen = choice(category, name, from);
  if (chosen != null) return chosen;
  if (category != "analytics" && controlled()) return false;
  const before = regional[name] ?? defaults[name] ?? container.consent[category];
  return before == null ? undefined : !!before;
};

/** A category is as its first signal is, but denied where any of its signals is. */
const whole = (category: Category, ask: typeof signal): boolean | undefined => {
  const from = kept();
  const all = signals[category].map(name => ask(category, name, from));
  return all.includes(false) ? false : all[0];
};

export const state = (category: Category): boolean | undefined => whole(category, signal);

export const granted = (needs: Category[] = []): boolean => needs.every(category => state(category) === true);

/** The visitor has said no to one of them. */
export const denied = (needs: Category[]): boolean => needs.some(category => whole(category, choice) === false);

/** The visitor has chosen something. */
export const decided = (): boolean => categories.some(category => whole(category, choice) != null);

const words = () => {
  const all: Record<string, unknown> = { security_storage: "granted" };
  const from = kept();
  for (const category of categories)
    for (const name of signals[category]) all[name] = signal(category, name, from) ? "granted" : "denied";
  return all;
};

/** Google's signals through the data layer, where Google's tags read them. */
const speak = (kind: string, extra?: object): void => {
  if (container.google) command("consent", kind, { ...words(), ...extra });
};

/** All that has been decided, to compare. */
const now = (): string => JSON.stringify(words()) + categories.map(category => whole(category, choice)).join();

/** Empty until tags begin: what the page says before is where they begin. */
let last = "";
let before: Choices = {};

/** What was chosen through analytics.js, here or in another tab, is newer than what the page has said of it. */
const renew = (spoken?: Choices): void => {
  const from = kept();
  for (const category of categories)
    if (spoken?.[category] !== undefined || from[category] !== before[category]) for (const name of signals[category]) delete said[name];
  before = from;
};

/** Tells everybody when the state is another one than before. */
const changed = (): void => {
  const state = now();
  if (!last || state == last) return;
  last = state;
  speak("update");
  listeners.forEach(attempt);
};

/** Something may have been chosen through analytics.js. */
export const chosen = (spoken?: Choices): void => {
  renew(spoken);
  changed();
};

export const onChange = (listener: () => void): void => void listeners.push(listener);

/** `gtag("consent", "default" | "update", {...})` of the page, or of its cookie banner. */
export const hear = (kind: unknown, states: unknown): void => {
  renew();
  const given = (states ?? {}) as Record<string, unknown>;
  const to = kind != "default" ? said : given.region ? regional : defaults;
  for (const name of categories.flatMap(category => signals[category])) {
    const word = given[name];
    if (word == "denied" || (word == "granted" && to != regional)) to[name] = word == "granted";
  }
  changed();
};

/** Before any tag: the state for Google's tags, and an ear at the page's own calls. */
export const begin = (): void => {
  before = kept();
  last = now();
  speak("default", decided() ? {} : { wait_for_update: 500 });
  const api = analytics();
  if (!api) return;
  for (const method of ["consent", "optOut", "optIn"]) {
    const original = api.methods[method]!;
    api.methods[method] = (...args) => {
      original(...args);
      attempt(() => chosen(method == "consent" ? (args[0] as Choices) : {}));
    };
  }
};
