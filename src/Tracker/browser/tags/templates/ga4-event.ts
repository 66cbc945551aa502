import type { Tools } from "../tools";

/** Source: developers.google.com/tag-platform/gtagjs/reference (event, send_to), read 2026-11-27. */
export default (s: { id: string; name: string; params?: { k: string; v: unknown }[] }, t: Tools): Promise<void> | void => {
  // Another's GTM container is another's code.
  if (!/^(G|AW|GT|DC)-[\w-]+$/.test(s.id)) throw new Error("not an ID of Google's tags: " + s.id);
  const started = (t.page["tags:gtag"] ||= {}) as Record<string, Promise<void>>;
  if (!Object.keys(started).length) t.gtag("js", new Date());
  if (!started[s.id]) {
    t.gtag("config", s.id, { send_page_view: false });
    started[s.id] = t.load("https://www.googletagmanager.com/gtag/js?id=" + encodeURIComponent(s.id));
  }
  t.gtag("event", s.name, { ...t.bag(s.params), send_to: s.id });
  return started[s.id];
};
