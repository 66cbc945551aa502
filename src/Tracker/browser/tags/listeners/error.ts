import type { Found, Page } from "../listener";

/** Errors of the page that nothing caught; no more than ten a page. */
export default (_: Found[], { happen, on }: Page): void => {
  let left = 10;
  on(window, "error", event => {
    const { message, filename, lineno } = event as ErrorEvent;
    if (message && left-- > 0) happen("gtm.pageError", { message, file: filename, line: lineno });
  });
  on(window, "unhandledrejection", event => {
    const reason = (event as PromiseRejectionEvent).reason;
    if (left-- > 0) happen("gtm.pageError", { message: `${reason?.message ?? reason}`, file: "", line: 0 });
  });
};
