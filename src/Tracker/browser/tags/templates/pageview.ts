import type { Tools } from "../tools";

export default (s: { props?: { k: string; v: unknown }[] }, t: Tools): void => {
  if (!t.analytics) throw new Error("analytics.js is not on this page");
  t.analytics.methods.page!(t.bag(s.props));
};
