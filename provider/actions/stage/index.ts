import { asked } from "../../host/fields";
import { many } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Puts verified copies of stored packages beside the live files, under names that Tableau does not read. */
export const stage = action({
  name: "stage",
  as: "privileged",
  args: { stateDirectory: arg.path, directory: arg.path, digests: arg.rest(arg.sha256) },
  linux: folders + sums + failing + tree + script,
  windows: onWindows,
  reply: ({ digests }) => ({ staged: many(digests.length, { sha256: asked(digests) }, ["sha256"]), ...failures }),
});
