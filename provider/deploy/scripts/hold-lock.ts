import failing from "./failing.sh";
import { folders } from "./folders";
import holdLock from "./hold-lock.sh";

/** Holds the lock of a server for as long as this script runs. */
export const holdLockScript = folders + failing + holdLock;
