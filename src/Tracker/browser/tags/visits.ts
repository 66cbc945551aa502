import { attempt } from "../safe";
import { keep, load } from "../storage";
import { container } from "./container";
import { remembers } from "./page";

interface Kept {
  number: number;
  last: number;
  campaign?: string;
  source?: string;
  medium?: string;
  page?: string;
}

export interface Visit {
  type: string;
  number: number | string;
  campaign: string;
  source: string;
  medium: string;
  page: string;
}

const key = "analytics." + container.id + ".visit";
const unknown: Visit = { type: "unknown", number: "unknown", campaign: "unknown", source: "unknown", medium: "unknown", page: "unknown" };
let now: Kept | undefined;

const enter = (): Kept => {
  const before = load<Kept>(key);
  const goes = before && Date.now() - before.last < container.timeout * 6e4;
  if (goes) return { ...before, last: Date.now() };
  const query = new URLSearchParams(location.search);
  const given = (name: string) => query.get("utm_" + name) ?? undefined;
  return {
    number: (before?.number ?? 0) + 1, last: Date.now(), page: location.pathname,
    campaign: given("campaign"), medium: given("medium"),
    source: given("source") ?? (attempt(() => new URL(document.referrer).hostname) || undefined),
  };
};

/** What is known of this visit in mode A; "unknown" in mode B, where nothing is kept on the device. */
export const visit = (): Visit => {
  if (!remembers()) return unknown;
  if (!now) keep(key, JSON.stringify((now = enter())));
  const { number, campaign = "", source = "", medium = "", page = "" } = now;
  return { type: number > 1 ? "returning" : "new", number, campaign, source, medium, page };
};

/** Mode A is over: what it kept is deleted. */
export const forget = (): void => {
  now = undefined;
  keep(key, "");
};
