import { attempt } from "../safe";
import { container } from "./container";
import { load, source } from "./page";

const key = () => "tag_preview." + container.id;
const word = /(^|[#&])tag_preview=([^&]+)/;

/**
 * The token of a preview: in the link's fragment, which no server and no report sees, then in this tab until it is closed.
 * It is taken out of the address at once.
 */
const token = (): string | undefined => {
  const given = word.exec(location.hash)?.[2];
  if (!given) return attempt(() => sessionStorage.getItem(key())) ?? undefined;
  attempt(() => sessionStorage.setItem(key(), given));
  history.replaceState(history.state, "", location.href.replace(word, "").replace(/#$/, ""));
  return given;
};

/** Loads the preview where this tab asks for it, else goes on; a preview that has expired ends itself. */
export const open = (otherwise: () => void): void => {
  const asked = attempt(token);
  if (!asked) return otherwise();
  load(`${source.split("?")[0]}?preview=${encodeURIComponent(asked)}`).catch(() => {
    attempt(() => sessionStorage.removeItem(key()));
    otherwise();
  });
};
