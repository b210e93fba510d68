import clock from "./observe-clock.sh";
import files from "./observe-files.sh";
import processes from "./observe-processes.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/**
 * Looks at one node and changes nothing.
 *
 * $1 state directory, $2 how many digests of the store to verify, then those digests, then the directories to list.
 * Processes are what a look costs, so that one stat and one sha256sum are asked about everything: the store and the packages
 * of all directories. Names go out first, and the answers are matched by order and by count; where a file came or went in
 * between the look ends early, and is taken once more. Everything else is done by the shell itself.
 */
export const observeScript = clock + processes + sums + tree + files;
