/** Longer texts are cut before a regular expression sees them; one that takes longer than `slow` ms is not asked again. */
const longest = 2000;
const slow = 50;
const stopped: Record<string, boolean> = {};

/** Throws where the expression is none, or has been stopped. */
export const matches = (text: string, pattern: string, flags = ""): boolean => {
  if (stopped[pattern]) throw new Error("stopped: " + pattern);
  const began = performance.now();
  const result = new RegExp(pattern, flags).test(text.slice(0, longest));
  if (performance.now() - began > slow) stopped[pattern] = true;
  return result;
};
