import type { Found, Page } from "../listener";

/** Clicks on anything, and on links: HTML's and SVG's, inside open shadow roots, added at any time. */
export default (found: Found[], { happen, on, container }: Page): void => {
  const files =
    /\.(pdf|docx?|xlsx?|pp[st]x?|od[tsp]|rtf|txt|csv|key|epub|zip|rar|7z|t?gz|tar|exe|msi|dmg|pkg|apk|mp[34]|wav|avi|mov|mpe?g|wm[va])$/i;
  const links = found.some(({ s }) => s.kind != "click");
  const clicks = found.some(({ s }) => s.kind == "click");

  const address = (link: Element): string => {
    const href = (link as HTMLAnchorElement).href as string | { baseVal: string } | undefined;
    const text = typeof href == "object" && href ? href.baseVal : href ?? link.getAttribute("xlink:href") ?? "";
    return text ? new URL(text, location.href).href : "";
  };
  const facts = (element: Element, url = "") => ({
    element, id: element.id, url,
    classes: element.getAttribute("class") ?? "",
    target: element.getAttribute("target") ?? "",
    text: (element.textContent ?? "").trim().slice(0, 500),
  });
  const own = (host: string) => [location.hostname].concat(container.hosts).some(known => ("." + host).endsWith("." + known));

  const clicked = (event: Event): void => {
    if ((event as MouseEvent).button > 1) return;
    const path = event.composedPath().filter(node => (node as Node).nodeType == 1) as Element[];
    if (!path[0] || path.some(node => node.localName == "tag-preview")) return;
    const link = path.find(node => node.localName == "a" || node.localName == "area");
    const url = link ? address(link) : "";
    if (clicks && event.type == "click") happen("gtm.click", facts(path[0], url));
    if (!links || !link || !url) return;
    const to = new URL(url);
    const web = /^http/.test(to.protocol);
    happen("gtm.linkClick", {
      ...facts(link, url),
      download: web && (link.hasAttribute("download") || files.test(to.pathname)),
      outbound: web && !own(to.hostname),
    });
  };
  on(document, "click auxclick", clicked);
};
