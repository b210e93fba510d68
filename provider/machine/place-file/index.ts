import { ask } from "../../host/ask";
import { asked } from "../../host/fields";
import type { Host } from "../../host/host";
import { once } from "../../host/reply";
import { failures } from "../../actions/check-answer";
import { checkMachineAnswer } from "../check-machine-answer";
import { placeFileScript } from "./unix";
import { placeFileForm } from "./windows";

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
  { folder, fileName, sha256, mode, note }: PlacedFile,
  bytes: Buffer | null,
  was: string | null,
  timeoutSeconds: number,
): Promise<void> {
  const answer = await ask(host, {
    name: "place-file",
    linux: placeFileScript,
    windows: placeFileForm,
    args: [folder, fileName, sha256, was ?? "-", mode, note ?? ""],
    reply: { placed: once({ folder: asked([folder]), fileName: asked([fileName]) }), ...failures },
    as: "login",
    ...(bytes === null ? {} : { input: bytes }),
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, `place ${fileName}`, answer);
}
