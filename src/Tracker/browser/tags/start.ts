import { attempt, on } from "../safe";
import { begin, chosen, decided, hear, onChange } from "./consent";
import { container } from "./container";
import { report } from "./counts";
import { countBlocked, fire, release, renewExceptions } from "./firing";
import { hooks } from "./hooks";
import { enqueue, watch } from "./layer";
import { forgetLimits, renew, view } from "./limits";
import type { Moment } from "./moment";
import { load, remembers } from "./page";
import { listen, pulled } from "./triggers";
import { attend, forget, watchVisit } from "./visits";

/** Places of triggers that have been pulled on this page, for trigger groups. */
const seen: boolean[] = [];
const complete: boolean[] = [];

const groups = (): void => {
  container.triggers.forEach(({ kind, s }, place) => {
    if (kind != "group" || complete[place]) return;
    if (!(s as unknown as { all: number[] }).all.every(other => seen[other])) return;
    complete[place] = true;
    happen("gtm.triggerGroup", {}, [place]);
  });
};

const handle = (moment: Moment): void => {
  moment.cache = [];
  if (moment.view) {
    renew();
    renewExceptions();
  }
  moment.spent = view();
  const known: boolean[] = [];
  const asks = (place: number): boolean => {
    if (known[place] == null && (known[place] = pulled(place, moment))) seen[place] = true;
    return known[place]!;
  };
  container.triggers.forEach((_, place) => asks(place));
  hooks.asked?.(moment);
  const fired = fire(moment, asks);
  hooks.moment?.(moment, fired);
  groups();
};

/** Something happened: triggers are asked in the order in which things happened. */
export const happen = (event: string, facts: Record<string, unknown> = {}, only?: number[], more?: Partial<Moment>): void =>
  enqueue(() => handle({ event, facts, only, ...more }));

const message = (event: string, facts: Record<string, unknown>): void => {
  const callback = facts.eventCallback as ((id: string) => void) | undefined;
  handle({ event, facts, custom: 1, done: typeof callback == "function" ? () => callback(container.id) : undefined });
};

const opened = (): void => {
  begin();
  happen("gtm.init_consent");
  happen("gtm.init");
  if (decided()) happen("consent");
  happen("gtm.js");
  const ready = () => happen("gtm.dom");
  const loaded = () => happen("gtm.load");
  document.readyState == "loading" ? on(document, "DOMContentLoaded", ready) : ready();
  document.readyState == "complete" ? loaded() : on(window, "load", loaded);
};

const consentChanged = (): void => {
  if (!remembers()) {
    forget();
    forgetLimits();
  }
  attempt(attend);
  release();
  if (decided()) happen("consent");
};

/** Runs the container, once a page. */
export const start = (): void => {
  const page = window as unknown as Record<string, boolean>;
  const mark = "tags:" + container.id;
  if (page[mark]) return;
  page[mark] = true;
  const go = () => {
    onChange(consentChanged);
    if (!remembers()) attempt(forget), attempt(forgetLimits);
    watch(opened, message, hear);
    listen({ happen, on, attempt, load, container });
    report(() => {
      countBlocked();
      attend();
    });
    watchVisit();
    // A choice made in another tab.
    on(window, "storage", () => chosen());
    // Brought back by the browser, the page is seen again.
    on(window, "pageshow", event => (event as PageTransitionEvent).persisted && happen("gtm.js", {}, undefined, { view: 1 }));
  };
  if ((document as { prerendering?: boolean }).prerendering) on(document, "prerenderingchange", go);
  else go();
};
