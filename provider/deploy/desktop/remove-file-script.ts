import script from "./remove-file.sh";
import { portable } from "./portable";

/**
 * Takes one file away, if it is still ours.
 *
 * $1 folder, $2 name, $3 the digest it was placed with, $4 the token in the note beside it ("": no note is kept).
 */
export const removeFileScript = portable + script;
