import htmx from "htmx.org";
import { guardForms } from "./browser/forms";
import { copyButtons } from "./browser/copy";
import { tabs } from "./browser/tabs";
import { toasts } from "./browser/toasts";
import { shortcuts } from "./browser/shortcuts";
import { switcher } from "./browser/switcher";
import { timeZone } from "./browser/timezone";
import { charts } from "./browser/chart";
import { live } from "./browser/live";
import { menus } from "./browser/menus";
import { tagEditor } from "./browser/tags";

document.documentElement.classList.add("js");
// Tells the server that a page may come before its numbers.
document.cookie = `js=1;path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
Object.assign(window, { htmx });
guardForms();
copyButtons();
tabs();
toasts();
shortcuts();
switcher();
timeZone();
menus();
charts();
live();
tagEditor();
