import { say } from "./toasts";

/** Buttons with data-copy="#id" copy that element's text. */
export function copyButtons(): void {
  document.addEventListener("click", async e => {
    const button = (e.target as HTMLElement).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    const source = document.querySelector<HTMLElement>(button.dataset.copy!);
    if (!source) return;
    const text = source instanceof HTMLInputElement ? source.value : source.textContent ?? "";
    say((await copy(text)) ? "Copied" : "Your browser does not allow copying; the text is selected, press Ctrl C", source);
  });
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldWay(text);
  }
}

/** The clipboard API exists on https and localhost only. */
function oldWay(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
