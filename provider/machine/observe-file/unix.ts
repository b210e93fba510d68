import find from "../files/find-file.sh";
import look from "./unix.sh";
import { inTwo } from "../files/portable";

/** Looks at one file. Changes nothing. */
export const lookAtFileScript = inTwo(find, look);
