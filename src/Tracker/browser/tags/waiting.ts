import { attempt } from "../safe";
import { open } from "./loader";

// A site with tags of which none is published: only the preview can be asked for.
attempt(() => open(() => undefined));
