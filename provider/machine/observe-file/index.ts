import { unreadableAnswer } from "../../host/ask";
import { bytes, either, fileName as nameOfFile, orEmpty, path as folderPath, sha256, word } from "../../host/fields";
import type { Host } from "../../host/host";
import { maybe, once } from "../../host/reply";
import { action, perform } from "../../actions/action";
import { arg } from "../../actions/arguments";
import { checkMachineAnswer, machineLines } from "../check-machine-answer";
import findFile from "../files/find-file.sh";
import { inTwo } from "../files/portable";
import script from "./unix.sh";
import { onWindows } from "./windows";

/** Looks at one file of a machine. Changes nothing. */
export const observeFile = action({
  name: "look-at-file",
  as: "login",
  args: { path: arg.path },
  linux: inTwo(findFile, script),
  windows: onWindows,
  reply: {
    ...machineLines,
    path: once({ folder: orEmpty(folderPath), fileName: nameOfFile }),
    file: maybe({ sha256: either(sha256, word("", "unreadable")), mode: word("plain", "executable"), content: bytes(64 * 1024) }),
  },
});

/** A path on a machine, and what is there. */
export interface SeenFile {
  readonly folder: string;
  readonly fileName: string;
  /** null: there is nothing. */
  readonly content: { readonly sha256: string; readonly executable: "yes" | "no"; readonly text: string } | null;
}

/**
 * Looks at one file of a machine in one round trip.
 *
 * @param path absolute, or beginning with "~/" for the login user's home.
 */
export async function lookAtFile(host: Host, path: string, timeoutSeconds: number): Promise<SeenFile> {
  const answer = await perform(host, observeFile, { path }, { timeoutSeconds });
  checkMachineAnswer(host.node, `look at ${path}`, answer);
  const {
    path: [place],
    file: [file],
  } = answer.lines;
  if (place === undefined) throw unreadableAnswer(host.node, "look-at-file", "it ended early");
  const { folder, fileName } = { folder: place.folder ?? "", fileName: place.fileName };
  if (file === undefined) return { folder, fileName, content: null };
  const { sha256: digest, mode, content } = file;
  return {
    folder,
    fileName,
    content: { sha256: digest, executable: mode === "executable" ? "yes" : "no", text: content.toString("utf8") },
  };
}
