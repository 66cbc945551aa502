// A key or a sequence ("g o") clicks the element that names it in data-key; "?" lists them all.
const pauseMs = 900;
let before = "";
let at = 0;

export function shortcuts(): void {
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || !(e.target instanceof HTMLElement) || isTyping(e.target)) return;
    const sequence = Date.now() - at < pauseMs && before ? `${before} ${e.key}` : e.key;
    before = e.key;
    at = Date.now();
    if (press(sequence) || press(e.key)) {
      e.preventDefault();
      before = "";
    }
  });
  document.addEventListener("click", e => {
    const opener = (e.target as HTMLElement).closest<HTMLElement>("[data-dialog]");
    if (opener) document.querySelector<HTMLDialogElement>(opener.dataset.dialog!)?.showModal();
  });
}

function press(keys: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(keys)}"]`);
  if (!target) return false;
  if (target instanceof HTMLInputElement) target.focus();
  else target.click();
  return true;
}

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || !!target.closest("dialog[open]");
}
