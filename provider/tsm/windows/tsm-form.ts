import { cmdLine } from "../../host/windows/cmd-line";
import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { Secret } from "../../vocabulary/secret";
import { allEnded } from "../all-ended";
import { thisServer } from "../command";
import { packageInUse, packagesFolder } from "./installation";

interface FormCall {
  readonly output: string;
  readonly failure: string;
  readonly args: readonly string[];
}

/**
 * Finds tsm.cmd and runs calls one after the other, with the same records as tsmScript (script.ts). Whether the user may use
 * tsm, as a member of the local Administrators, is left to tsm to say.
 *
 * @see https://help.tableau.com/current/server/en-us/tsm.htm
 */
export async function tsmForm(task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const [path = "", ask = "none", , , , ...values] = task.args;
  const password = ask === "line" ? await readLine(task.input) : undefined;
  const program = await findTsm(machine, path);
  if (program === null) return emit("missing", path === "" ? packagesFolder(machine) : path);
  emit("program", program);
  for (const [index, call] of toCalls(values).entries()) {
    const { status, unreachable, idle } = await runCall(task, program, String(index), call, password);
    if (call.failure === "stop-if-busy" && !idle) return emit("busy", String(index));
    if (unreachable || (call.failure === "stop" && status !== 0)) return;
  }
}

function toCalls(values: readonly string[]): FormCall[] {
  const calls: FormCall[] = [];
  for (let at = 0; at < values.length;) {
    const [count = "0", output = "", failure = ""] = values.slice(at, at + 3);
    calls.push({ output, failure, args: values.slice(at + 3, at + 3 + Number(count)) });
    at += 3 + Number(count);
  }
  return calls;
}

async function findTsm(machine: WindowsMachine, path: string): Promise<string | null> {
  const isFile = async (file: string): Promise<boolean> => (await machine.files.stat(file))?.kind === "file";
  if (path !== "") return (await isFile(path)) ? path.replaceAll("/", "\\") : null;
  const folder = await packageInUse(machine, "bin", (one) => isFile(`${one}/tsm.cmd`));
  return folder === null ? null : `${folder}/tsm.cmd`.replaceAll("/", "\\");
}

async function runCall(
  { machine, emit }: WindowsTask,
  program: string,
  index: string,
  { output, args }: FormCall,
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
