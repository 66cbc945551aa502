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
  /** When `visitor` and `named` expire (ms since 1970): 13 months after the id was made, never extended. */
  until?: number;
  named?: Named;
}

/** The site's own id of a user, and what its server vouches for it with. */
interface Named {
  userId?: string;
  userSignature?: string;
}

/** The identity an event carries: neither id = mode B. */
export interface Who extends Named {
  visitorId?: string;
}

const key = "analytics." + site.id;
const lifetime = 396 * 864e5;
let memory: Known = {};
let blocked = false;
let named: Named | undefined;

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
  if (remember({ visitor: id, until: Date.now() + lifetime, named })) return id;
  memory = state;
  return;
};

/** Who acts now; undefined when nothing may be sent. */
export const who = (): Who | undefined => {
  const state = known();
  if (state.out || location.protocol == "file:") return;
  const visitorId = consented(state) ? visitor() : undefined;
  return { visitorId, ...(visitorId && !named ? known().named : named) };
};

/** Names the visitor with the site's own user id, perhaps signed by its server; null forgets it. Stored only in mode A. */
export const name = (id: unknown, userSignature?: string): void => {
  named = id == null ? undefined : { userId: `${id}`, userSignature };
  if (who()?.visitorId) remember({ named });
};

/** Deletes the visitor's ids; the choices stay. */
export const forget = (): void => {
  named = undefined;
  attempt(() => remember({ visitor: undefined, until: undefined, named }));
};
