import { cmdLine } from "../../host/windows/cmd-line";
import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { Secret } from "../../vocabulary/secret";
import { allEnded } from "../all-ended";
import type { Call } from "../call";
import { thisServer } from "../command";
import { packageInUse, packagesFolder } from "./installation";

interface TsmArguments {
  /** Path of tsm; null: look for it. */
  readonly path: string | null;
  /** "line": the standard input is the password, and every call gets it on its standard input. */
  readonly password: "line" | "none";
  readonly calls: readonly Call[];
}

/**
 * Finds tsm.cmd and runs calls one after the other, with the same records as tsmScript (script.ts). Whether the user may use
 * tsm, as a member of the local Administrators, is left to tsm to say.
 *
 * @see https://help.tableau.com/current/server/en-us/tsm.htm
 */
export async function onWindows({ path, password: from, calls }: TsmArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const password = from === "line" ? await readLine(task.input) : undefined;
  const program = await findTsm(machine, path);
  if (program === null) return emit("missing", path ?? packagesFolder(machine));
  emit("program", program);
  for (const [index, call] of calls.entries()) {
    const { status, unreachable, idle } = await runCall(task, program, String(index), call, password);
    if (call.onFailure === "stop-if-busy" && !idle) return emit("busy", String(index));
    if (unreachable || (call.onFailure === "stop" && status !== 0)) return;
  }
}

async function findTsm(machine: WindowsMachine, path: string | null): Promise<string | null> {
  const isFile = async (file: string): Promise<boolean> => (await machine.files.stat(file))?.kind === "file";
  if (path !== null) return (await isFile(path)) ? path.replaceAll("/", "\\") : null;
  const folder = await packageInUse(machine, "bin", (release) => isFile(`${release}/tsm.cmd`));
  return folder === null ? null : `${folder}/tsm.cmd`.replaceAll("/", "\\");
}

async function runCall(
  { machine, emit }: WindowsTask,
  program: string,
  index: string,
  { output, args }: Call,
  password: Secret | undefined,
): Promise<{ readonly status: number; readonly unreachable: boolean; readonly idle: boolean }> {
  const server = `https://${machine.environment("COMPUTERNAME") ?? "localhost"}:8850`;
  const line = cmdLine(
    program,
    args.map((arg) => (arg === thisServer ? server : arg)),
  );
  const onLine = output === "lines" ? { onLine: (text: string) => emit("line", index, text) } : {};
  const { stdout, stderr, status } = await machine.run(line, { ...onLine, ...(password === undefined ? {} : { input: password }) });
  if (output !== "lines") {
    emit("stderr", index, stderr.trimEnd());
    emit("stdout", index, stdout.trimEnd());
  }
  emit("exit", index, String(status));
  // Where the controller is down each further call would only wait for it again.
  return {
    status,
    unreachable:
      output !== "lines" && (connectFailed.test(stdout) || ((status !== 0 || stdout.trim() === "") && connectFailed.test(stderr))),
    idle: allEnded({ stdout: stdout.replaceAll("\r\n", "\n"), stderr: stderr.replaceAll("\r\n", "\n"), status }),
  };
}

const connectFailed = /^Could not connect to/m;

async function readLine(input: AsyncIterable<Buffer>): Promise<Secret> {
  const pieces: Buffer[] = [];
  for await (const piece of input) pieces.push(piece);
  return new Secret(Buffer.concat(pieces).toString("utf8"));
}
