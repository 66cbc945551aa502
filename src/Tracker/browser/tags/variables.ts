import { attempt } from "../safe";
import { code, container, type Category, type Value, type Variable } from "./container";
import { state } from "./consent";
import { matches } from "./expressions";
import { copy, get } from "./layer";
import type { Moment } from "./moment";
import { visit } from "./visits";

type Settings = Record<string, string | undefined> & { rows?: { k: Value; v: Value }[]; of?: Value };
type Reader = (s: Settings, moment: Moment, place: number) => unknown;

const part = (address: unknown, s: Settings): unknown => {
  if (!address) return;
  const url = new URL(`${address}`, location.href);
  const path = url.pathname;
  switch (s.part) {
    case "protocol": return url.protocol.slice(0, -1);
    case "host": return s.bare ? url.hostname.replace(/^www\./, "") : url.hostname;
    case "port": return url.port || (url.protocol == "https:" ? "443" : "80");
    case "path": return path;
    case "extension": return /\.([^./]+)$/.exec(path)?.[1];
    case "query": return s.key ? url.searchParams.get(s.key) ?? undefined : url.search.slice(1);
    case "fragment": return url.hash.slice(1);
    default: return url.href.split("#")[0];
  }
};

const cookie = (name: string): string | undefined =>
  document.cookie.split("; ").find(pair => pair.startsWith(name + "="))?.slice(name.length + 1);

const read = (element: Element | null | undefined, attribute?: string): unknown =>
  !element ? undefined
  : attribute ? element.getAttribute(attribute)
  : (element as HTMLInputElement).value ?? element.textContent?.trim();

const global = (path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], window);

const two = (number: number) => `${number}`.padStart(2, "0");

const time = (kind?: string): unknown => {
  const now = new Date();
  switch (kind) {
    case "timestamp": return now.getTime();
    case "hour": return now.getHours();
    case "weekday": return now.getDay() || 7;
    case "date": return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    default: return now.toISOString();
  }
};

/** Asked for something that consent gives: such a value is not kept for later. */
let consented = false;

const facts = (name?: string): unknown => {
  consented = true;
  return visit()[name as "type"];
};

const consent = (category: string): string => {
  consented = true;
  const now = state(category as Category);
  return now == null ? "unknown" : now ? "granted" : "denied";
};

const same = (a: unknown, b: unknown, fold: unknown) => (fold ? `${a}`.toLowerCase() == `${b}`.toLowerCase() : `${a}` == `${b}`);

const table = (s: Settings, moment: Moment, fits: (input: string, pattern: string) => unknown): unknown => {
  const input = value(s.of, moment);
  const row = s.rows?.find(({ k }) => attempt(() => fits(`${input ?? ""}`, `${value(k, moment)}`)));
  return row ? value(row.v, moment) : undefined;
};

const regex = (s: Settings, moment: Moment): unknown => {
  const flags = s.fold ? "i" : "";
  const text = (pattern: string) => (s.part == "whole" ? `^(?:${pattern})$` : pattern);
  return table(s, moment, (input, pattern) => matches(input, text(pattern), flags));
};

const readers: Record<string, Reader> = {
  layer: s => get(s.name!),
  url: (s, moment) => part(s.of ? value(s.of, moment) : location.href, s),
  query: s => new URLSearchParams(location.search).get(s.name!) ?? undefined,
  referrer: s => part(document.referrer, s),
  cookie: s => {
    const raw = cookie(s.name!);
    return s.raw || raw == null ? raw : attempt(() => decodeURIComponent(raw)) ?? raw;
  },
  local: s => localStorage.getItem(s.name!) ?? undefined,
  session: s => sessionStorage.getItem(s.name!) ?? undefined,
  js: s => global(s.name!),
  code: (_, moment, place) => (code["v:" + place] as (read: (place: number) => unknown) => unknown)(at => variable(at, moment)),
  element: s => read(document.querySelector(s.name!), s.attribute),
  meta: s => document.querySelector(`meta[name="${CSS.escape(s.name!)}"],meta[property="${CSS.escape(s.name!)}"]`)?.getAttribute("content"),
  fact: (s, moment) => moment.facts[s.name!],
  clicked: (s, moment) => read(moment.facts.element as Element, s.attribute),
  event: (_, moment) => moment.event,
  constant: (s, moment) => value(s.of, moment),
  lookup: (s, moment) => table(s, moment, (input, key) => same(input, key, s.fold)),
  regex,
  random: s => Math.floor(Math.random() * (+s.to! - +s.from! + 1)) + +s.from!,
  time: s => time(s.part),
  visitor: s => facts(s.part),
  visit: s => facts(s.part),
  consent: s => consent(s.name!),
  environment: () => container.environment,
  version: () => container.version,
  site: () => container.id,
  title: () => document.title,
  language: () => navigator.language,
  screen: s => (s.part == "viewport" ? innerWidth + "x" + innerHeight : screen.width + "x" + screen.height),
};

const format = (v: Variable, raw: unknown, moment: Moment): unknown => {
  let result = raw == null || raw === "" ? value(v.d, moment) ?? raw : raw;
  if (typeof result == "string") {
    if (v.trim) result = result.trim();
    if (v.c) result = v.c == "l" ? (result as string).toLowerCase() : (result as string).toUpperCase();
    if (v.number && `${result}`.trim() && isFinite(+(result as string))) result = +(result as string);
  }
  return result ?? undefined;
};

const reading: boolean[] = [];

/** The value of a variable; undefined when it has none, fails, or asks for itself. */
export const variable = (place: number, moment: Moment): unknown => {
  const { cache, then = cache } = moment;
  if (then && place in then) return then[place];
  const v = container.variables[place];
  if (!v || reading[place]) return;
  reading[place] = true;
  const result = attempt(() => format(v, attempt(() => readers[v.kind]!(v.s as Settings, moment, place)), moment));
  reading[place] = false;
  if (cache) cache[place] = result;
  return result;
};

/** Keeps the values of a moment for tags that fire later, apart from what consent gives. */
export const keepValues = (moment: Moment): void => {
  const then: unknown[] = [];
  container.variables.forEach((_, place) => {
    consented = false;
    const now = variable(place, moment);
    if (!consented) then[place] = attempt(() => copy(now)) ?? now;
  });
  moment.then = then;
};

/** A text of one variable alone is that variable's value, with its type. */
export function value(v: Value, moment: Moment): unknown {
  if (v == null || typeof v != "object") return v;
  if (Array.isArray(v)) return v.map(item => value(item, moment));
  if ("$" in v) {
    const parts = v.$ as (string | number)[];
    if (parts.length == 1 && typeof parts[0] == "number") return variable(parts[0], moment);
    return parts.map(piece => (typeof piece == "number" ? variable(piece, moment) ?? "" : piece)).join("");
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(v)) result[key] = value((v as Record<string, Value>)[key], moment);
  return result;
}
