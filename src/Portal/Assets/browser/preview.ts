import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { Mirrored } from "../../../Tracker/browser/tags/preview/mirror";

const kept = 500;
const retries = [0, 1_000, 2_000, 5_000, 10_000];

/** What a page with a preview does, as its own panel shows it; a moment that comes again has changed. */
export function previewMirror(): void {
  const place = document.querySelector<HTMLElement>("[data-preview]");
  if (place) new Mirror(place).connect();
}

class Mirror {
  private readonly moments = new Map<string, Mirrored>();
  private chosen = "";
  private follows = true;
  private readonly line: HTMLElement;
  private readonly detail: HTMLElement;

  constructor(private readonly place: HTMLElement) {
    this.line = place.querySelector("[data-preview-line]")!;
    this.detail = place.querySelector("[data-preview-detail]")!;
  }

  connect(): void {
    const connection = new HubConnectionBuilder()
      .withUrl(`/live?site=${encodeURIComponent(this.place.dataset.site!)}`)
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: c => retries[Math.min(c.previousRetryCount, retries.length - 1)]! })
      .configureLogging(LogLevel.None)
      .build();
    const watch = async () => {
      await connection.invoke("Watch", this.place.dataset.preview);
      this.say(this.moments.size ? "" : "Ready. Open the page: what happens there appears here.");
    };
    const start = async (attempt = 0): Promise<void> => {
      try {
        await connection.start();
        await watch();
      } catch {
        setTimeout(() => void start(attempt + 1), retries[Math.min(attempt + 1, retries.length - 1)]);
      }
    };
    connection.on("preview", (text: string) => (JSON.parse(text) as Mirrored[]).forEach(moment => this.take(moment)));
    connection.onreconnecting(() => this.say("The connection is lost. Trying again."));
    connection.onreconnected(watch);
    window.addEventListener("pagehide", () => void connection.stop());
    void start();
  }

  private say(text: string): void {
    this.place.querySelector("[data-preview-state]")!.textContent = text;
  }

  private take(moment: Mirrored): void {
    const key = `${moment.page}:${moment.n}`;
    this.moments.set(key, moment);
    if (this.moments.size > kept) this.moments.delete(this.moments.keys().next().value!);
    if (this.follows) this.chosen = [...this.moments.keys()].at(-1)!;
    this.say("");
    this.place.classList.add("has-moments");
    this.draw();
  }

  private draw(): void {
    let page = "";
    this.line.replaceChildren(...[...this.moments].flatMap(([key, moment]) => {
      const parts: HTMLElement[] = [];
      if (page !== moment.page) parts.push(make("li", "preview-page", new URL(moment.url).pathname));
      page = moment.page;
      return [...parts, make("li", "", this.button(key, moment))];
    }));
    const moment = this.moments.get(this.chosen);
    if (moment) this.show(moment);
  }

  private button(key: string, moment: Mirrored): HTMLElement {
    const fired = moment.tags.filter(tag => tag.state === "fired").length;
    const button = make("button", "preview-moment", `${moment.n}. ${moment.event}${fired ? ` · ${fired} fired` : ""}`);
    button.setAttribute("type", "button");
    if (key === this.chosen) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      this.chosen = key;
      this.follows = key === [...this.moments.keys()].at(-1);
      this.draw();
      this.line.querySelector<HTMLElement>("[aria-current]")?.focus();
    });
    return button;
  }

  private show(moment: Mirrored): void {
    const open = new Set([...this.detail.querySelectorAll<HTMLDetailsElement>("details[open]")].map(one => one.dataset.name));
    const later = (one: { state: string }) => (one.state === "not fired" ? 1 : 0);
    const rows = [...moment.tags].sort((a, b) => later(a) - later(b)).map(tag => make("tr", "",
      make("td", "", tag.name), make("td", "", make("span", `badge preview-${tag.state.split(" ")[0]}`, tag.state)),
      make("td", "", make("ul", "preview-why", ...tag.why.map(why => make("li", "", why))))));
    const more = (name: string, pairs: [string, string][] | undefined, ...heads: string[]) => this.more(name, open, pairs
      ? table(heads, pairs.map(([left, right]) => make("tr", "", make("td", "", left), make("td", "", right)))) : make("p", "muted", "Too long to be sent here. The panel on the page shows it."));
    this.detail.replaceChildren(
      rows.length ? table(["Tag", "State", "Why"], rows) : make("p", "muted", "No tag was asked: there is none, or this is no event."),
      more("Consent", moment.consent, "Consent to", "State"), more("Variables", moment.variables, "Variable", "Value"), more("Event", moment.facts, "Detail", "Value"),
      this.more("Data layer", open, make("pre", "tag-line", moment.layer ?? "Too long to be sent here.")));
  }

  private more(name: string, open: Set<string | undefined>, content: HTMLElement): HTMLElement {
    const details = make("details", "", make("summary", "", name), content) as HTMLDetailsElement;
    details.dataset.name = name;
    details.open = open.has(name);
    return details;
  }
}

/** Texts stay texts: what a page says is not the portal's HTML. */
function make(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function table(heads: string[], rows: HTMLElement[]): HTMLElement {
  const head = make("tr", "", ...heads.map(text => {
    const cell = make("th", "", text);
    cell.setAttribute("scope", "col");
    return cell;
  }));
  return make("div", "table-wrap", make("table", "table", make("thead", "", head), make("tbody", "", ...rows)));
}
