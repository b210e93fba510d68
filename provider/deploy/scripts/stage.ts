import failing from "./failing.sh";
import stage from "./stage.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/**
 * Puts verified copies of stored packages beside the live files, under names that Tableau does not read.
 *
 * $1 state directory, $2 live directory, then the digests. Nothing live changes: this is the barrier that every node
 * has to pass before the first rename.
 */
export const stageScript = failing + sums + tree + stage;
