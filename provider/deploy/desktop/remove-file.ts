import type { Host } from "../../host/host";
import { checkMachineAnswer } from "./check-machine-answer";
import { removeFileScript } from "./remove-file-script";
import { removeFileForm } from "./windows/remove-file-form";

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
  const answer = await host.run({
    name: "remove-file",
    text: removeFileScript,
    windows: removeFileForm,
    args: [folder, fileName, sha256, token ?? ""],
    as: "login",
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, `remove ${fileName}`, answer);
  const [, why] = answer.records.find(([key]) => key === "kept") ?? [];
  return why === undefined ? "removed" : why === "owner" ? "kept: owner" : "kept: changed";
}
