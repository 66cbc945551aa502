import { attempt, on } from "../../safe";
import { container } from "../container";
import { start } from "../start";
import { mirror } from "./mirror";
import { show } from "./panel";
import { record } from "./recording";

const key = "tag_preview." + container.id;

const end = (): void => {
  attempt(() => sessionStorage.removeItem(key));
  location.reload();
};

/** Links to the site's other hosts take the preview along. */
const follow = (event: Event): void => {
  const link = event.composedPath().find(node => (node as Element).localName == "a") as HTMLAnchorElement | undefined;
  const token = attempt(() => sessionStorage.getItem(key));
  if (!link?.hostname || link.hostname == location.hostname || !token) return;
  if (container.hosts.some(host => ("." + link.hostname).endsWith("." + host))) link.hash = "tag_preview=" + token;
};

attempt(() => {
  record();
  attempt(() => show(end));
  attempt(mirror);
  on(document, "click auxclick", follow);
  start();
});
