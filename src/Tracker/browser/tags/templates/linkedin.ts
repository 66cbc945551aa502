import type { Tools } from "../tools";

/** Source: walkeros.io/docs/destinations/web/linkedin (partner id, insight.min.js, lintrk track), read 2026-11-27. */
export default (s: { id: string; conversion?: string }, t: Tools): Promise<void> => {
  const page = t.page;
  page._linkedin_partner_id = s.id;
  const partners = (page._linkedin_data_partner_ids ||= []) as string[];
  if (!partners.includes(s.id)) partners.push(s.id);
  if (!page.lintrk) {
    page.lintrk = (...args: unknown[]) => page.lintrk.q.push(args);
    page.lintrk.q = [];
  }
  if (s.conversion) page.lintrk("track", { conversion_id: +s.conversion });
  return t.once("https://snap.licdn.com/li.lms-analytics/insight.min.js");
};
