import { address, emit, type Options, type Page } from "./events";
import { who } from "./identity";
import { attempt, on } from "./safe";
import { site } from "./site";
import { flush } from "./transport";

/** The page view that counts now: `url` is empty until one is counted, `id` also once its visitor must not be known. */
let page: Page = { id: "", url: "", referrer: attempt(() => `${document.referrer}`) ?? "" };

// Engagement of `page`: `since` is when the running stretch began, 0 = not visible or not focused.
let since = 0;
let engaged = 0;
let lowest = 0;
let depth = 0;

const measure = (): void => {
  lowest = Math.max(lowest, scrollY + innerHeight);
};

const tick = (running: boolean): void => {
  const now = performance.now();
  if (since) engaged += now - since;
  since = running ? now : 0;
};

const active = (): boolean => document.visibilityState == "visible" && document.hasFocus();

/**
 * Sends what was engaged since the last engagement event of this page view: `engagement_ms` is an increment, its sum
 * over a page view is the engagement; `scroll_depth` is the maximum so far. Carries the identity of its page view.
 */
export const engagement = (running = active()): void => {
  tick(running);
  if (!site.engagement || !page.id) return;
  const reached = Math.min(100, Math.round((100 * lowest) / document.documentElement.scrollHeight) || 0);
  const engagement_ms = Math.round(engaged);
  if (!engagement_ms && reached <= depth) return;
  engaged -= engagement_ms;
  depth = Math.max(depth, reached);
  emit("engagement", page, page, { engagement_ms, scroll_depth: depth, pageview_id: page.id });
};

/** Ends the page view, if there is one, and counts a new one. Only the first carries the document's referrer. */
export const view = (props?: unknown): void => {
  engagement();
  const first = !page.url;
  const by = who();
  const next = { url: address(), referrer: first ? page.referrer : "" };
  const id = emit("pageview", next, by, props, {}, 0);
  engaged = depth = 0;
  // In a single-page app the old page's scroll position is still in place when the new one begins.
  lowest = innerHeight + (first ? scrollY : 0);
  page = id ? { ...next, ...by, id } : { ...page, id: "" };
};

/** The first page view of the document, unless it has been counted. */
export const ensureView = (): void => {
  if (site.pageviews && !page.url) view();
};

/** An event on the current page; the page is counted before its first event, even in a tab nobody has looked at. */
export const track = (name: unknown, props?: unknown, options?: Options): void => {
  if (!name) return;
  ensureView();
  emit(`${name}`, { url: address(), referrer: page.referrer }, who(), props, options);
};

/** Ends the page view without engagement. */
export const drop = (): void => {
  page.id = "";
};

const leave = (): void => {
  engagement(false);
  flush();
};

export const watchEngagement = (): void => {
  on(window, "focus blur", () => tick(active()));
  on(document, "visibilitychange", () => (document.visibilityState == "hidden" ? leave() : tick(active())));
  on(window, "pagehide", leave);
  on(window, "scroll", measure);
  // A long read must not end its visit: halfway through the time-out it shows that somebody is still there.
  setInterval(() => attempt(engagement), site.timeout * 3e4);
  tick(active());
};
