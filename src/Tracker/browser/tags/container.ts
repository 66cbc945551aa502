/** A literal, or a text made of literals and variables: `{ $: ["a", 3, "b"] }`, where 3 is the place of a variable. */
export type Value = string | number | boolean | null | undefined | { $: (string | number)[] } | { [key: string]: Value } | Value[];

/** One comparison: left side, name of the comparison, right side, and 1 = negated + 2 = upper and lower case are the same. */
export type Test = [left: Value, comparison: string, right: Value, flags?: number];

type Settings = Record<string, never>;

export interface Variable {
  kind: string;
  s: Settings;
  /** Given where the variable has no value. */
  d?: Value;
  /** Case: l(ower) or u(pper). */
  c?: "l" | "u";
  trim?: 1;
  number?: 1;
}

export interface Trigger {
  kind: string;
  s: Settings;
  /** All must hold. */
  when?: Test[];
}

export interface Tag {
  /** Number of the tag in its site: what counters call it. */
  n: number;
  /** Template. */
  t: string;
  s: Record<string, Value>;
  on: number[];
  /** Exceptions. */
  not?: number[];
  /** An exception that held once holds for the whole page view. */
  sticky?: 1;
  when?: Test[];
  /** Consent categories that all must be granted. */
  needs?: Category[];
  limit?: "event" | "page" | "day" | "ever";
  priority?: number;
  /** Milliseconds. */
  delay?: number;
  /** Milliseconds since 1970. */
  from?: number;
  until?: number;
  /** Place of the tag that runs before this one; `strict`: this one does not run when that fails. */
  before?: number;
  after?: number;
  strict?: 1;
}

export type Category = "analytics" | "ads" | "personalization";

/** A version as `TagScript` (C#) writes it. Names of tags, triggers and variables are not in it. */
export interface Container {
  /** Tracking id of the site. */
  id: string;
  /** Number of the version; 0 for a draft. */
  version: number;
  environment: string;
  /** Minutes without an event after which a visit ends. */
  timeout: number;
  /** Hosts of the site. */
  hosts: string[];
  /** What holds until the visitor decides: 1 = granted, 0 = denied; a category that is missing waits. */
  consent: { [category in Category]?: 0 | 1 };
  /** Google's consent signals are sent. */
  google?: 1;
  variables: Variable[];
  triggers: Trigger[];
  tags: Tag[];
  /** In the preview only: what the panel shows. */
  names?: { variables: string[]; triggers: string[]; tags: string[] };
  /** In the preview only: where the panel sends what it saw. */
  session?: string;
}

/** What templates, listeners and the customer's own code are made of, by `t:template`, `on:listener`, `v:place`, `c:place`. */
type Code = Record<string, (...args: never[]) => unknown>;

declare const $tags: Container;
declare const $code: Code;

export const container = $tags;
export const code = $code;
