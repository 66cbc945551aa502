/** Something that happened on the page: what triggers look at, and what variables are read in. */
export interface Moment {
  /** Names as Google Tag Manager's users know them, or the `event` of a message of the data layer. */
  event: string;
  facts: Record<string, unknown>;
  /** Places of the only triggers it is for; all when missing. */
  only?: number[];
  /** The data layer brought it. */
  custom?: 1;
  /** It is a page view that an address change inside the page began. */
  view?: 1;
  /** Values of variables while triggers are looked at. */
  cache?: unknown[];
  /** Values of variables as they were when a tag began to wait. */
  then?: unknown[];
  /** What has fired on its page view, by number of the tag. */
  spent?: Record<number, number | undefined>;
  /** Called when all its tags are done. */
  done?: () => void;
}
