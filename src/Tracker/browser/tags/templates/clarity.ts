import type { Tools } from "../tools";

/** Source: opsblu.com/documentation/analytics-platforms/microsoft-clarity (standard installation), read 2026-11-27. */
export default (s: { id: string }, t: Tools): Promise<void> => {
  const page = t.page;
  if (!page.clarity) {
    page.clarity = function () {
      page.clarity.q.push(arguments);
    };
    page.clarity.q = [];
  }
  return t.once("https://www.clarity.ms/tag/" + encodeURIComponent(s.id));
};
