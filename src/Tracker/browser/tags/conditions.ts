import { attempt } from "../safe";
import type { Test } from "./container";
import { matches } from "./expressions";
import type { Moment } from "./moment";
import { value } from "./variables";

/** Throws where it is none. */
const number = (text: string): number => {
  if (!text.trim() || isNaN(+text)) throw new Error("not a number: " + text);
  return +text;
};

const compare: Record<string, (a: string, b: string, raw: unknown, fold: boolean) => boolean> = {
  equals: (a, b) => a == b,
  contains: (a, b) => a.includes(b),
  starts: (a, b) => a.startsWith(b),
  ends: (a, b) => a.endsWith(b),
  lt: (a, b) => number(a) < number(b),
  le: (a, b) => number(a) <= number(b),
  gt: (a, b) => number(a) > number(b),
  ge: (a, b) => number(a) >= number(b),
  regex: (a, b, _, fold) => matches(a, b, fold ? "i" : ""),
  css: (_, b, raw) => !!(raw as Element | undefined)?.matches?.(b),
};

/** A comparison that fails (no number, no expression, or one that was stopped) does not hold, negated or not. */
export const holds = ([left, name, right, flags = 0]: Test, moment: Moment): boolean =>
  attempt(() => {
    const raw = value(left, moment);
    const [a, b] = [`${raw ?? ""}`, `${value(right, moment) ?? ""}`];
    const fold = !!(flags & 2) && name != "regex" && name != "css";
    return compare[name]!(fold ? a.toLowerCase() : a, fold ? b.toLowerCase() : b, raw, !!(flags & 2)) != !!(flags & 1);
  }) ?? false;

export const allHold = (tests: Test[] | undefined, moment: Moment): boolean => !tests || tests.every(test => holds(test, moment));
