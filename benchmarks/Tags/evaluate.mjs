// node evaluate.mjs SCRIPT EVENT TIMES: runs a site's tags on a page without content and prints how long an event takes, in ms.
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const [file, event, times] = process.argv.slice(2);
const listen = { addEventListener() {} };
const store = { getItem: () => null, setItem() {}, removeItem() {} };
const page = {
  ...listen, URL, URLSearchParams, performance, setTimeout, clearTimeout, console,
  location: new URL("https://example.com/shop/cart?a=1"), history: { state: null, pushState() {}, replaceState() {} }, navigator: {},
  localStorage: store, sessionStorage: store, innerWidth: 1440, innerHeight: 900, scrollX: 0, scrollY: 0,
  document: { ...listen, currentScript: { src: "https://c.example/js/st.js", getAttribute: () => null }, readyState: "complete", referrer: "", cookie: "", title: "" },
};
page.window = page;
runInNewContext(readFileSync(file, "utf8"), page);
page.dataLayer.push({ plan: "pro" });

let looked = 0;
Object.defineProperty(page.location, "href", { get: () => (looked++, "https://example.com/shop/cart?a=1") });
const took = () => {
  const began = performance.now();
  page.dataLayer.push({ event });
  return performance.now() - began;
};
const first = took();
if (!looked) throw new Error("no condition was looked at");
for (let i = 0; i < 50; i++) took();
const all = Array.from({ length: +times }, took).sort((a, b) => a - b);
console.log(JSON.stringify({ median: all[all.length >> 1], first }));
