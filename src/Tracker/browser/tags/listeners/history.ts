import type { Found, Page } from "../listener";

/** Address changes inside the page; a page that wraps pushState itself is followed too. */
export default (_: Found[], { happen, on, attempt }: Page): void => {
  let url = location.href;
  let state: unknown = attempt(() => history.state);
  const page = (address: string) => address.split("#")[0];

  const moved = (source: string): void => {
    const [from, before] = [url, state];
    url = location.href;
    state = history.state;
    if (from == url && source != "pushState") return;
    happen("gtm.historyChange", {
      source, oldUrl: from, newUrl: url, oldState: before, newState: state,
      oldFragment: new URL(from).hash.slice(1), newFragment: new URL(url).hash.slice(1),
    }, undefined, page(from) != page(url) && source != "replaceState" ? { view: 1 } : {});
  };
  for (const method of ["pushState", "replaceState"] as const) {
    const original = history[method];
    history[method] = function (...args) {
      original.apply(this, args);
      attempt(() => moved(method));
    };
  }
  on(window, "popstate", () => moved("popstate"));
  on(window, "hashchange", () => moved("hashchange"));
};
