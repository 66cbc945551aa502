import { type Props } from "./events";
import { track } from "./page";
import { on } from "./safe";
import { site } from "./site";

const files =
  /\.(pdf|docx?|xlsx?|pp[st]x?|od[tsp]|rtf|txt|csv|key|epub|zip|rar|7z|t?gz|tar|exe|msi|dmg|pkg|apk|mp[34]|wav|avi|mov|mpe?g|wm[va])$/i;

const own = (host: string): boolean =>
  [location.hostname].concat(site.hosts).some(known => ("." + host).endsWith("." + known));

/** The innermost element of the event that matches, through shadow roots. */
const find = (event: Event, selector: string): Element | undefined =>
  event.composedPath().find(node => (node as Element).matches?.(selector)) as Element | undefined;

/** data-track="Name" data-track-prop-x="value": the event that the page's author wrote into the markup. */
const marked = (element: Element | undefined): void => {
  if (!element) return;
  const props: Props = {};
  for (const { name, value } of element.attributes)
    if (name.startsWith("data-track-prop-")) props[name.slice(16)] = value;
  track(element.getAttribute("data-track"), props);
};

const link = (anchor: HTMLAnchorElement): void => {
  if (!/^http/.test(anchor.protocol)) return;
  const file = anchor.hasAttribute("download") || files.test(anchor.pathname);
  if (file && site.downloads) track("File Download", { url: anchor.href });
  else if (site.outbound && !own(anchor.hostname)) track("Outbound Link", { url: anchor.href });
};

const click = (event: Event): void => {
  // The middle button opens links, the right one only a menu.
  if ((event as MouseEvent).button > 1) return;
  marked(find(event, "[data-track]:not(form)"));
  const anchor = find(event, "a[href]");
  if (anchor) link(anchor as HTMLAnchorElement);
};

/** What is typed into a form is never read. */
const submit = (event: Event): void => {
  marked(find(event, "form[data-track]"));
  const form = find(event, "form");
  if (site.forms && form)
    track("Form Submit", { form: form.getAttribute("id") ?? form.getAttribute("name"), action: form.getAttribute("action") });
};

export const watchMarkup = (): void => {
  on(document, "click auxclick", click);
  on(document, "submit", submit);
};

/** The page itself was answered with status 404. */
export const reportNotFound = (): void => {
  const [load] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming & { responseStatus?: number })[];
  if (site.notFound && load?.responseStatus == 404) track("404", { path: location.pathname }, { interactive: false });
};
