import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";
import { languages } from "./languages";

const codePages = String.raw`HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Nls\CodePage`;

const shellFolderKey = String.raw`HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders`;

/** `reg query` of the system's code pages, and of the user's folders. */
export function reg({ switches, shellFolders = {} }: WindowsMachine): Program {
  return ({ args, streams }) => {
    const [verb, key = "", , name = ""] = args;
    const { ansi, oem } = languages[switches().windowsLanguage];
    const keys: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
      [codePages]: { ACP: ansi, OEMCP: oem },
      [shellFolderKey]: shellFolders,
    };
    const path = key.replace(/^HKLM\b/i, "HKEY_LOCAL_MACHINE").replace(/^HKCU\b/i, "HKEY_CURRENT_USER");
    const [found = "", values = {}] = Object.entries(keys).find(([one]) => one.toLowerCase() === path.toLowerCase()) ?? [];
    const [known, value] = Object.entries(values).find(([one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
    if (verb?.toLowerCase() !== "query" || known === undefined || value === undefined) {
      writeLine(streams, 2, "ERROR: The system was unable to find the specified registry key or value.");
      return 1;
    }
    const type = found === shellFolderKey ? "REG_EXPAND_SZ" : "REG_SZ";
    for (const line of ["", found, `    ${known}    ${type}    ${String(value)}`, ""]) writeLine(streams, 1, line);
    return 0;
  };
}
