import type { Found, Page } from "../listener";

/** Sent forms, also inside open shadow roots, which the event itself does not leave. What is typed is never read. */
export default (_: Found[], { happen, on }: Page): void => {
  const watched = new WeakSet<EventTarget>();
  const handled = new WeakSet<Event>();

  const submit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    if (handled.has(event) || form?.localName != "form") return;
    handled.add(event);
    happen("gtm.formSubmit", {
      element: form,
      id: form.getAttribute("id") ?? "",
      classes: form.getAttribute("class") ?? "",
      target: form.getAttribute("target") ?? "",
      url: new URL(form.getAttribute("action") ?? "", location.href).href,
      text: (event as SubmitEvent).submitter?.textContent?.trim() ?? "",
    });
  };
  const watch = (root: EventTarget): void => {
    if (watched.has(root)) return;
    watched.add(root);
    on(root, "submit", submit);
  };
  watch(document);
  on(document, "focusin pointerdown click keydown", event => {
    for (const node of event.composedPath()) if (node instanceof ShadowRoot) watch(node);
  });
};
