import { setTimeout as sleep } from "node:timers/promises";
import { simulatorError } from "../fail";
import type { Call } from "./call";

/** Commands of tsm that only look: they alone are answered oddly, so that nothing is lost that was to be done. */
const looking: readonly (readonly string[])[] = [
  ["version"],
  ["status"],
  ["topology", "list-nodes"],
  ["configuration", "get"],
  ["pending-changes", "list"],
  ["jobs", "list"],
];

export function isLooking(words: readonly string[]): boolean {
  return looking.some((known) => known.every((word, index) => words[index] === word));
}

/** One answer in the way that the fault `odd-looks` says; `right` gives the true one. */
export async function answerOddly(oddity: string, call: Call, right: (call: Call) => Promise<number>): Promise<number> {
  const [kind = "", milliseconds = "1000"] = oddity.split("=");
  switch (kind) {
    case "-":
      return await right(call);
    case "fails":
      call.err("An unexpected error occurred.\njava.lang.OutOfMemoryError: Java heap space\n\tat com.tableausoftware.tabadmin.Main\n");
      return 1;
    case "away":
      call.err(`Could not connect to TSM Controller at '${call.node}:8850'.\n`);
      return 1;
    case "nothing":
      return 0;
    case "noise":
      call.out("\u0000\u001b]0;\u0007\ufffd\ufffd\ufffd {[ \u0085\n");
      return 0;
    case "half": {
      let text = "";
      const status = await right({ ...call, out: (more) => (text += more) });
      call.out(text.slice(0, Math.floor(text.length / 2)));
      return status;
    }
    case "slow":
      await sleep(Number(milliseconds));
      return await right(call);
    default:
      throw simulatorError(`There is no odd look "${kind}".`, "Take one of fails, away, nothing, noise, half, slow=MILLISECONDS and -.");
  }
}
