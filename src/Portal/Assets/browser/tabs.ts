/** ARIA tabs: arrows, Home and End move; the chosen one is remembered in the address' fragment. */
export function tabs(): void {
  document.querySelectorAll<HTMLElement>("[role=tablist]").forEach(list => {
    const all = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    const wanted = all.findIndex(t => "#" + t.getAttribute("aria-controls") === location.hash);
    choose(all, Math.max(wanted, 0));
    list.addEventListener("click", e => {
      const at = all.indexOf((e.target as HTMLElement).closest<HTMLElement>("[role=tab]")!);
      if (at >= 0) choose(all, at, true);
    });
    list.addEventListener("keydown", e => {
      const at = next(all.indexOf(document.activeElement as HTMLElement), all.length, e.key);
      if (at === undefined) return;
      e.preventDefault();
      choose(all, at, true);
      all[at].focus();
    });
  });
}

function next(at: number, count: number, key: string): number | undefined {
  if (at < 0) return undefined;
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}

function choose(all: HTMLElement[], at: number, remember = false): void {
  all.forEach((tab, i) => {
    const panel = document.getElementById(tab.getAttribute("aria-controls")!)!;
    tab.setAttribute("aria-selected", String(i === at));
    tab.tabIndex = i === at ? 0 : -1;
    panel.hidden = i !== at;
  });
  if (remember) history.replaceState(history.state, "", "#" + all[at].getAttribute("aria-controls"));
}
