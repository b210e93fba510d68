import failing from "./failing.sh";
import { folders } from "./folders";
import place from "./place.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/** Switches live files: each by one rename, the one before kept in the store. */
export const placeScript = folders + sums + failing + tree + place;
