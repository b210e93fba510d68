import clean from "./linux.sh";
import { folders } from "../files/folders";

/** Removes what no run needs any more: packages beyond those kept, and temporary files of interrupted runs. */
export const cleanScript = folders + clean;
