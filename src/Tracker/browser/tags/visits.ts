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

const lasts = (of: Kept): boolean => Date.now() - of.last < container.timeout * 6e4;

const enter = (): Kept => {
  const before = load<Kept>(key);
  if (before && lasts(before)) return { ...before, last: Date.now() };
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

/** Does anything in the container ask for it? */
const asked = container.variables.some(({ kind }) => kind == "visit" || kind == "visitor") || container.triggers.some(({ kind }) => kind == "returning");

/** Somebody is here: the visit begins, or lasts. One that has ended does not come back. */
export const attend = (): void => {
  if (!asked || !remembers()) return;
  visit();
  const kept = load<Kept>(key);
  if (kept && lasts(kept)) keep(key, JSON.stringify({ ...kept, last: Date.now() }));
};

/** As analytics.js does, so that a long read ends no visit. */
export const watchVisit = (): void => {
  if (!asked) return;
  attempt(attend);
  setInterval(() => attempt(() => document.visibilityState == "visible" && document.hasFocus() && attend()), container.timeout * 3e4);
};

/** Mode A is over: what it kept is deleted. */
export const forget = (): void => {
  now = undefined;
  keep(key, "");
};
