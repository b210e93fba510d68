import installation from "../../tsm/installation.sh";
import { folders } from "../files/folders";
import clock from "./clock.sh";
import files from "./files.sh";
import processes from "./processes.sh";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";

/** Looks at one node and changes nothing. */
export const observeScript = clock + processes + folders + installation + sums + tree + files;
