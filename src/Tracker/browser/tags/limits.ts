import { keep, load } from "../storage";
import { container, type Tag } from "./container";
import type { Moment } from "./moment";
import { remembers } from "./page";

const day = 864e5;
const key = "analytics." + container.id + ".tags";
const lasting = ({ limit }: Tag): boolean => limit == "day" || limit == "ever";

/** What has fired on this page view. Each moment belongs to one, also when its tags fire later. */
let page: Moment["spent"] = {};
export const view = () => page;

/** May it fire again? What a day or a lifetime allows is remembered in mode A only; in mode B it holds for the page view. */
export const spent = (tag: Tag, moment: Moment): boolean => {
  if (!tag.limit || tag.limit == "event") return false;
  if (moment.spent![tag.n]) return true;
  if (!lasting(tag) || !remembers()) return false;
  const last = load<Record<number, number>>(key)?.[tag.n];
  return !!last && (tag.limit == "ever" || Date.now() - last < day);
};

const put = (tag: Tag, moment: Moment, at?: number): void => {
  moment.spent![tag.n] = at;
  if (lasting(tag) && remembers()) keep(key, JSON.stringify({ ...load<object>(key), [tag.n]: at }));
};

export const spend = (tag: Tag, moment: Moment): void => put(tag, moment, Date.now());

/** It has not fired after all. */
export const refund = (tag: Tag, moment: Moment): void => put(tag, moment);

/** A new page view inside the page. */
export const renew = (): void => {
  page = {};
};

export const forgetLimits = (): void => void keep(key, "");
