import { container } from "../container";
import { css, make } from "./elements";
import { entries, onEntry, type Entry, type Verdict } from "./recording";

type View = "Tags" | "Variables" | "Data layer" | "Consent" | "Event";
const views: View[] = ["Tags", "Variables", "Data layer", "Consent", "Event"];

let chosen: Entry | undefined;
let view: View = "Tags";
const line = make("ol", { class: "line", "aria-label": "What happened" });
const detail = make("div", { class: "detail", role: "region", "aria-label": "Details", tabindex: "0" });

const verdict = ({ tag, state, reasons }: Verdict): HTMLElement => make("tr", {},
  make("td", {}, container.names?.tags[tag] ?? "?"),
  make("td", {}, make("span", { class: "state " + state.split(" ")[0] }, state)),
  make("td", {}, make("ul", { class: "why" }, ...reasons.map(reason => make("li", {}, reason)))));

const table = (heads: string[], rows: HTMLElement[]): HTMLElement => make("table", {},
  make("thead", {}, make("tr", {}, ...heads.map(head => make("th", { scope: "col" }, head)))), make("tbody", {}, ...rows));

const pairs = (heads: string[], rows: [string, string][]): HTMLElement =>
  table(heads, rows.map(([name, value]) => make("tr", {}, make("td", {}, name), make("td", {}, value))));

const content = (entry: Entry): HTMLElement => {
  switch (view) {
    case "Variables": return pairs(["Variable", "Value"], entry.variables);
    case "Data layer": return make("pre", {}, entry.layer);
    case "Consent": return pairs(["Consent to", "State"], entry.consent);
    case "Event": return pairs(["Detail", "Value"], entry.facts);
    default: {
      if (!entry.tags.length) return make("p", {}, "No event: tags were not asked.");
      const order = (one: Verdict) => (one.state == "not fired" ? 1 : 0);
      return table(["Tag", "State", "Why"], [...entry.tags].sort((a, b) => order(a) - order(b)).map(verdict));
    }
  }
};

const button = (text: string, current: boolean, then: () => void): HTMLElement => {
  const element = make("button", { type: "button", ...(current ? { "aria-current": "true" } : {}) }, text);
  element.addEventListener("click", then);
  return element;
};

const draw = (): void => {
  chosen ??= entries[0];
  line.replaceChildren(...entries.map((entry, at) => {
    const fired = entry.tags.filter(tag => tag.state == "fired").length;
    return make("li", {}, button(`${at + 1}. ${entry.event}${fired ? ` · ${fired} fired` : ""}`, entry == chosen, () => {
      chosen = entry;
      draw();
    }));
  }));
  if (!chosen) return detail.replaceChildren("Nothing has happened yet.");
  detail.replaceChildren(
    make("nav", { "aria-label": "What is shown" }, ...views.map(name => button(name, name == view, () => {
      view = name;
      draw();
    }))),
    content(chosen));
};

/** A panel at the bottom of the page, in a shadow root that the page's styles do not reach. */
export const show = (end: () => void): void => {
  const host = document.createElement("tag-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const what = container.version ? `version ${container.version}` : "the draft";
  const smaller = make("button", { type: "button", "aria-expanded": "true" }, "Smaller");
  const ending = make("button", { type: "button" }, "End the preview");
  const panel = make("section", { class: "panel", "aria-label": "Preview of tags" },
    make("header", {}, make("strong", {}, `Preview of ${what}`), smaller, ending),
    make("div", { class: "body" }, line, detail));
  smaller.addEventListener("click", () => {
    const small = panel.classList.toggle("small");
    smaller.textContent = small ? "Larger" : "Smaller";
    smaller.setAttribute("aria-expanded", `${!small}`);
  });
  ending.addEventListener("click", end);
  root.append(panel);
  const attach = () => document.documentElement.append(host);
  attach();
  // Some frameworks replace the whole page.
  new MutationObserver(() => host.isConnected || attach()).observe(document.documentElement, { childList: true });
  onEntry(draw);
  draw();
};
