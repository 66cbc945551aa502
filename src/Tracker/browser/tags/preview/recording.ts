import { attempt } from "../../safe";
import { categories, state } from "../consent";
import { container, type Test } from "../container";
import { holds } from "../conditions";
import { hooks } from "../hooks";
import { all } from "../layer";
import type { Moment } from "../moment";
import { pulled, waits } from "../triggers";
import { value, variable } from "../variables";

export interface Verdict {
  tag: number;
  state: string;
  reasons: string[];
}

/** One moment, as it was. */
export interface Entry {
  event: string;
  facts: [string, string][];
  tags: Verdict[];
  variables: [string, string][];
  layer: string;
  consent: [string, string][];
}

export const entries: Entry[] = [];
const kept = 500;
const longestLayer = 20_000;
const listeners: ((entry: Entry) => void)[] = [];
const listener = (entry: Entry): void => listeners.forEach(then => attempt(() => then(entry)));

export const onEntry = (then: (entry: Entry) => void): void => void listeners.push(then);

/** Any value as a text that ends. */
const shown = (of: unknown, longest = 2000): string => {
  if (of === undefined) return "undefined";
  if (of instanceof Element) return `<${of.localName}${of.id ? "#" + of.id : ""}>`;
  if (typeof of == "function") return "function";
  const seen = new WeakSet<object>();
  const text = attempt(() => JSON.stringify(of, (_, item: unknown) => {
    if (item instanceof Node) return `<${item.nodeName.toLowerCase()}>`;
    if (typeof item == "function") return "function";
    if (item && typeof item == "object") {
      if (seen.has(item)) return "…";
      seen.add(item);
    }
    return item;
  })) ?? String(of);
  return text.length > longest ? text.slice(0, longest) + "…" : text;
};

const words: Record<string, string> = {
  equals: "is", contains: "contains", starts: "starts with", ends: "ends with", regex: "matches", css: "matches the selector",
  lt: "is less than", le: "is at most", gt: "is more than", ge: "is at least",
};

const test = (tested: Test, moment: Moment): string => {
  const [left, name, right, flags = 0] = tested;
  const place = (left as { $: [number] }).$[0];
  const variableName = container.names?.variables[place] ?? "?";
  const verdict = holds(tested, moment) ? "holds" : "does not hold";
  return `${variableName} = ${shown(value(left, moment))} ${flags & 1 ? "not " : ""}${words[name]} ${shown(value(right, moment))}: ${verdict}`;
};

const trigger = (place: number, moment: Moment, title = ""): string[] => {
  const one = container.triggers[place]!;
  const name = title + (container.names?.triggers[place] ?? "?");
  if (!waits(one, place, moment)) return title ? [] : [`${name}: waits for something else`];
  return (one.when ?? []).length ? one.when!.map(tested => `${name}: ${test(tested, moment)}`) : [`${name}: holds`];
};

const why: Record<string, string> = {
  schedule: "outside the time in which it may fire", exception: "an exception holds", stuck: "an exception held before on this page view",
  condition: "a condition of the tag does not hold", limit: "it has fired as often as it may",
};

/** What can be said of a tag at a moment. */
interface Reasons {
  triggers: string[];
  conditions: string[];
  exception: boolean;
}

const conditions = (place: number, moment: Moment): string[] => (container.tags[place]!.when ?? []).map(tested => test(tested, moment));

const reasons = (place: number, moment: Moment): Reasons => {
  const { on, not = [] } = container.tags[place]!;
  return {
    triggers: [...on.flatMap(at => trigger(at, moment)), ...not.flatMap(at => trigger(at, moment, "Exception "))],
    conditions: conditions(place, moment), exception: not.some(at => pulled(at, moment)),
  };
};

const pairs = (from: unknown): [string, string][] =>
  Object.keys(from as object).map(name => [name, shown((from as Record<string, unknown>)[name])]);

/** What is true now; nothing in it is read again later. */
const entry = (moment: Moment): Entry => ({
  event: moment.event, facts: pairs(moment.facts), tags: [],
  variables: container.variables.map((_, place) => [container.names?.variables[place] ?? "?", shown(variable(place, moment))]),
  layer: shown(all(), longestLayer),
  consent: categories.map(category => [category, state(category) == null ? "not decided" : state(category) ? "granted" : "denied"]),
});

const add = (one: Entry): void => {
  entries.push(one);
  if (entries.length > kept) entries.shift();
  listener(one);
};

const open = new WeakMap<Moment, { entry: Entry; reasons: Reasons[] }>();

const verdict = (tag: number, outcome: string, reason: string | undefined, known: Reasons): Verdict => {
  const said = reason == "exception" && !known.exception ? "stuck" : reason;
  return {
    tag,
    state: outcome == "blocked" ? "not fired" : outcome == "waiting" ? "waits for consent" : outcome,
    reasons: [...(said ? [outcome == "waiting" ? `consent to ${said} is missing` : why[said] ?? said] : []), ...known.triggers, ...known.conditions],
  };
};

/** Hears everything that happens. */
export const record = (): void => {
  hooks.asked = moment => {
    const known = container.tags.map((_, place) => reasons(place, moment));
    open.set(moment, { entry: { ...entry(moment), tags: known.map((one, tag) => verdict(tag, "", undefined, one)) }, reasons: known });
  };
  hooks.conditions = (tag, moment) => {
    const known = open.get(moment)?.reasons[tag];
    if (known) known.conditions = conditions(tag, moment);
  };
  hooks.outcome = (tag, moment, outcome, reason) => {
    const found = open.get(moment);
    if (!found) return;
    found.entry.tags[tag] = verdict(tag, outcome, reason, found.reasons[tag]!);
    if (entries.includes(found.entry)) listener(found.entry);
  };
  hooks.moment = (moment, fired) => {
    const found = open.get(moment);
    if (!found) return;
    for (const one of found.entry.tags) one.state ||= fired.includes(one.tag) ? "fires" : "not fired";
    add(found.entry);
  };
  hooks.message = message => {
    add(entry({ event: "Message", facts: message as Record<string, unknown> }));
  };
};
