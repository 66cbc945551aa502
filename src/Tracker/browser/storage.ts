import { attempt } from "./safe";

/** The parsed value under `key`; undefined when there is none, it is broken, or storage is blocked. */
export const load = <T>(key: string): T | undefined => attempt(() => JSON.parse(localStorage.getItem(key)!) ?? undefined);

/** Keeps `json` under `key` (empty = removes it); false when storage is blocked or full. */
export const keep = (key: string, json: string): boolean =>
  !!attempt(() => {
    if (json) localStorage.setItem(key, json);
    else localStorage.removeItem(key);
    return 1;
  });
