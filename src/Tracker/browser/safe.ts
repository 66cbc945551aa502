/** The value of `work`, or undefined when it throws: no error of ours may reach the page. */
export const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return;
  }
};

/** Listens before the page does, so that a stopped event is seen too; an error here does not reach the page. */
export const on = (target: EventTarget, types: string, listener: (event: Event) => void): void => {
  for (const type of types.split(" "))
    target.addEventListener(type, event => attempt(() => listener(event)), true);
};

/** A UUID v4. Not `crypto.randomUUID`, which pages without TLS lack. */
export const uuid = (): string =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+digit / 4)))).toString(16));
