import { TableauError } from "../../vocabulary/error";
import type { Script } from "../host";
import { commandStringLimit } from "../limits";
import { quoteArgv } from "../../vocabulary/shell-words";
import { type ShellEnd, wrapScript } from "./prelude";

/** Whether `sudo -n` comes before a privileged script. */
export type Elevation = "sudo" | "none";

/**
 * The one command that a node's login shell gets for a script.
 *
 * `env LC_ALL=C` makes sudo refuse in English. `exec` saves a process and is understood by every shell.
 *
 * @throws TableauError (argument-invalid) if it is longer than Linux accepts.
 */
export function commandString(
  script: Pick<Script, "name" | "linux" | "args" | "as">,
  nonce: string,
  elevation: Elevation,
  shell: ShellEnd,
): string {
  const sudo = script.as === "privileged" && elevation === "sudo" ? ["env", "LC_ALL=C", "sudo", "-n", "--"] : [];
  const command = `exec ${quoteArgv([...sudo, "sh", "-c", wrapScript(script, nonce, shell), "pulumi-tableau", ...script.args.map(asCommandArgument)])}`;
  const bytes = Buffer.byteLength(command);
  if (bytes <= commandStringLimit) return command;
  throw new TableauError("argument-invalid", {
    message: `The script "${script.name}" with its ${script.args.length} arguments is ${bytes} bytes long; a node accepts ${commandStringLimit}.`,
    next: "Use shorter paths and names, or fewer connectors in one resource.",
  });
}

/** Half a character stands for a byte that is no UTF-8; the script itself puts it back (argument-setup.ts). */
export function asCommandArgument(arg: string): string {
  return arg.replace(/\p{Surrogate}/gu, "?");
}
