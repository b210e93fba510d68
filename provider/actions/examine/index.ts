import { asked, orAbsent, phrase } from "../../host/fields";
import { many } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import { folders } from "../files/folders";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Says whether folders could be written, without writing, and which programs are missing. */
export const examine = action({
  name: "examine",
  as: "privileged",
  args: { directories: arg.rest(arg.path) },
  linux: folders + script,
  windows: onWindows,
  reply: ({ directories }) => ({
    tool: many(100, { name: phrase(64) }),
    writable: many(directories.length, { path: asked(directories), kilobytes: orAbsent(phrase(64)) }, ["path"]),
    refused: many(directories.length, { path: asked(directories) }, ["path"]),
  }),
});
