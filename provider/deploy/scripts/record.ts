import failing from "./failing.sh";
import { folders } from "./folders";
import record from "./record.sh";
import sums from "./sums.sh";

/** Writes the record, and the note that a restart is due, on the initial node. */
export const recordScript = folders + sums + failing + record;
