import type { Found, Page } from "../listener";

/** Elements that come into view, also those added later. */
export default (found: Found[], { happen, attempt }: Page): void => {
  for (const { place, s } of found) {
    const share = Math.min(100, Math.max(1, +s.percent || 50)) / 100;
    const least = +s.milliseconds || 0;
    const seen = new WeakSet<Element>();
    const timers = new Map<Element, number>();
    let fired = false;

    const tell = (element: Element, percent: number): void => {
      if (s.once != "every") observer.unobserve(element);
      if (s.once == "page" && fired) return;
      fired = true;
      happen("gtm.elementVisibility", {
        element, id: element.id, classes: element.getAttribute("class") ?? "", target: "", url: "",
        text: (element.textContent ?? "").trim().slice(0, 500),
        percent: Math.round(percent * 100), milliseconds: least,
      }, [place]);
    };
    const observer = new IntersectionObserver(entries => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        // What is higher than the window can never show that share of itself.
        const enough = isIntersecting && intersectionRatio >= Math.min(share, 0.99 * innerHeight / (target as HTMLElement).offsetHeight || share);
        clearTimeout(timers.get(target));
        timers.delete(target);
        if (!enough) continue;
        if (least) timers.set(target, setTimeout(() => tell(target, intersectionRatio), least));
        else tell(target, intersectionRatio);
      }
    }, { threshold: [0, 0.1, 0.25, share, 0.5, 0.75, 1] });

    const scan = (): void => void attempt(() => {
      for (const element of document.querySelectorAll(`${s.selector}`)) {
        if (seen.has(element)) continue;
        seen.add(element);
        observer.observe(element);
      }
    });
    let asked = false;
    new MutationObserver(() => {
      if (asked) return;
      asked = true;
      setTimeout(() => ((asked = false), scan()), 100);
    }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "id"] });
    scan();
  }
};
