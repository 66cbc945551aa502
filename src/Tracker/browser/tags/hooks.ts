import type { Moment } from "./moment";

/** What the preview hears of; nothing in the published script. */
export const hooks: {
  /** The triggers have been asked, no tag has run: what is true now is why. */
  asked?(moment: Moment): void;
  /** The tag's own conditions are about to be looked at. */
  conditions?(tag: number, moment: Moment): void;
  /** A moment is over; `fired` holds the places of the tags whose triggers held. */
  moment?(moment: Moment, fired: number[]): void;
  outcome?(tag: number, moment: Moment, outcome: string, reason?: string): void;
  /** The data layer has taken a message that is no event. */
  message?(message: unknown): void;
} = {};
