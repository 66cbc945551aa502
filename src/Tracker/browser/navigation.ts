import { address } from "./events";
import { drop, ensureView, view } from "./page";
import { attempt, on } from "./safe";

let last = "";

/** A page view, when the address is another one than before. */
const moved = (): void => {
  const now = address();
  if (now == last) return;
  last = now;
  view();
};

/** Calls `then` after the page's own call of `history[method]`, whose result and errors stay as they are. */
const follow = (method: "pushState" | "replaceState", then: () => void): void => {
  const original = history[method];
  history[method] = function (...args) {
    original.apply(this, args);
    attempt(then);
  };
};

/** Counts the page when somebody first sees it, each navigation inside it and each return through the browser's cache. */
export const watchNavigation = (): void => {
  last = address();
  follow("pushState", moved);
  follow("replaceState", () => (last = address()));
  on(window, "popstate hashchange", moved);
  on(window, "pageshow", event => {
    if (!(event as PageTransitionEvent).persisted) return;
    // Its engagement was sent when it was left; the moment between waking up and this event is nobody's.
    drop();
    view();
  });
  const seen = () => document.visibilityState == "hidden" || ensureView();
  on(document, "visibilitychange", seen);
  seen();
};
