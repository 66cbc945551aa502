import type { Found, Page } from "../listener";

/** The mouse leaves the page at the top, where tabs and the address are; once a page. Touch screens have no such sign. */
export default (_: Found[], { happen, on }: Page): void => {
  let done = false;
  on(document, "mouseout", event => {
    const { clientY, relatedTarget } = event as MouseEvent;
    if (done || relatedTarget || clientY > 0) return;
    done = true;
    happen("leave");
  });
};
