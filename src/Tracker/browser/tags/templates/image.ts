import type { Tools } from "../tools";

export default (s: { url: string; fresh?: boolean }, t: Tools): Promise<void> => {
  const url = new URL(t.safe(s.url));
  if (s.fresh) url.searchParams.set("cb", `${Date.now()}${Math.floor(Math.random() * 1e6)}`);
  return t.image(url.href);
};
