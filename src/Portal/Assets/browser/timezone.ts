/** Chooses the time zone that the browser is in where the form has none yet. */
export function timeZone(): void {
  const list = document.querySelector<HTMLSelectElement>("[data-guess-zone=yes]");
  if (!list) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  // Browsers still use old names such as Asia/Calcutta; the server knows them.
  if (![...list.options].some(o => o.value === zone)) list.add(new Option(zone.replace(/_/g, " "), zone));
  list.value = zone;
}
