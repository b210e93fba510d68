import type { Host } from "../../host/host";
import { checkMachineAnswer } from "./check-machine-answer";
import { lookAtFileScript } from "./look-at-file-script";
import { lookAtFileForm } from "./windows/look-at-file-form";

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
  const answer = await host.run({
    name: "look-at-file",
    text: lookAtFileScript,
    windows: lookAtFileForm,
    args: [path],
    as: "login",
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, `look at ${path}`, answer);
  const [, folder = "", fileName = ""] = answer.records.find(([key]) => key === "path") ?? [];
  const file = answer.records.find(([key]) => key === "file");
  if (file === undefined) return { folder, fileName, content: null };
  const [, sha256 = "", mode, base64 = ""] = file;
  const text = Buffer.from(base64, "base64").toString("utf8");
  return { folder, fileName, content: { sha256, executable: mode === "executable" ? "yes" : "no", text } };
}
