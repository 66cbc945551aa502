import type { Tools } from "../tools";

export default (s: { amount: unknown; currency: string; order?: unknown; props?: { k: string; v: unknown }[] }, t: Tools): void => {
  if (!t.analytics) throw new Error("analytics.js is not on this page");
  if (s.amount == null || s.amount === "" || !isFinite(+s.amount!)) throw new Error("the amount is no number");
  const props = t.bag(s.props);
  if (s.order) props.order_id = s.order;
  t.analytics.methods.revenue!(+s.amount!, s.currency, props);
};
