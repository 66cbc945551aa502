import type { Tools } from "../tools";

/** Source: opsblu.com/documentation/ad-platforms/microsoft-advertising (UET tag: bat.js, uetq, pageLoad), read 2026-11-27. */
export default (s: { id: string; action?: string; params?: { k: string; v: unknown }[] }, t: Tools): Promise<void> => {
  const page = t.page;
  page.uetq ||= [];
  const ready = t.once("https://bat.bing.com/bat.js").then(() => {
    const known = (page["tags:uet"] ||= {}) as Record<string, boolean>;
    if (known[s.id] || typeof page.UET != "function") return;
    known[s.id] = true;
    page.uetq = new page.UET({ ti: s.id, enableAutoSpaTracking: true, q: page.uetq });
    page.uetq.push("pageLoad");
  });
  return s.action ? ready.then(() => page.uetq.push("event", s.action, t.bag(s.params))) : ready;
};
