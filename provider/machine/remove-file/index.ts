import { ask, unreadableAnswer } from "../../host/ask";
import { orAbsent, phrase, word } from "../../host/fields";
import type { Host } from "../../host/host";
import { maybe } from "../../host/reply";
import { failures } from "../../actions/check-answer";
import { checkMachineAnswer } from "../check-machine-answer";
import { removeFileScript } from "./unix";
import { removeFileForm } from "./windows";

/** What became of a file that was to go: it stays if somebody changed it, or if another resource keeps it now. */
export type Removal = "removed" | "kept: changed" | "kept: owner";

/**
 * Takes a file away if it is still the one that was placed.
 *
 * @param token that of the note beside it; null: no note is kept.
 */
export async function removeFile(
  host: Host,
  { folder, fileName, sha256 }: { readonly folder: string; readonly fileName: string; readonly sha256: string },
  token: string | null,
  timeoutSeconds: number,
): Promise<Removal> {
  const answer = await ask(host, {
    name: "remove-file",
    linux: removeFileScript,
    windows: removeFileForm,
    args: [folder, fileName, sha256, token ?? ""],
    reply: { removed: maybe({}), kept: maybe({ why: word("owner", "changed"), now: orAbsent(phrase(64)) }), ...failures },
    as: "login",
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, `remove ${fileName}`, answer);
  const {
    kept: [kept],
    removed,
  } = answer.lines;
  if (kept !== undefined) return `kept: ${kept.why}`;
  if (removed.length === 0) throw unreadableAnswer(host.node, "remove-file", "it does not tell what became of the file");
  return "removed";
}
