import { attempt } from "../../safe";
import { categories, state } from "../consent";
import { container, type Test } from "../container";
import { holds } from "../conditions";
import { hooks } from "../hooks";
import { all } from "../layer";
import type { Moment } from "../moment";
import { waits } from "../triggers";
import { value, variable } from "../variables";

export interface Verdict {
  tag: number;
  state: string;
  reasons: string[];
}

/** One moment, as it was. */
export interface Entry {
  moment: Moment;
  tags: Verdict[];
  variables: [string, string][];
  layer: string;
  consent: [string, string][];
}

export const entries: Entry[] = [];
const kept = 500;
const listeners: ((entry: Entry) => void)[] = [];
const listener = (entry: Entry): void => listeners.forEach(then => attempt(() => then(entry)));

export const onEntry = (then: (entry: Entry) => void): void => void listeners.push(then);

/** Any value as a text that ends. */
export const shown = (of: unknown): string => {
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
  return text.length > 2000 ? text.slice(0, 2000) + "…" : text;
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

const trigger = (place: number, moment: Moment): string[] => {
  const one = container.triggers[place]!;
  const name = container.names?.triggers[place] ?? "?";
  if (!waits(one, place, moment)) return [`${name}: waits for something else`];
  return (one.when ?? []).length ? one.when!.map(tested => `${name}: ${test(tested, moment)}`) : [`${name}: holds`];
};

const reasons = (place: number, moment: Moment): string[] => {
  const tag = container.tags[place]!;
  return [...tag.on.flatMap(at => trigger(at, moment)), ...(tag.when ?? []).map(tested => test(tested, moment))];
};

const why: Record<string, string> = {
  schedule: "outside the time in which it may fire", exception: "an exception holds", condition: "a condition of the tag does not hold",
  limit: "it has fired as often as it may",
};

/** Outcomes that came before their moment was over. */
let early: Verdict[] = [];
const open = new Map<Moment, Entry>();

export const record = (): void => {
  hooks.moment = (moment, fired) => {
    const tags = container.tags.map((_, place): Verdict =>
      early.find(one => one.tag == place) ?? { tag: place, state: fired.includes(place) ? "fires" : "not fired", reasons: reasons(place, moment) });
    early = [];
    const entry: Entry = {
      moment, tags,
      variables: container.variables.map((_, place) => [container.names?.variables[place] ?? "?", shown(variable(place, moment))]),
      layer: shown(all()),
      consent: categories.map(category => [category, state(category) == null ? "not decided" : state(category) ? "granted" : "denied"]),
    };
    entries.push(entry);
    if (entries.length > kept) entries.shift();
    open.set(moment, entry);
    listener(entry);
  };
  hooks.outcome = (tag, moment, outcome, reason) => {
    const verdict: Verdict = {
      tag,
      state: outcome == "blocked" ? "not fired" : outcome == "waiting" ? "waits for consent" : outcome,
      reasons: [...(reason ? [outcome == "waiting" ? `consent to ${reason} is missing` : why[reason] ?? reason] : []), ...reasons(tag, moment)],
    };
    const entry = open.get(moment);
    if (!entry) return void early.push(verdict);
    entry.tags = entry.tags.map(one => (one.tag == tag ? verdict : one));
    listener(entry);
  };
};
