import { attempt } from "../safe";
import { container } from "./container";

const script = document.currentScript as HTMLScriptElement | null;

/** Of the page's own script element: what it allows us, it allows what we insert. */
export const nonce = script?.nonce || script?.getAttribute("nonce") || "";
export const source = script?.src ?? "";

interface Policy {
  createHTML(text: string): string;
  createScript(text: string): string;
  createScriptURL(text: string): string;
}

const same = (text: string) => text;
const plain: Policy = { createHTML: same, createScript: same, createScriptURL: same };

/**
 * Where the page requires Trusted Types, it must allow the policy `analytics-tags`. It may be made once: all containers of
 * the page and the preview share it.
 */
export const trusted: Policy = attempt(() => {
  const page = window as unknown as { trustedTypes?: { createPolicy(name: string, policy: Policy): Policy }; "tags:policy"?: Policy };
  return (page["tags:policy"] ||= page.trustedTypes?.createPolicy("analytics-tags", plain));
}) ?? plain;

/** analytics.js of the same site, when it runs. */
export interface Analytics {
  methods: Record<string, (...args: unknown[]) => void>;
  known(): { out?: boolean; consent?: { [category: string]: boolean | undefined } };
  consented(): boolean;
}

export const analytics = (): Analytics | undefined =>
  (window as unknown as Record<string, Analytics | undefined>)["analytics:" + container.id];

/** True only while ids may be kept on the device. */
export const remembers = (): boolean => !!analytics()?.consented();

/** A script on the page; rejects when it cannot be loaded. */
export const load = (address: string, attributes: Record<string, string> = {}): Promise<void> =>
  new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.async = true;
    if (nonce) element.nonce = nonce;
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]!);
    element.src = trusted.createScriptURL(safe(address));
    element.onload = () => resolve();
    element.onerror = () => reject(new Error("cannot be loaded: " + address));
    (document.head || document.documentElement).appendChild(element);
  });

/** The absolute address, when it is one of the web; throws otherwise. */
export const safe = (address: string): string => {
  const url = new URL(address, location.href);
  if (!/^https?:$/.test(url.protocol)) throw new Error("refused address: " + url.protocol);
  return url.href;
};
