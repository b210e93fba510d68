import failing from "./failing.sh";
import { folders } from "./folders";
import stage from "./stage.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/** Puts verified copies of stored packages beside the live files, under names that Tableau does not read. */
export const stageScript = folders + sums + failing + tree + stage;
