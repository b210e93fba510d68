import installation from "../../tsm/installation.sh";
import { folders } from "./folders";
import clock from "./observe-clock.sh";
import files from "./observe-files.sh";
import processes from "./observe-processes.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/** Looks at one node and changes nothing. */
export const observeScript = clock + processes + folders + installation + sums + tree + files;
