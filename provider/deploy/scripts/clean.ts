import clean from "./clean.sh";
import { folders } from "./folders";

/** Removes what no run needs any more: packages beyond those kept, and temporary files of interrupted runs. */
export const cleanScript = folders + clean;
