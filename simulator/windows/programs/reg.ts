import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";
import { languages } from "./languages";

const codePages = String.raw`HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Nls\CodePage`;

/** `reg query` of the system's code pages. */
export function reg({ switches }: WindowsMachine): Program {
  return ({ args, streams }) => {
    const [verb, key = "", , name = ""] = args;
    const { ansi, oem } = languages[switches().windowsLanguage];
    const value = { ACP: ansi, OEMCP: oem }[name.toUpperCase()];
    const path = key.replace(/^HKLM\b/i, "HKEY_LOCAL_MACHINE");
    if (verb?.toLowerCase() !== "query" || path.toLowerCase() !== codePages.toLowerCase() || value === undefined) {
      writeLine(streams, 2, "ERROR: The system was unable to find the specified registry key or value.");
      return 1;
    }
    for (const line of ["", codePages, `    ${name}    REG_SZ    ${value}`, ""]) writeLine(streams, 1, line);
    return 0;
  };
}
