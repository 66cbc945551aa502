import { attempt } from "../safe";
import { code, container, type Trigger } from "./container";
import { allHold } from "./conditions";
import { matches } from "./expressions";
import type { Moment } from "./moment";
import { visit } from "./visits";

/** The moment a kind waits for; a function where that depends on more. */
const kinds: Record<string, string | ((s: Record<string, unknown>, moment: Moment) => boolean)> = {
  "consent-init": "gtm.init_consent",
  init: "gtm.init",
  pageview: (s, moment) => moment.event == "gtm.js" || (!!s.inside && !!moment.view),
  dom: "gtm.dom",
  load: "gtm.load",
  consent: "consent",
  click: "gtm.click",
  link: "gtm.linkClick",
  download: (_, moment) => moment.event == "gtm.linkClick" && !!moment.facts.download,
  outbound: (_, moment) => moment.event == "gtm.linkClick" && !!moment.facts.outbound,
  submit: "gtm.formSubmit",
  visible: "gtm.elementVisibility",
  scroll: "gtm.scrollDepth",
  history: "gtm.historyChange",
  timer: "gtm.timer",
  error: "gtm.pageError",
  video: "gtm.video",
  interaction: "interaction",
  leave: "leave",
  returning: (s, moment) => moment.event == "gtm.js" && +visit().number >= +(s.visits ?? 2),
  custom: (s, moment) => !!moment.custom && (s.regex ? matches(moment.event, s.name as string) : moment.event == s.name),
  group: "gtm.triggerGroup",
};

/** Does the trigger wait for a moment of this kind? */
export const waits = (trigger: Trigger, place: number, moment: Moment): boolean => {
  if (moment.only && moment.only.indexOf(place) < 0) return false;
  const kind = kinds[trigger.kind];
  return typeof kind == "function" ? !!attempt(() => kind(trigger.s, moment)) : !moment.custom && kind == moment.event;
};

export const pulled = (place: number, moment: Moment): boolean => {
  const trigger = container.triggers[place]!;
  return waits(trigger, place, moment) && allHold(trigger.when, moment);
};

/** Kinds that listen to the page, by the listener they need. */
const listeners: Record<string, string> = {
  click: "click", link: "click", download: "click", outbound: "click", submit: "submit", visible: "visible", scroll: "scroll",
  history: "history", timer: "timer", error: "error", video: "video", interaction: "interaction", leave: "leave", pageview: "history",
};

export interface Found {
  place: number;
  s: Record<string, never>;
}

/** Starts each listener that a trigger needs, once. */
export const listen = (tools: unknown): void => {
  const needed: Record<string, Found[]> = {};
  container.triggers.forEach(({ kind, s }, place) => {
    const name = listeners[kind];
    if (name && code["on:" + name]) (needed[name] ||= []).push({ place, s: { ...s, kind: kind as never } });
  });
  for (const name of Object.keys(needed))
    attempt(() => (code["on:" + name] as (found: Found[], tools: unknown) => void)(needed[name]!, tools));
};
