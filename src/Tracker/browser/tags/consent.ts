import { attempt } from "../safe";
import { container, type Category } from "./container";
import { own } from "./layer";
import { analytics } from "./page";

/** Google's names (consent mode v2) for each category. */
const signals: Record<Category, string[]> = {
  analytics: ["analytics_storage"],
  ads: ["ad_storage", "ad_user_data", "ad_personalization"],
  personalization: ["personalization_storage", "functionality_storage"],
};

export const categories = Object.keys(signals) as Category[];

/** What the page said through the data layer. */
const said: { [category in Category]?: boolean } = {};
const defaults: { [category in Category]?: boolean } = {};
const listeners: (() => void)[] = [];

const refused = (): boolean => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

/** The visitor's own choice; undefined while there is none. */
const choice = (category: Category): boolean | undefined => {
  const kept = analytics()?.known().consent?.[category];
  return kept == null ? said[category] : kept === true;
};

/**
 * Granted, denied, or undefined: nobody has decided. The visitor's choice wins; then Global Privacy Control, which denies ads
 * and personalization; then what the page or the container says holds until then.
 */
export const state = (category: Category): boolean | undefined => {
  const chosen = choice(category);
  if (chosen != null) return chosen;
  if (category != "analytics" && refused()) return false;
  const before = defaults[category] ?? container.consent[category];
  return before == null ? undefined : !!before;
};

export const granted = (needs: Category[] = []): boolean => needs.every(category => state(category) === true);

/** The visitor has chosen something. */
export const decided = (): boolean => categories.some(category => choice(category) != null);

const words = () => {
  const all: Record<string, unknown> = { security_storage: "granted" };
  for (const category of categories)
    for (const name of signals[category]) all[name] = state(category) ? "granted" : "denied";
  return all;
};

/** Google's signals through the data layer, where Google's tags read them. */
const speak = (kind: string, extra?: object): void => {
  if (!container.google) return;
  const layer = (window as unknown as { dataLayer: unknown[] }).dataLayer;
  (function (..._args: unknown[]) {
    own.add(arguments);
    layer.push(arguments);
  })("consent", kind, { ...words(), ...extra });
};

/** Empty until tags begin: what the page says before is where they begin. */
let last = "";

/** Tells everybody when the state is another one than before. */
export const changed = (): void => {
  const now = JSON.stringify(words()) + decided();
  if (!last || now == last) return;
  last = now;
  speak("update");
  listeners.forEach(attempt);
};

export const onChange = (listener: () => void): void => void listeners.push(listener);

/** `gtag("consent", "default" | "update", {...})` of the page, or of its cookie banner. */
export const hear = (kind: unknown, states: unknown): void => {
  const to = kind == "default" ? defaults : said;
  for (const category of categories) {
    const word = (states as Record<string, unknown> | undefined)?.[signals[category][0]!];
    if (word == "granted" || word == "denied") to[category] = word == "granted";
  }
  changed();
};

/** Before any tag: the state for Google's tags, and an ear at the page's own calls. */
export const begin = (): void => {
  last = JSON.stringify(words()) + decided();
  speak("default", decided() ? {} : { wait_for_update: 500 });
  const api = analytics();
  if (!api) return;
  for (const method of ["consent", "optOut", "optIn"]) {
    const original = api.methods[method]!;
    api.methods[method] = (...args) => {
      original(...args);
      attempt(changed);
    };
  }
};
