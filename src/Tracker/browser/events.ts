import { known, who, type Who } from "./identity";
import { attempt, uuid } from "./safe";
import { site } from "./site";
import { enqueue, flush } from "./transport";

export type Props = Record<string, unknown>;

export interface Options {
  /** False keeps the event out of the bounce rule. */
  interactive?: boolean;
  revenue?: { amount: number; currency: string };
  callback?: (() => void);
}

/** The page view that events belong to. */
export interface Page extends Who {
  id: string;
  url: string;
  referrer: string;
}

const defaults: Props = {};
/** Once a page: asking costs more than the rest of an event. */
const timezone = attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Address of the page without what is behind #, which may hold secrets, unless the site routes by it. */
export const address = (): string => (site.hash ? location.href : location.href.split("#")[0]!);

/** Copies what JSON can carry; values that throw when read are left out, objects become text. */
const clean = (props: unknown): Props => {
  const result: Props = {};
  for (const key of Object.keys(props ?? {}))
    attempt(() => {
      const value = (props as Props)[key];
      result[key] =
        Array.isArray(value) ? value.join(", ")
        : typeof value == "bigint" ? `${value}`
        : value && typeof value == "object" ? JSON.stringify(value)
        : value;
    });
  return result;
};

/** Adds props to all later events of this page. */
export const set = (props: unknown): void => {
  Object.assign(defaults, clean(props));
};

const context = () => ({
  title: attempt(() => `${document.title}`),
  language: attempt(() => navigator.language),
  screen: attempt(() => screen.width + "x" + screen.height),
  timezone,
  consent: known().consent,
});

const money = (revenue: Options["revenue"]) =>
  revenue && isFinite(revenue.amount) ? { amount: +revenue.amount, currency: `${revenue.currency}` } : undefined;

/** Queues an event of `page`, under the identity of `by`. Gives its id; undefined when nothing may be sent. */
export const emit = (
  name: string, page: Omit<Page, "id">, by: Who | undefined, props?: unknown, options: Options = {}, delay = 900,
): string | undefined => {
  if (!who() || !by) return void (options.callback && setTimeout(() => attempt(options.callback!)));
  const id = uuid();
  const event = {
    // First: of a page it brings more than the identity, which what follows replaces.
    ...by,
    id,
    name,
    timestamp: new Date().toISOString(),
    url: page.url,
    referrer: page.referrer || undefined,
    props: { ...defaults, ...clean(props) },
    revenue: money(options.revenue),
    interactive: options.interactive === false ? false : undefined,
    context: context(),
  };
  enqueue(JSON.stringify(event), delay, options.callback);
  if (document.visibilityState == "hidden") flush();
  return id;
};
