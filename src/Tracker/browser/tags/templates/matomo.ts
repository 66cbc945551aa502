import type { Tools } from "../tools";

/** Source: matomo-org/matomo, core/Tracker/TrackerCodeGenerator.php (tracking code: _paq, matomo.js, matomo.php), read 2026-11-27. */
export default (s: { url: string; id: string; links?: boolean; action: string; category?: string; name?: string; event?: string; amount?: unknown }, t: Tools): Promise<void> => {
  const base = t.safe(s.url.replace(/\/?$/, "/"));
  const queue = (t.page._paq ||= []) as { push(command: unknown[]): void };
  const known = (t.page["tags:matomo"] ||= {}) as Record<string, boolean>;
  if (!known[base + s.id]) {
    known[base + s.id] = true;
    queue.push(["setTrackerUrl", base + "matomo.php"]);
    queue.push(["setSiteId", s.id]);
    if (s.links) queue.push(["enableLinkTracking"]);
  }
  if (s.action == "event") queue.push(["trackEvent", s.category, s.event, s.name || undefined, isFinite(+s.amount!) && s.amount !== "" ? +s.amount! : undefined]);
  else queue.push(["trackPageView"]);
  return t.once(base + "matomo.js");
};
