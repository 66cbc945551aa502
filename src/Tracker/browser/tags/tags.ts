import { attempt } from "../safe";
import { open } from "./loader";
import { start } from "./start";

attempt(() => open(() => attempt(start)));
