import { cmdLine } from "../../host/windows/cmd-line";
import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { Secret } from "../../vocabulary/secret";
import { allEnded } from "../all-ended";
import { type Call, settingsFile } from "../call";
import { thisServer } from "../command";
import { packageInUse, packagesFolder } from "./installation";
import { removing, writeSettings } from "./settings-file";

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
    const settings = call.file === undefined ? null : await writeSettings(machine, call.file);
    if (settings !== null && "why" in settings) return emit("unwritten", settings.why);
    const running = runCall(task, program, String(index), call, { password, file: settings?.path ?? null });
    const { status, unreachable, idle } = await (settings === null ? running : running.finally(() => forget(machine, settings.path)));
    if (call.onFailure === "stop-if-busy" && !idle) return emit("busy", String(index));
    if (unreachable || (call.onFailure === "stop" && status !== 0)) return;
  }
}

// The line itself has removed it, but where it was never run. A connection that is gone takes nothing away.
async function forget(machine: WindowsMachine, path: string): Promise<void> {
  await machine.files.remove(path).catch(() => undefined);
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
  { password, file }: { readonly password: Secret | undefined; readonly file: string | null },
): Promise<{ readonly status: number; readonly unreachable: boolean; readonly idle: boolean }> {
  const server = `https://${machine.environment("COMPUTERNAME") ?? "localhost"}:8850`;
  const called = cmdLine(
    program,
    args.map((arg) => (arg === thisServer ? server : arg === settingsFile && file !== null ? file : arg)),
  );
  const line = file === null ? called : removing(called, file);
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
  const [line = ""] = /^[^\n]*\n?/.exec(Buffer.concat(pieces).toString("utf8")) ?? [];
  return new Secret(line);
}
