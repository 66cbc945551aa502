// Disables the button while a form is on its way and warns before changes are lost.
let changed: HTMLFormElement | undefined;

export function guardForms(): void {
  document.addEventListener("submit", e => {
    const form = e.target as HTMLFormElement;
    const question = e.submitter?.dataset.confirm;
    if (form.dataset.sent || (question && !confirm(question))) return e.preventDefault();
    if (form.hasAttribute("hx-post")) return;
    form.dataset.sent = "1";
    changed = undefined;
    busy(form, true);
  });
  document.addEventListener("input", e => {
    const form = (e.target as HTMLElement).closest<HTMLFormElement>("form[data-guard]");
    if (form) changed = form;
  });
  window.addEventListener("beforeunload", e => {
    if (changed) e.preventDefault();
  });
  // Back brings a page out of the cache with its button still disabled.
  window.addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(form => {
    delete form.dataset.sent;
    busy(form, false);
  }));
}

function busy(form: HTMLFormElement, on: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")) {
    // After the browser has read the form, or the pressed button's own value would be lost.
    setTimeout(() => (button.disabled = on));
    button.toggleAttribute("aria-busy", false);
    if (on) button.setAttribute("aria-busy", "true");
  }
}
