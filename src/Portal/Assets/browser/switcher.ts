/** Type to search in the site switcher; Escape and a click elsewhere close it. */
export function switcher(): void {
  document.querySelectorAll<HTMLDetailsElement>(".switcher").forEach(box => {
    const search = box.querySelector<HTMLInputElement>("input");
    const links = [...box.querySelectorAll<HTMLElement>("[data-site]")];
    box.addEventListener("toggle", () => box.open && search?.focus());
    search?.addEventListener("input", () => {
      const words = search.value.toLowerCase().trim();
      links.forEach(link => (link.hidden = !link.dataset.site!.includes(words)));
    });
    box.addEventListener("keydown", e => {
      if (e.key === "Enter" && e.target === search) links.find(l => !l.hidden)?.click();
      if (e.key !== "Escape") return;
      box.open = false;
      box.querySelector("summary")?.focus();
    });
    document.addEventListener("click", e => {
      if (!box.contains(e.target as Node)) box.open = false;
    });
  });
}
