import type { Tools } from "../tools";

/** Source: opsblu.com/documentation/analytics-platforms/hotjar (hj, _hjSettings, hotjar-{id}.js?sv=6), read 2026-11-27. */
export default (s: { id: string; name?: string }, t: Tools): Promise<void> => {
  const page = t.page;
  if (!page.hj) {
    page.hj = function () {
      page.hj.q.push(arguments);
    };
    page.hj.q = [];
  }
  page._hjSettings ||= { hjid: +s.id, hjsv: 6 };
  if (s.name) page.hj("event", s.name);
  return t.once(`https://static.hotjar.com/c/hotjar-${encodeURIComponent(s.id)}.js?sv=6`);
};
