import find from "./find-file.sh";
import look from "./look-at-file.sh";
import { inTwo } from "./portable";

/** Looks at one file. Changes nothing. */
export const lookAtFileScript = inTwo(find, look);
