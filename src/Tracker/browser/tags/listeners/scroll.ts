import type { Found, Page } from "../listener";

/** How far a page was scrolled, each depth once a page view. */
export default (found: Found[], { happen, on }: Page): void => {
  let done: Record<string, boolean> = {};
  let last = location.href;

  const look = (): void => {
    if (last != location.href) (last = location.href), (done = {});
    const page = document.documentElement;
    const reached = {
      vertical: [scrollY + innerHeight, page.scrollHeight],
      horizontal: [scrollX + innerWidth, page.scrollWidth],
    };
    for (const { place, s } of found) {
      const direction = s.direction == "horizontal" ? "horizontal" : "vertical";
      const [at, whole] = reached[direction] as [number, number];
      const units = s.units == "pixels" ? "pixels" : "percent";
      const now = units == "pixels" ? at : (100 * at) / (whole || 1);
      for (const text of `${s.depths}`.split(",")) {
        const threshold = +text;
        const mark = place + ":" + threshold;
        if (!text.trim() || done[mark] || !(now >= threshold)) continue;
        done[mark] = true;
        happen("gtm.scrollDepth", { threshold, units, direction }, [place]);
      }
    }
  };
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    setTimeout(() => ((asked = false), look()), 100);
  };
  on(window, "scroll resize", soon);
  on(window, "load", soon);
  if (document.readyState == "complete") soon();
};
