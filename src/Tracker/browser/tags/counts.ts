import { attempt, on } from "../safe";
import { container } from "./container";
import { hooks } from "./hooks";
import { analytics, source } from "./page";

export type Count = 0 | 1 | 2;

/** Of each tag: fired, failed, blocked by consent. */
let counts: Record<number, [number, number, number]> = {};

/** @param which 0 = fired, 1 = failed, 2 = blocked by consent. */
export const count = (tag: number, which: Count): void => {
  (counts[tag] ||= [0, 0, 0])[which]++;
};

const send = (): void => {
  const tags = counts;
  counts = {};
  if (!Object.keys(tags).length || !container.version || hooks.moment || analytics()?.known().out) return;
  const address = new URL("../v1/tags", source).href;
  // Joined by hand: pages with an old Prototype.js turn an array into a text inside JSON.
  const body = Object.keys(tags).map(tag => `"${tag}":[${tags[+tag]!.join()}]`).join();
  navigator.sendBeacon(address, `{"writeKey":"${container.id}","version":${container.version},"tags":{${body}}}`);
};

/** Numbers alone leave the page, when it is left: no id, no address, no value. `before` still may count. */
export const report = (before: () => void): void => {
  const leave = () => {
    attempt(before);
    send();
  };
  on(window, "pagehide", leave);
  on(document, "visibilitychange", () => document.visibilityState == "hidden" && leave());
};
