import { command } from "./layer";
import type { Moment } from "./moment";
import { analytics, load, nonce, safe, trusted } from "./page";
import { variable } from "./variables";

const loaded: Record<string, Promise<void>> = {};

/** A script that is wanted once a page, by its address. */
const once = (address: string, attributes?: Record<string, string>): Promise<void> => (loaded[address] ||= load(address, attributes));

const image = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const element = new Image();
    element.onload = () => resolve();
    element.onerror = () => reject(new Error("cannot be loaded: " + address));
    element.src = safe(address);
  });

/** Google's command queue, made where the page has none. */
const gtag = (...args: unknown[]): void => {
  const page = window as unknown as { gtag?: (...args: unknown[]) => void; dataLayer: unknown[] };
  page.gtag ||= function () {
    page.dataLayer.push(arguments);
  };
  command(...args);
};

/** Rows of a form as an object; without them, an empty one. */
const bag = (rows?: { k: string; v: unknown }[]): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const { k, v } of rows ?? []) if (k && v !== undefined) result[k] = v;
  return result;
};

/** What templates may use. */
export interface Tools {
  /** analytics.js; undefined when it is off. */
  analytics: ReturnType<typeof analytics>;
  load: typeof load;
  once: typeof once;
  image: typeof image;
  gtag: typeof gtag;
  bag: typeof bag;
  safe: typeof safe;
  trusted: typeof trusted;
  nonce: string;
  page: Record<string, any>;
  /** The value of the variable at a place. */
  read(place: number): unknown;
}

export const tools = (_place: number, moment: Moment): Tools => ({
  analytics: analytics(), load, once, image, gtag, bag, safe, trusted, nonce, page: window as never,
  read: at => variable(at, moment),
});
