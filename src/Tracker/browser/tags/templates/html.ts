import type { Tools } from "../tools";

/**
 * The customer's own HTML. The browser's parser sees it with tokens where variables stand, so that it decides what each
 * place is; the values are then put in as that place needs: text, attribute, address, style, or script.
 */
export default (s: { html: (string | number)[]; position?: string }, t: Tools): Promise<unknown> => {
  const token = "v" + Math.random().toString(36).slice(2, 12) + "x";
  const tokens = new RegExp(token + "(\\d+)z", "g");
  const has = (text: string) => text.includes(token);
  const text = (at: string) => {
    const value = t.read(+at);
    return value == null ? "" : typeof value == "object" ? JSON.stringify(value) : `${value}`;
  };
  const fill = (from: string, escape: (text: string) => string) => from.replace(tokens, (_, at: string) => escape(text(at)));

  // Everything but letters and digits by its number: such a text ends no string and no comment of any script.
  const quote = (from: string) => from.replace(/[^A-Za-z0-9 ]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  const literal = (value: unknown): string =>
    typeof value == "number" || typeof value == "boolean" ? `${value}`
    : value == null ? "undefined"
    : Array.isArray(value) ? "[" + value.map(literal).join() + "]"
    : typeof value == "object" ? "{" + Object.keys(value).map(k => '"' + quote(k) + '":' + literal((value as never)[k])).join() + "}"
    : '"' + quote(`${value}`) + '"';
  /** Inside a string of the script the text alone, elsewhere a literal. */
  const script = (from: string): string => {
    let [result, open, comment, last] = ["", "", "", 0];
    from.replace(tokens, (whole, at: string, place: number) => {
      for (let i = last; i < place; i++) {
        const c = from[i]!;
        const two = c + from[i + 1];
        if (comment) comment == "//" ? c == "\n" && (comment = "") : two == "*/" && (comment = "");
        else if (open && c == "\\") i++;
        else if (open) c == open && (open = "");
        else if (two == "//" || two == "/*") comment = two;
        else if (/["'`]/.test(c)) open = c;
      }
      result += from.slice(last, place) + (open ? quote(text(at)) : literal(t.read(+at)));
      last = place + whole.length;
      return "";
    });
    return result + from.slice(last);
  };
  const css = (from: string) => from.replace(/[^A-Za-z0-9 .,%#-]/g, c => "\\" + c.codePointAt(0)!.toString(16) + " ");
  const address = (from: string, name: string): string => {
    const start = from.trim().search(tokens) == 0;
    tokens.lastIndex = 0;
    // From where code and frames come is for whoever may write code, not for whoever may edit a variable.
    const host = (value: string) => new URL(from.replace(tokens, value), location.href).host;
    if (/^(script|i?frame|embed|object|link|base)$/.test(name) && (start || host("a") != host("b"))) throw new Error("no variables in the host of " + name);
    const result = start ? fill(from, value => value) : fill(from, encodeURIComponent);
    const { protocol } = new URL(result.trim(), location.href);
    if (!(/^a(rea)?$/.test(name) ? /^(https?|mailto|tel):$/ : /^https?:$/).test(protocol)) throw new Error("refused address: " + protocol);
    return result;
  };
  const attribute = (element: Element, name: string, from: string): string => {
    if (/^on/i.test(name)) return script(from);
    if (name == "style") return fill(from, css);
    if (name == "srcdoc" || name == "srcset") throw new Error("no variables in " + name);
    if (/^(xlink:)?href$|^(src|action|formaction|data|poster|cite|background|ping|manifest)$/.test(name))
      return address(from, element.localName);
    return fill(from, value => value);
  };

  const source = s.html.map(part => (typeof part == "number" ? token + part + "z" : part)).join("");
  const template = document.createElement("template");
  template.innerHTML = t.trusted.createHTML(source);
  const scripts: HTMLScriptElement[] = [];
  const prepare = (root: DocumentFragment): void => {
    const walk = document.createTreeWalker(root, 1 | 4 | 128);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement?.localName;
      if (node.nodeType == 1) {
        const element = node as Element;
        if (has(element.localName)) throw new Error("no variables in the name of an element");
        for (const { name, value } of [...element.attributes]) {
          if (has(name)) throw new Error("no variables in the name of an attribute");
          if (has(value)) element.setAttribute(name, attribute(element, name, value));
        }
        if (element.localName == "script") scripts.push(element as HTMLScriptElement);
        if (element.localName == "template") prepare((element as HTMLTemplateElement).content);
      } else if (has(node.nodeValue!) && parent != "script")
        node.nodeValue = fill(node.nodeValue!, parent == "style" ? css : node.nodeType == 8 ? () => "" : value => value);
    }
  };
  prepare(template.content);

  const place = s.position == "head" ? document.head : document.body ?? document.documentElement;
  s.position == "start" ? place.prepend(template.content) : place.append(template.content);

  /** A parsed script never runs; a made one does. Gives what the next one has to wait for. */
  const run = (old: HTMLScriptElement): Promise<void> | undefined => {
    const made = document.createElement("script");
    for (const { name, value } of [...old.attributes]) if (name != "src" && name != "nonce") made.setAttribute(name, value);
    if (t.nonce) made.nonce = t.nonce;
    const src = old.getAttribute("src");
    if (!src) {
      made.text = t.trusted.createScript(script(old.textContent ?? ""));
      return void old.replaceWith(made);
    }
    made.async = old.hasAttribute("async");
    made.src = t.trusted.createScriptURL(src);
    const loaded = new Promise<void>((resolve, reject) => {
      made.onload = () => resolve();
      made.onerror = () => reject(new Error("cannot be loaded: " + src));
    });
    old.replaceWith(made);
    return loaded;
  };
  const runAll = async (): Promise<void> => {
    for (const old of scripts) {
      const loaded = run(old);
      if (loaded) await loaded;
    }
  };
  return runAll();
};
