import { asked, orAbsent } from "../../host/fields";
import { last, many } from "../../host/reply";
import { action } from "../action";
import { arg, type Values } from "../arguments";
import { failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

const change = {
  kind: arg.word<"place" | "retire" | "open" | "mend">(),
  directory: arg.path,
  /** null: it is the directory itself that is opened. */
  fileName: arg.orNull(arg.text, "-"),
  /** Of what is to be there. */
  sha256: arg.orNull(arg.sha256, "-"),
  /** What was seen there, null: nothing. Of `mend`: the user that it is to belong to, null: it keeps its owner. */
  was: arg.orNull(arg.text, "-"),
};

/** One change of a live file. */
export type LiveChange = Values<typeof change>;

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
