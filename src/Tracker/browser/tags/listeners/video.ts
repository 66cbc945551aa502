import type { Found, Page } from "../listener";

interface Player {
  duration: number;
  time: number;
  title: string;
  url: string;
  provider: string;
}

/** HTML videos wherever they are, and YouTube's players through its own iframe API, which asks for `enablejsapi=1`. */
export default (found: Found[], { happen, on, attempt, load }: Page): void => {
  const done = new WeakMap<object, Set<string>>();

  const tell = (player: object, status: string, p: Player): void => {
    const percent = p.duration ? Math.min(100, Math.floor((100 * p.time) / p.duration)) : 0;
    for (const { place, s } of found) {
      const wanted = `${s.statuses ?? ""}`.split(",").map(word => word.trim());
      const thresholds = `${s.percents ?? ""}`.split(",").filter(word => word.trim()).map(Number);
      const marks = done.get(player) ?? new Set<string>();
      done.set(player, marks);
      const say = (what: string, mark = what) => {
        if (marks.has(place + mark)) return;
        if (what != "pause") marks.add(place + mark);
        happen("gtm.video", { ...p, status: what, percent: what == "complete" ? 100 : percent, time: Math.round(p.time), duration: Math.round(p.duration) }, [place]);
      };
      if (status == "progress") thresholds.filter(at => percent >= at && wanted.includes("progress")).forEach(at => say("progress", "progress" + at));
      else if (wanted.includes(status)) say(status);
    }
  };

  const html = (event: Event): void => {
    const video = event.composedPath()[0] as HTMLVideoElement;
    if (video.localName != "video") return;
    const status = { play: "start", pause: "pause", ended: "complete", timeupdate: "progress" }[event.type]!;
    if (status == "pause" && video.ended) return;
    tell(video, status, { duration: video.duration, time: video.currentTime, title: video.title || video.getAttribute("aria-label") || "", url: video.currentSrc, provider: "html" });
  };
  on(document, "play pause ended timeupdate", html);

  const page = window as any;
  const frames = 'iframe[src*="youtube.com/embed/"],iframe[src*="youtube-nocookie.com/embed/"]';
  const known = new WeakSet<Element>();

  const follow = (frame: Element): void => {
    if (known.has(frame) || !/[?&]enablejsapi=1/.test(frame.getAttribute("src") ?? "")) return;
    known.add(frame);
    let timer = 0;
    const facts = (target: any): Player => ({
      duration: target.getDuration(), time: target.getCurrentTime(), title: target.getVideoData?.().title ?? "", url: target.getVideoUrl(), provider: "youtube",
    });
    const changed = ({ target, data }: { target: any; data: number }): void => {
      const status = { 0: "complete", 1: "start", 2: "pause" }[data];
      clearInterval(timer);
      if (data == 1) timer = setInterval(() => attempt(() => tell(frame, "progress", facts(target))), 1000);
      if (status) attempt(() => tell(frame, status, facts(target)));
    };
    new page.YT.Player(frame, { events: { onStateChange: changed } });
  };
  const scan = () => document.querySelectorAll(frames).forEach(frame => attempt(() => follow(frame)));
  let asked = false;
  const youtube = (): void => {
    if (!document.querySelector(frames)) return;
    if (page.YT?.Player) return scan();
    if (asked) return;
    asked = true;
    const before = page.onYouTubeIframeAPIReady;
    page.onYouTubeIframeAPIReady = () => {
      attempt(() => before?.());
      scan();
    };
    // A page that does not allow it goes on without.
    load("https://www.youtube.com/iframe_api").catch(() => undefined);
  };
  if (!found.some(({ s }) => s.youtube)) return;
  new MutationObserver(() => attempt(youtube)).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["src"] });
  youtube();
};
