import type { Program } from "../cmd/shell";
import type { WindowsMachine } from "../machine";

/** What tsm.cmd starts: brings its arguments to the controller. Its build is in the name of the folder that it lies in. */
export function tsmClient(machine: WindowsMachine): Program {
  return ({ path, args, shell, streams }) =>
    machine.callTsm({
      node: machine.name,
      user: machine.user,
      pid: machine.newPid(),
      argv: args,
      folder: shell.folder.replaceAll("\\", "/"),
      build: /\\bin\.([^\\]+)\\/.exec(path)?.[1] ?? "",
      out: (text) => streams.sinks.get(1)?.(withWindowsLineEnds(text)),
      err: (text) => streams.sinks.get(2)?.(withWindowsLineEnds(text)),
      ask: () => streams.input.readLine(),
    });
}

function withWindowsLineEnds(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}
