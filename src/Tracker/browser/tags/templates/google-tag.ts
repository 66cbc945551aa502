import type { Tools } from "../tools";

/** Source: developers.google.com/tag-platform/gtagjs (install the Google tag), read 2026-11-27. */
export default (s: { id: string; settings?: { k: string; v: unknown }[] }, t: Tools): Promise<void> => {
  // Another's GTM container is another's code.
  if (!/^(G|AW|GT|DC)-[\w-]+$/.test(s.id)) throw new Error("not an ID of Google's tags: " + s.id);
  const started = (t.page["tags:gtag"] ||= {}) as Record<string, Promise<void>>;
  if (!Object.keys(started).length) t.gtag("js", new Date());
  t.gtag("config", s.id, t.bag(s.settings));
  return (started[s.id] ||= t.load("https://www.googletagmanager.com/gtag/js?id=" + encodeURIComponent(s.id)));
};
