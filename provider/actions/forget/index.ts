import { last } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { failures } from "../check-answer";
import { folders } from "../files/folders";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Removes the record of a server that has nothing of ours any more. */
export const forget = action({
  name: "forget",
  as: "privileged",
  args: { stateDirectory: arg.path },
  linux: folders + script,
  windows: onWindows,
  reply: { end: last(), ...failures },
});
