/** The chart's cursor: by pointer or arrow keys; it reads the hidden table that holds the same numbers. */
export function charts(): void {
  let [x, y] = [-1, -1];
  let read: string | undefined;
  document.addEventListener("htmx:beforeSwap", () => (read = document.querySelector<HTMLElement>("[data-chart]:focus")?.dataset.at));
  document.addEventListener("htmx:afterSettle", () => {
    const focused = document.querySelector<HTMLElement>("[data-chart]:focus");
    const pointed = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-chart]");
    if (focused && read !== undefined) show(focused, Math.min(Number(read), points(focused).length - 1));
    else if (pointed) show(pointed, nearest(pointed, x));
  });
  document.addEventListener("pointermove", e => {
    [x, y] = [e.clientX, e.clientY];
    const chart = (e.target as Element).closest?.<HTMLElement>("[data-chart]");
    document.querySelectorAll<HTMLElement>("[data-chart][data-at]").forEach(other => other !== chart && other !== document.activeElement && hide(other));
    if (chart) show(chart, nearest(chart, e.clientX));
  });
  document.addEventListener("keydown", e => {
    const chart = document.activeElement as HTMLElement;
    if (!chart?.matches?.("[data-chart]")) return;
    const to = target(Number(chart.dataset.at ?? points(chart).length), points(chart).length, e.key);
    if (to === undefined) return;
    e.preventDefault();
    if (to === null) return hide(chart);
    show(chart, to);
    chart.querySelector("[data-chart-read]")!.textContent = words(chart, to).join(", ");
  });
  document.addEventListener("focusout", e => {
    const chart = e.target as HTMLElement;
    if (chart.matches?.("[data-chart]")) hide(chart);
  });
}

function target(at: number, count: number, key: string): number | null | undefined {
  if (key === "ArrowRight") return Math.min(at + 1, count - 1);
  if (key === "ArrowLeft") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return key === "Escape" ? null : undefined;
}

function table(chart: HTMLElement): HTMLTableElement {
  return chart.parentElement!.querySelector<HTMLTableElement>("[data-chart-data]")!;
}

function points(chart: HTMLElement): HTMLTableRowElement[] {
  return [...table(chart).tBodies[0].rows];
}

function nearest(chart: HTMLElement, x: number): number {
  const plot = chart.querySelector(".chart-svg")!.getBoundingClientRect();
  const count = points(chart).length;
  return Math.min(Math.max(Math.round(((x - plot.left) / plot.width) * (count - 1)), 0), count - 1);
}

function words(chart: HTMLElement, at: number): string[] {
  const row = points(chart)[at];
  const [time, now, beforeTime, before] = [...row.cells].map(c => c.textContent ?? "");
  const lines = [row.dataset.running ? `${time} (still counting)` : time, now];
  return before === undefined ? lines : [...lines, `${beforeTime}: ${before}`];
}

function show(chart: HTMLElement, at: number): void {
  chart.dataset.at = String(at);
  const count = points(chart).length;
  const left = count < 2 ? 50 : (100 * at) / (count - 1);
  const value = points(chart)[at].dataset.value;
  const top = 100 - (100 * Number(value)) / Number(table(chart).dataset.top);
  place(chart.querySelector("[data-chart-cursor]")!, { x1: `${left}%`, x2: `${left}%`, visibility: "visible" });
  place(chart.querySelector("[data-chart-dot]")!, { cx: `${left}%`, cy: `${top}%`, visibility: value ? "visible" : "hidden" });
  tip(chart, words(chart, at), left);
}

function tip(chart: HTMLElement, [time, now, ...before]: string[], left: number): void {
  const box = chart.querySelector<HTMLElement>("[data-chart-tip]")!;
  const number = document.createElement("strong");
  number.textContent = now;
  box.replaceChildren(line(time), number, ...before.map(line));
  box.hidden = false;
  const room = box.parentElement!.clientWidth;
  const x = (room * left) / 100;
  box.style.left = `${x + box.offsetWidth + 16 > room ? Math.max(x - box.offsetWidth - 12, 0) : x + 12}px`;
}

function line(text: string): HTMLElement {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}

function hide(chart: HTMLElement): void {
  delete chart.dataset.at;
  place(chart.querySelector("[data-chart-cursor]")!, { visibility: "hidden" });
  place(chart.querySelector("[data-chart-dot]")!, { visibility: "hidden" });
  chart.querySelector<HTMLElement>("[data-chart-tip]")!.hidden = true;
}

function place(element: Element, attributes: Record<string, string>): void {
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
}
