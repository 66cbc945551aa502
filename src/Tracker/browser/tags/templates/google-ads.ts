import type { Tools } from "../tools";

/** Source: the event snippet of Google Ads (conversion, send_to, value, currency, transaction_id), read 2026-11-27. */
export default (s: { id: string; label: string; amount?: unknown; currency?: string; order?: unknown }, t: Tools): Promise<void> | void => {
  // Another's GTM container is another's code.
  if (!/^(G|AW|GT|DC)-[\w-]+$/.test(s.id)) throw new Error("not an ID of Google's tags: " + s.id);
  const started = (t.page["tags:gtag"] ||= {}) as Record<string, Promise<void>>;
  if (!Object.keys(started).length) t.gtag("js", new Date());
  if (!started[s.id]) {
    t.gtag("config", s.id);
    started[s.id] = t.load("https://www.googletagmanager.com/gtag/js?id=" + encodeURIComponent(s.id));
  }
  const facts: Record<string, unknown> = { send_to: s.id + "/" + s.label };
  if (s.amount != null && s.amount !== "" && isFinite(+s.amount!)) (facts.value = +s.amount!), (facts.currency = s.currency);
  if (s.order) facts.transaction_id = `${s.order}`;
  t.gtag("event", "conversion", facts);
  return started[s.id];
};
