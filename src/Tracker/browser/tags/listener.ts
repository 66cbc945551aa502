import type { Container } from "./container";
import type { Moment } from "./moment";

/** A trigger that a listener serves. */
export interface Found {
  place: number;
  s: Record<string, any> & { kind: string };
}

/** What listeners may use. They are delivered one by one, and so import nothing but types. */
export interface Page {
  happen(event: string, facts?: Record<string, unknown>, only?: number[], more?: Partial<Moment>): void;
  on(target: EventTarget, types: string, listener: (event: Event) => void): void;
  attempt<T>(work: () => T): T | undefined;
  /** A script on the page, with its nonce. */
  load(address: string): Promise<void>;
  container: Container;
}
