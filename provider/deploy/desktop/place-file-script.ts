import script from "./place-file.sh";
import { portable } from "./portable";

/**
 * Puts one file in its place by one rename; its bytes come on standard input.
 *
 * $1 folder, $2 name, $3 digest, $4 the digest that was seen there ("-": nothing), $5 mode, $6 text of the note beside it
 * ("": none). With the file there already, its bytes do not travel and only the note is written. A cut upload ends as a
 * clean end of file, so the digest is compared on the machine before the rename.
 */
export const placeFileScript = portable + script;
