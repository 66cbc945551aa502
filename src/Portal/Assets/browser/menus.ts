/** Menus made of details: Escape, a click elsewhere and opening another close them. */
export function menus(): void {
  document.addEventListener("toggle", e => (e.target as HTMLElement).matches("[data-menu][open]") && (e.target as HTMLElement).querySelector<HTMLElement>("input[type=search]")?.focus(), true);
  const open = () => document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]");
  document.addEventListener("click", e => open().forEach(m => !m.contains(e.target as Node) && (m.open = false)));
  document.addEventListener("keydown", e => {
    if (e.key !== "Escape") return;
    open().forEach(m => {
      m.open = false;
      m.querySelector("summary")?.focus();
    });
  });
}
