import failing from "./failing.sh";
import record from "./record.sh";
import sums from "./sums.sh";

/**
 * Writes the record, and the note that a restart is due, on the initial node.
 *
 * $1 state directory, $2 `due`, `clear` or `leave`, $3 the reason, $4 digest of the record, which comes on standard
 * input: a connection that is cut ends as a clean end of file, and half a record must not take the place of the whole.
 * The note takes its place before the record and goes after it, so that a crash in between never forgets a restart.
 */
export const recordScript = failing + sums + record;
