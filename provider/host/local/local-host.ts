import { userInfo } from "node:os";
import type { HostCounts } from "../counts";
import type { Host, NodeAddress } from "../host";
import type { Waits } from "../limits";
import { startLocalProcess } from "./local-process";
import { checkPlatform } from "../platform";
import { ScriptHost } from "../script/script-host";
import { LocalFiles } from "./windows-files";
import { startLocalLine } from "./start-windows-line";
import { WindowsHost } from "../windows/windows-host";

/** This machine as a node. */
export function localHost(address: Pick<NodeAddress, "name" | "privilege" | "platform">, counts: HostCounts, waits: Waits): Host {
  const { name: node } = address;
  const platform = process.platform === "win32" ? "windows" : "linux";
  checkPlatform(node, address.platform, platform, "it is the machine that runs the program");
  const user = loginUser();
  if (platform === "windows") {
    const start = (line: string): ReturnType<typeof startLocalLine> => startLocalLine(line, node);
    return new WindowsHost({ node, user, counts, waits, start, files: new LocalFiles(), during: (work) => work() });
  }
  const elevation = process.getuid?.() === 0 ? "none" : address.privilege;
  return new ScriptHost({ node, user, elevation, counts, waits, start: (command) => startLocalProcess(command, node) });
}

// A user id without a name, as in some containers, has no entry to read.
function loginUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? `#${process.getuid?.() ?? "?"}`;
  }
}
