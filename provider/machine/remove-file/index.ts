import { unreadableAnswer } from "../../host/ask";
import { orAbsent, phrase, word } from "../../host/fields";
import type { Host } from "../../host/host";
import { maybe } from "../../host/reply";
import { failures } from "../../actions/check-answer";
import { action, perform } from "../../actions/action";
import { arg } from "../../actions/arguments";
import { checkMachineAnswer } from "../check-machine-answer";
import { inTwo } from "../files/portable";
import script from "./unix.sh";
import { onWindows } from "./windows";

/** Removes one file, if it is still ours. */
export const removeFromMachine = action({
  name: "remove-file",
  as: "login",
  args: {
    folder: arg.path,
    fileName: arg.text,
    /** The digest it was placed with. */
    sha256: arg.sha256,
    /** The token in the note beside it; null: no note is kept. */
    token: arg.orNull(arg.text, ""),
  },
  linux: inTwo('work_at "$1" "$@"\n', script),
  windows: onWindows,
  reply: { removed: maybe({}), kept: maybe({ why: word("owner", "changed"), found: orAbsent(phrase(64)) }), ...failures },
});

/** What became of a file that was to go: it stays if somebody changed it, or if another resource keeps it now. */
export type Removal = "removed" | "kept: changed" | "kept: owner";

/**
 * Takes a file away if it is still the one that was placed.
 *
 * @param token that of the note beside it; null: no note is kept.
 */
export async function removeFile(
  host: Host,
  file: { readonly folder: string; readonly fileName: string; readonly sha256: string },
  token: string | null,
  timeoutSeconds: number,
): Promise<Removal> {
  const answer = await perform(host, removeFromMachine, { ...file, token }, { timeoutSeconds });
  checkMachineAnswer(host.node, `remove ${file.fileName}`, answer);
  const {
    kept: [kept],
    removed,
  } = answer.lines;
  if (kept !== undefined) return `kept: ${kept.why}`;
  if (removed.length === 0) throw unreadableAnswer(host.node, "remove-file", "it does not tell what became of the file");
  return "removed";
}
