import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import record from "./linux.sh";
import sums from "../files/sums.sh";

/** Writes the record, and the note that a restart is due, on the initial node. */
export const recordScript = folders + sums + failing + record;
