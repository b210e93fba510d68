import script from "./look-at-file.sh";
import { portable } from "./portable";

/** Looks at one file. $1 its path, absolute or beginning with "~/". Changes nothing. */
export const lookAtFileScript = portable + script;
