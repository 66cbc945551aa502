import { install, methods, start } from "./api";
import { reportNotFound, watchMarkup } from "./autotrack";
import { consented, forget, known } from "./identity";
import { watchNavigation } from "./navigation";
import { watchEngagement } from "./page";
import * as queue from "./queue";
import { attempt, on } from "./safe";
import { site } from "./site";
import { schedule } from "./transport";

/** Ids and events of mode A do not outlive it, whichever way it ended. */
const resume = (): void => {
  if (consented()) queue.restore();
  else if (known().visitor) forget(), queue.clear();
  schedule(0);
};

const begin = (): void => {
  attempt(resume);
  attempt(start);
  attempt(watchEngagement);
  if (site.pageviews) attempt(watchNavigation);
  attempt(watchMarkup);
  attempt(reportNotFound);
};

attempt(() => {
  const loaded = window as unknown as Record<string, unknown>;
  const mark = "analytics:" + site.id;
  if (loaded[mark]) return;
  // For the tag manager, which also hears what is called here.
  loaded[mark] = { methods, known, consented };
  install();
  // A page made in advance is counted when somebody opens it.
  if ((document as { prerendering?: boolean }).prerendering) on(document, "prerenderingchange", begin);
  else begin();
});
