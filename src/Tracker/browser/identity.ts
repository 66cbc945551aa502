import { attempt, uuid } from "./safe";
import { site } from "./site";
import { keep, load } from "./storage";

export interface Choice {
  analytics?: boolean;
  ads?: boolean;
  personalization?: boolean;
}

/** All that is ever written to the device beside the queue. Mode B keeps only `out` and `consent`. */
export interface Known {
  out?: boolean;
  consent?: Choice;
  visitor?: string;
  /** When `visitor` and `user` expire (ms since 1970): 13 months after the id was made, never extended. */
  until?: number;
  user?: string;
}

/** The identity an event carries: both fields absent = mode B. */
export interface Who {
  visitorId?: string;
  userId?: string;
}

const key = "analytics." + site.id;
const lifetime = 396 * 864e5;
let memory: Known = {};
let blocked = false;
let user: string | undefined;

/** Read anew each time, so that a choice made in another tab counts here too. */
export const known = (): Known => (blocked ? memory : load<Known>(key) ?? {});

/** False when the device does not keep it; then it holds for this page only. */
export const remember = (changes: Known): boolean => {
  memory = { ...known(), ...changes };
  const json = JSON.stringify(memory);
  return !(blocked = !keep(key, json == "{}" ? "" : json));
};

/** Is the visitor in mode A? The visitor's own choice wins; without one the site's setting, unless GPC is on. */
export const consented = ({ consent }: Known = known()): boolean =>
  // Only true is a yes: "denied" and the like are not.
  consent?.analytics == null
    ? !!site.consented && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    : consent.analytics === true;

/** Mode A needs a device that remembers: where storage is blocked an id per page would count one person many times. */
const visitor = (): string | undefined => {
  const state = known();
  if (state.visitor && state.until! > Date.now()) return state.visitor;
  const id = uuid();
  if (remember({ visitor: id, until: Date.now() + lifetime, user })) return id;
  memory = state;
  return;
};

/** Who acts now; undefined when nothing may be sent. */
export const who = (): Who | undefined => {
  const state = known();
  if (state.out || location.protocol == "file:") return;
  if (!consented(state)) return { userId: user };
  const visitorId = visitor();
  return { visitorId, userId: user ?? known().user };
};

/** Names the visitor with the site's own user id; null forgets it. Stored only in mode A. */
export const name = (id: unknown): void => {
  user = id == null ? undefined : `${id}`;
  if (who()?.visitorId) remember({ user });
};

/** Deletes the visitor's ids; the choices stay. */
export const forget = (): void => {
  user = undefined;
  attempt(() => remember({ visitor: undefined, until: undefined, user }));
};
