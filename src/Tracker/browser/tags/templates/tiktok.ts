import type { Tools } from "../tools";

/** Source: opsblu.com/documentation/ad-platforms/tiktok-ads (pixel: ttq, events.js with sdkid and lib, page, track), read 2026-11-27. */
export default (s: { id: string; name?: string; params?: { k: string; v: unknown }[] }, t: Tools): Promise<void> => {
  const page = t.page;
  const address = "https://analytics.tiktok.com/i18n/pixel/events.js";
  if (!page.ttq) {
    page.TiktokAnalyticsObject = "ttq";
    const queue: any = (page.ttq = []);
    queue.methods = ["page", "track", "identify", "instances", "debug", "on", "off", "once", "ready", "alias", "group", "enableCookie",
      "disableCookie", "holdConsent", "revokeConsent", "grantConsent"];
    queue.setAndDefer = (target: any, method: string) => (target[method] = (...args: unknown[]) => target.push([method, ...args]));
    for (const method of queue.methods) queue.setAndDefer(queue, method);
    queue.instance = (id: string) => {
      const one = queue._i[id] || [];
      for (const method of queue.methods) queue.setAndDefer(one, method);
      return one;
    };
    Object.assign(queue, { _i: {}, _t: {}, _o: {} });
  }
  const queue = page.ttq;
  const known = (page["tags:tiktok"] ||= {}) as Record<string, Promise<void>>;
  if (!known[s.id]) {
    if (queue._i && !queue._i[s.id]) {
      queue._i[s.id] = [];
      queue._i[s.id]._u = address;
      queue._t[s.id] = Date.now();
      queue._o[s.id] = {};
    }
    known[s.id] = t.load(`${address}?sdkid=${encodeURIComponent(s.id)}&lib=ttq`);
    queue.page();
  }
  if (s.name) (queue.instance?.(s.id) ?? queue).track(s.name, t.bag(s.params));
  return known[s.id]!;
};
