import htmx from "htmx.org";
import { guardForms } from "./browser/forms";
import { copyButtons } from "./browser/copy";
import { tabs } from "./browser/tabs";
import { toasts } from "./browser/toasts";
import { shortcuts } from "./browser/shortcuts";
import { switcher } from "./browser/switcher";
import { timeZone } from "./browser/timezone";

document.documentElement.classList.add("js");
Object.assign(window, { htmx });
guardForms();
copyButtons();
tabs();
toasts();
shortcuts();
switcher();
timeZone();
