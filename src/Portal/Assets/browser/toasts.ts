const shownMs = 5000;

/** Lets the toasts that the server rendered go away. */
export function toasts(): void {
  document.querySelectorAll<HTMLElement>(".toast").forEach(leave);
}

/** Shows a short message; where `source` is given and the message is about it, its text is selected. */
export function say(message: string, source?: HTMLElement): void {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = message;
  document.querySelector(".toasts")?.append(toast);
  if (source && message.includes("selected")) getSelection()?.selectAllChildren(source);
  leave(toast);
}

function leave(toast: HTMLElement): void {
  setTimeout(() => {
    toast.classList.add("toast-gone");
    setTimeout(() => toast.remove(), 200);
  }, shownMs);
}
