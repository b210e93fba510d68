import { once } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Writes the record, which is its input, and the note that a restart is due, on the initial node. */
export const record = action({
  name: "record",
  as: "privileged",
  args: {
    stateDirectory: arg.path,
    note: arg.word<"due" | "clear" | "leave">(),
    /** Why a restart is due. */
    reason: arg.text,
    sha256: arg.sha256,
  },
  linux: folders + sums + failing + script,
  windows: onWindows,
  reply: { recorded: once({}), ...failures },
});
