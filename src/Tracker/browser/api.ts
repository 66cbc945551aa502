import { set, type Props } from "./events";
import { consented, forget, known, name, remember, type Choice } from "./identity";
import { drop, track, view } from "./page";
import * as queue from "./queue";
import { attempt } from "./safe";

/** Deletes ids and unsent events, which carry them. */
const withdraw = (): void => {
  forget();
  queue.clear();
  drop();
};

export const methods = {
  /** A custom event. */
  track,

  /** A page view by hand. Called before the script has counted the page, it is that page view. */
  page: view,

  /** Names the visitor: on this `identify` event and on all later ones. Null ends it. `signature`: HMAC of the id, made by the site's server. */
  identify(id: unknown, traits?: Props, signature?: string): void {
    name(id, signature);
    if (id != null) track("identify", traits, { interactive: false });
  },

  /** The visitor's choice, remembered; what is left out stays as it was. `analytics` decides between mode A and B. */
  consent(choice: Choice): void {
    const before = consented();
    remember({ consent: { ...known().consent, ...choice } });
    if (before && !consented()) withdraw();
  },

  set,

  /** An event `revenue` with an amount in the currency (ISO 4217). */
  revenue(amount: number, currency: string, props?: Props): void {
    track("revenue", props, { revenue: { amount, currency } });
  },

  /** Nothing is sent from this device until `optIn`. */
  optOut(): void {
    withdraw();
    remember({ out: true });
  },

  optIn(): void {
    remember({ out: undefined });
  },
};

type Call = [keyof typeof methods, ...unknown[]];
type Api = Record<string, unknown> & { q?: unknown };

let early: Call[] | undefined = [];

const call = (what: Call): void => {
  if (early) early.push(what);
  else
    attempt(() => {
      const [method, ...args] = what;
      (methods[method] as (...args: unknown[]) => void)(...args);
    });
};

/** Puts the API on the page's own stub, so that references taken earlier work, unless the name belongs to others. */
export const install = (): void => {
  const page = window as unknown as { analytics?: Api };
  const stub = page.analytics;
  const calls = stub?.q;
  if (stub?.track && !Array.isArray(calls)) return;
  const api: Api = stub?.track ? stub : (page.analytics = {});
  for (const method of Object.keys(methods) as Call[0][]) api[method] = (...args: unknown[]) => call([method, ...args]);
  // A stub's function that the page keeps still pushes here.
  api.q = { push: call };
  if (Array.isArray(calls)) for (let i = 0; i < calls.length; i++) call(calls[i]);
};

/** Runs what was called until now, in its order, and everything later at once. */
export const start = (): void => {
  const calls = early!;
  early = undefined;
  calls.forEach(call);
};
