import failing from "./failing.sh";
import place from "./place.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/**
 * Switches live files: each by one rename, the one before kept in the store.
 *
 * $1 state directory, then groups of five: `place DIRECTORY NAME DIGEST WAS` or `retire DIRECTORY NAME - WAS` or
 * `open DIRECTORY - - -` or `mend DIRECTORY NAME DIGEST OWNER` ("-": it keeps its owner), where WAS is the digest that
 * was seen there ("-": nothing). A file that somebody changed since is left alone. Every step may be repeated: what is done already counts as done.
 */
export const placeScript = failing + sums + tree + place;
