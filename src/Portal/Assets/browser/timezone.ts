/** Fills the time zone that the browser is in where the form has none yet. */
export function timeZone(): void {
  const field = document.querySelector<HTMLInputElement | HTMLSelectElement>("[data-guess-zone]");
  if (!field || field.dataset.guessZone === "no") return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field instanceof HTMLSelectElement && ![...field.options].some(o => o.value === zone)) return;
  if (zone) field.value = zone;
}
