import type { Moment } from "./moment";

/** What the preview hears of; nothing in the published script. */
export const hooks: {
  /** A moment is over; `fired` holds the places of the tags whose triggers held. */
  moment?(moment: Moment, fired: number[]): void;
  outcome?(tag: number, moment: Moment, outcome: string, reason?: string): void;
  message?(message: unknown): void;
} = {};
