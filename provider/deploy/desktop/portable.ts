import failing from "../scripts/failing.sh";
import functions from "./portable.sh";

/**
 * Shell functions for machines of people: beside GNU and busybox also the BSD programs of macOS, which has no sha256sum and
 * whose stat, base64 and mktemp take other options.
 */
export const portable = failing + functions;
