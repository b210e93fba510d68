import { asked, orAbsent } from "../../host/fields";
import { last, many } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";
import script from "./linux.sh";
import { change } from "./live-change";
import { onWindows } from "./windows";

/** Changes live files: each is switched by one rename, and the one before is kept in the store. */
export const place = action({
  name: "place",
  as: "privileged",
  args: { stateDirectory: arg.path, changes: arg.rest(arg.group(change)) },
  linux: folders + sums + failing + tree + script,
  windows: onWindows,
  reply: ({ changes }) => {
    const directory = asked(changes.map((each) => each.directory));
    const fileName = orAbsent(asked(changes.map((each) => each.fileName ?? "-")));
    const done = many(changes.length, { directory, fileName });
    return { placed: done, retired: done, opened: done, mended: done, end: last(), ...failures };
  },
});
