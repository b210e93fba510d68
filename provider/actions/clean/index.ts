import { last } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { folders } from "../files/folders";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Removes what no run needs any more: packages beyond those kept, and temporary files of interrupted runs. */
export const clean = action({
  name: "clean",
  as: "privileged",
  args: {
    stateDirectory: arg.path,
    /** Live directories that have temporary files. */
    directories: arg.counted(arg.path),
    /** Packages of the store. */
    digests: arg.rest(arg.sha256),
  },
  linux: folders + script,
  windows: onWindows,
  reply: { end: last() },
});
