import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import holdLock from "./linux.sh";

/** Holds the lock of a server for as long as this script runs. */
export const holdLockScript = folders + failing + holdLock;
