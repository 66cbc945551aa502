import type { Found, Page } from "../listener";

export default (found: Found[], { happen }: Page): void => {
  for (const { place, s } of found) {
    const interval = Math.max(100, +s.milliseconds || 0);
    const most = +s.limit || Infinity;
    let number = 0;
    const timer = setInterval(() => {
      number++;
      if (number >= most) clearInterval(timer);
      happen("gtm.timer", { number, interval, elapsed: number * interval }, [place]);
    }, interval);
  }
};
