import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import stage from "./linux.sh";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";

/** Puts verified copies of stored packages beside the live files, under names that Tableau does not read. */
export const stageScript = folders + sums + failing + tree + stage;
