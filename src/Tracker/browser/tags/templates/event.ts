import type { Tools } from "../tools";

export default (s: { name: string; props?: { k: string; v: unknown }[]; passive?: boolean }, t: Tools): void => {
  if (!t.analytics) throw new Error("analytics.js is not on this page");
  t.analytics.methods.track!(s.name, t.bag(s.props), s.passive ? { interactive: false } : {});
};
