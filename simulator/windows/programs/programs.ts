import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";
import { certutil } from "./certutil";
import { chcp } from "./chcp";
import { keytool } from "./keytool";
import { icacls } from "./icacls";
import { powershell } from "./powershell";
import { reg } from "./reg";
import { tsmClient } from "./tsm-client";

/** Names of the programs in System32. */
export const systemPrograms = ["certutil.exe", "chcp.com", "hostname.exe", "icacls.exe", "reg.exe", "whoami.exe"] as const;
export const powershellFolder = "C:/Windows/System32/WindowsPowerShell/v1.0";

/** The programs of a Windows node, by their file names. */
export function programsOf(machine: WindowsMachine): Readonly<Record<string, Program>> {
  return {
    "certutil.exe": certutil(machine),
    "chcp.com": chcp(machine),
    "keytool.exe": keytool(),
    "icacls.exe": icacls(machine),
    "reg.exe": reg(machine),
    "powershell.exe": powershell(machine),
    "tsm-client.exe": tsmClient(machine),
    "hostname.exe": says(machine.name.toUpperCase()),
    "whoami.exe": says(`${machine.name}\\${machine.user}`.toLowerCase()),
  };
}

function says(text: string): Program {
  return ({ streams }) => {
    writeLine(streams, 1, text);
    return 0;
  };
}
