import type { Found, Page } from "../listener";

/** The first sign of a person on this page. */
export default (_: Found[], { happen, on }: Page): void => {
  let done = false;
  on(window, "pointerdown keydown touchstart wheel", event => {
    if (done || !event.isTrusted) return;
    done = true;
    happen("interaction", { type: event.type });
  });
};
