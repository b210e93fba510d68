import { asked, orAbsent, phrase } from "../../host/fields";
import { many } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import functions from "../files/folders.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Says whether folders could be written, without writing, and which programs are missing. */
export const examine = action({
  name: "examine",
  as: "privileged",
  args: { folders: arg.rest(arg.path) },
  linux: functions + script,
  windows: onWindows,
  reply: ({ folders }) => ({
    tool: many(100, { name: phrase(64) }),
    writable: many(folders.length, { path: asked(folders), kilobytes: orAbsent(phrase(64)) }, ["path"]),
    refused: many(folders.length, { path: asked(folders) }, ["path"]),
  }),
});
