/** Elements without HTML in texts: nothing here needs the page's permission. */
export const make = (name: string, properties: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement => {
  const element = document.createElement(name);
  for (const key of Object.keys(properties)) element.setAttribute(key, properties[key]!);
  element.append(...children);
  return element;
};

export const css = `
:host { all: initial !important; direction: ltr !important; unicode-bidi: isolate !important; position: fixed !important; inset: auto 0 0 0 !important;
  z-index: 2147483647 !important; display: block !important; }
* { box-sizing: border-box; }
.panel { display: grid; grid-template-rows: auto 1fr; height: min(360px, 60vh); border-top: 2px solid #4f46e5; background: #fff; color: #1a1e2c;
  font: 13px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; box-shadow: 0 -8px 28px rgb(20 24 40 / 18%); }
.panel.small { height: auto; }
.panel.small .body { display: none; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 6px 12px; border-bottom: 1px solid #e3e5ec; background: #f7f7fa; }
header strong { flex: 1; }
button { min-height: 32px; padding: 2px 10px; border: 1px solid #8a91a3; border-radius: 6px; background: #fff; color: inherit; font: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid #4f46e5; outline-offset: 1px; }
.body { display: grid; grid-template-columns: minmax(180px, 260px) 1fr; min-height: 0; }
.line { margin: 0; padding: 4px; overflow: auto; border-right: 1px solid #e3e5ec; list-style: none; }
.line button { display: block; width: 100%; border-color: transparent; background: none; text-align: left; }
.line button[aria-current] { background: #eef0ff; color: #4338ca; font-weight: 600; }
.detail { padding: 8px 12px; overflow: auto; }
nav { display: flex; flex-wrap: wrap; gap: 4px; margin-bottom: 8px; }
nav button[aria-current] { border-color: #4f46e5; color: #4338ca; font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 4px 8px 4px 0; border-bottom: 1px solid #e3e5ec; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
ul.why { margin: 0; padding: 0 0 0 16px; color: #565d70; }
.state { display: inline-block; padding: 0 8px; border-radius: 99px; background: #f1f2f6; white-space: nowrap; font-weight: 600; }
.state.fired { background: #e5f6ee; color: #0f7a4d; }
.state.failed { background: #fdecec; color: #c4262e; }
.state.waits { background: #fdf3df; color: #8f5800; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
@media (max-width: 600px) { .body { grid-template-columns: 1fr; grid-template-rows: 96px 1fr; } .line { border-right: 0; border-bottom: 1px solid #e3e5ec; } }
@media (prefers-color-scheme: dark) {
  .panel { background: #161922; color: #e9ebf2; } header { border-color: #2a2f3d; background: #1e222d; } button { border-color: #6b7388; background: #161922; }
  .line, td, th { border-color: #2a2f3d; } .line button[aria-current] { background: #23264a; color: #a5b4fc; } nav button[aria-current] { border-color: #818cf8; color: #a5b4fc; }
  ul.why { color: #a2a9bb; } .state { background: #2a2f3d; } .state.fired { background: #12301f; color: #4ade9c; } .state.failed { background: #3a1618; color: #ff8a8a; }
  .state.waits { background: #35270c; color: #fbbf4a; }
}`;
