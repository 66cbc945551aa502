/**
 * One site's settings. `SiteScript.Render` (C#) writes them as the argument of the function that wraps this script;
 * what is off is left out.
 */
export interface Site {
  /** Tracking id, `st_` + 16 characters; the `writeKey` of every batch. */
  id: string;
  /** Visitor mode A (consented) without asking. Ignored under Global Privacy Control and after a choice. */
  consented?: boolean;
  /** Minutes without an event after which a visit ends. */
  timeout: number;
  /** Hosts that belong to the site, their subdomains included: links to them are not outbound. */
  hosts: string[];
  pageviews?: boolean;
  engagement?: boolean;
  outbound?: boolean;
  downloads?: boolean;
  forms?: boolean;
  notFound?: boolean;
  /** The part behind # names a page: it is kept in URLs and its change is a page view. */
  hash?: boolean;
}

declare const $site: Site;

export const site = $site;
