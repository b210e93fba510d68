import answerFunctions from "../../host/script/answer-functions.sh";
import { quoteArgv } from "../../vocabulary/shell-words";
import failing from "../../actions/files/failing.sh";
import become from "./become.sh";
import functions from "./portable.sh";

/** Shell functions for machines of people: beside GNU and busybox also the BSD programs of macOS. */
const portable = failing + functions;

/**
 * A script of two: the first finds out where the second works, which root leaves to the person whose folder it is (become.sh).
 */
export function inTwo(find: string, work: string): string {
  return `${become}body=${quoteArgv([answerFunctions + portable + work])}\n${find}`;
}
