import { keep, load } from "../storage";
import { container, type Tag } from "./container";
import { remembers } from "./page";

const day = 864e5;
const key = "analytics." + container.id + ".tags";
let page: Record<number, number> = {};

/** May it fire again? What a day or a lifetime allows is remembered in mode A only; in mode B it holds for the page view. */
export const spent = (tag: Tag): boolean => {
  if (!tag.limit || tag.limit == "event") return false;
  if (page[tag.n]) return true;
  if (tag.limit == "page" || !remembers()) return false;
  const last = load<Record<number, number>>(key)?.[tag.n];
  return !!last && (tag.limit == "ever" || Date.now() - last < day);
};

export const spend = (tag: Tag): void => {
  page[tag.n] = 1;
  if (tag.limit != "day" && tag.limit != "ever" || !remembers()) return;
  keep(key, JSON.stringify({ ...load<object>(key), [tag.n]: Date.now() }));
};

/** A new page view inside the page. */
export const renew = (): void => {
  page = {};
};

export const forgetLimits = (): void => void keep(key, "");
