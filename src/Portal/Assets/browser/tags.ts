/** The tag editor: rows as many as needed, variables put in where the cursor is, the gallery filtered while one types. */
export function tagEditor(): void {
  document.querySelectorAll<HTMLElement>("[data-rows]").forEach(growing);
  document.querySelectorAll<HTMLSelectElement>("select[data-insert]").forEach(inserting);
  document.querySelectorAll<HTMLInputElement>("input[data-filter]").forEach(filtering);
}

/** The last row is always an empty one. */
function growing(list: HTMLElement): void {
  list.addEventListener("input", () => {
    const last = list.querySelector<HTMLElement>("[data-row]:last-child")!;
    if (![...last.querySelectorAll("input")].some(input => input.value)) return;
    const next = last.cloneNode(true) as HTMLElement;
    next.querySelectorAll("input").forEach(input => (input.value = ""));
    list.append(next);
  });
}

function inserting(select: HTMLSelectElement): void {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(select.dataset.insert!);
  if (!field) return;
  select.hidden = false;
  select.addEventListener("change", () => {
    if (!select.value) return;
    field.setRangeText(`{{${select.value}}}`, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    select.value = "";
    field.focus();
  });
}

function filtering(input: HTMLInputElement): void {
  const cards = [...document.querySelectorAll<HTMLElement>(input.dataset.filter!)];
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().trim();
    cards.forEach(card => (card.hidden = !card.dataset.text!.includes(words)));
  });
}
