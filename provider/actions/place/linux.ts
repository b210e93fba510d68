import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import place from "./linux.sh";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";

/** Switches live files: each by one rename, the one before kept in the store. */
export const placeScript = folders + sums + failing + tree + place;
