import { asked } from "../../host/fields";
import type { Host } from "../../host/host";
import { once } from "../../host/reply";
import { failures } from "../../actions/check-answer";
import { action, perform } from "../../actions/action";
import { arg } from "../../actions/arguments";
import { checkMachineAnswer } from "../check-machine-answer";
import { inTwo } from "../files/portable";
import script from "./unix.sh";
import { onWindows } from "./windows";

/** Puts one file, whose bytes are its input, in its place by one rename. */
export const placeOnMachine = action({
  name: "place-file",
  as: "login",
  args: {
    folder: arg.path,
    fileName: arg.text,
    sha256: arg.sha256,
    /** The digest that was seen there; null: nothing. */
    was: arg.orNull(arg.text, "-"),
    mode: arg.word<"0644" | "0755">(),
    /** Text of the note beside it; null: none. */
    note: arg.orNull(arg.text, ""),
  },
  linux: inTwo('work_at "$1" "$@"\n', script),
  windows: onWindows,
  reply: ({ folder, fileName }) => ({ placed: once({ folder: asked([folder]), fileName: asked([fileName]) }), ...failures }),
});

/** A file that is to be in a folder of a machine. */
export interface PlacedFile {
  readonly folder: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly mode: "0644" | "0755";
  /** Text of the note that is kept beside it; null: none. */
  readonly note: string | null;
}

/**
 * Puts a file in its place by one rename, its digest verified on the machine before. `bytes` null: they are there already.
 *
 * @param was digest that was seen there; null: nothing. A file that somebody changed since is left alone.
 * @throws TableauError (host-*, digest-mismatch, activation-failed); the folder then holds what it held.
 */
export async function placeFile(
  host: Host,
  file: PlacedFile,
  bytes: Buffer | null,
  was: string | null,
  timeoutSeconds: number,
): Promise<void> {
  const performance = { timeoutSeconds, ...(bytes === null ? {} : { input: bytes }) };
  const answer = await perform(host, placeOnMachine, { ...file, was }, performance);
  checkMachineAnswer(host.node, `place ${file.fileName}`, answer);
}
