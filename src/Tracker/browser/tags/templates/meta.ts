import type { Tools } from "../tools";

/** Source: opsblu.com/documentation/learning/integrations/facebook-pixel (base code, init, track, trackCustom), read 2026-11-27. */
export default (s: { id: string; name: string; custom?: boolean; params?: { k: string; v: unknown }[] }, t: Tools): Promise<void> => {
  const page = t.page;
  if (!page.fbq) {
    const queue: any = (page.fbq = function (...args: unknown[]) {
      queue.callMethod ? queue.callMethod(...args) : queue.queue.push(args);
    });
    page._fbq ||= queue;
    Object.assign(queue, { push: queue, loaded: true, version: "2.0", queue: [] });
  }
  const known = (page["tags:meta"] ||= {}) as Record<string, boolean>;
  if (!known[s.id]) page.fbq("init", s.id);
  known[s.id] = true;
  page.fbq(s.custom ? "trackSingleCustom" : "trackSingle", s.id, s.name, t.bag(s.params));
  return t.once("https://connect.facebook.net/en_US/fbevents.js");
};
