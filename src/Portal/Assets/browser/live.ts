import { HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";

declare global {
  interface Window {
    htmx: typeof import("htmx.org").default;
  }
}

const refreshMs = 2_000;
const recountMs = 30_000;
const recounts = [0, 2_000, 10_000, 30_000, 60_000];

/** Pushed numbers of the site whose page is open; the report asks again while something happens, at most every 2 s. */
export function live(): void {
  const domain = page()?.dataset.live;
  if (!domain) return;
  const connection = new HubConnectionBuilder()
    .withUrl(`/live?site=${encodeURIComponent(domain)}`)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: c => recounts[Math.min(c.previousRetryCount, recounts.length - 1)] })
    .configureLogging(LogLevel.None)
    .build();
  const refresh = throttled(ask());
  let heard = 0;
  let counted = -1;
  const renew = () => void (page()?.dataset.liveReport && refresh());
  connection.on("activity", (visitors: number, events: number) => {
    heard = Date.now();
    count(visitors);
    if (events !== counted) renew();
    counted = events;
  });
  document.addEventListener("htmx:beforeSwap", yieldToNavigation);
  connection.onreconnected(() => {
    renew();
    return recount(connection);
  });
  setInterval(() => !document.hidden && Date.now() - heard > recountMs && recount(connection), recountMs);
  document.addEventListener("visibilitychange", () => !document.hidden && recount(connection));
  window.addEventListener("pagehide", () => void connection.stop());
  void start(connection);
}

/** The request's own element: the event's may be another, once the page has been replaced meanwhile. */
function isRefresh(e: Event): boolean {
  return ((e as CustomEvent).detail.requestConfig?.elt as Element | undefined)?.id === "refresh";
}

/** A refresh must not take away the link that was just followed: htmx would lose the new address with it. */
function yieldToNavigation(e: Event): void {
  if (isRefresh(e) && document.querySelector("#page.htmx-request")) (e as CustomEvent).detail.shouldSwap = false;
}

async function start(connection: HubConnection, attempt = 0): Promise<void> {
  try {
    await connection.start();
    await recount(connection);
  } catch {
    setTimeout(() => void start(connection, attempt + 1), recounts[Math.min(attempt + 1, recounts.length - 1)]);
  }
}

async function recount(connection: HubConnection): Promise<void> {
  if (connection.state !== "Connected") return;
  count(await connection.invoke<number>("Count"));
}

function page(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-live]");
}

function count(visitors: number): void {
  const number = page()?.querySelector("[data-live-count]");
  if (!number) return;
  const text = visitors.toLocaleString("en-US");
  if (number.textContent !== text) number.textContent = text;
  page()!.querySelector("[data-live-words]")!.textContent = visitors === 1 ? "current visitor" : "current visitors";
  page()!.querySelector("[data-live-dot]")!.classList.toggle("dot-live", visitors > 0);
}

/** Asks for the report again; what happens while an answer is on its way is asked for when it has come. */
function ask(): () => void {
  let asking = false;
  let again = false;
  const trigger = () => {
    if (asking) again = true;
    else window.htmx.trigger("#refresh", "refresh");
  };
  document.addEventListener("htmx:beforeRequest", e => { if (isRefresh(e)) asking = true; });
  document.addEventListener("htmx:afterRequest", e => {
    if (!isRefresh(e)) return;
    asking = false;
    if (again) setTimeout(trigger, refreshMs);
    again = false;
  });
  return trigger;
}

/** At once, then at most every 2 s; what is asked for in a hidden tab is done when the tab is seen again. */
function throttled(act: () => void): () => void {
  let last = 0;
  let waiting = false;
  const run = () => {
    waiting = false;
    last = Date.now();
    act();
  };
  const ask = () => {
    if (waiting) return;
    waiting = true;
    if (document.hidden) document.addEventListener("visibilitychange", run, { once: true });
    else setTimeout(run, Math.max(0, last + refreshMs - Date.now()));
  };
  return ask;
}
