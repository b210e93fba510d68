import { TableauError } from "../vocabulary/error";
import type { WindowsScript } from "./windows/task";

/**
 * What a script is on each platform. A new platform is one more key here, and the compiler then asks for it in every script and
 * every action.
 */
export interface Implementations {
  /** Text for sh. */
  readonly linux: string;
  readonly windows: WindowsScript;
}

/** Which system a node has: it decides which implementation of a script runs there. */
export type Platform = keyof Implementations;

/**
 * The platform behind an SSH server, by the software version that it identifies itself with.
 *
 * @see https://github.com/PowerShell/openssh-portable/blob/latestw_all/version.h
 */
export function platformOf(software: string): Platform {
  return software.startsWith("OpenSSH_for_Windows") ? "windows" : "linux";
}

/** @throws TableauError (argument-invalid) if the program expects another platform of a node than it has. */
export function checkPlatform(node: string, expected: Platform | undefined, found: Platform, evidence: string): void {
  if (expected === undefined || expected === found) return;
  throw new TableauError("argument-invalid", {
    node,
    message: `The program says that this node has ${written[expected]}; it has ${written[found]} (${evidence}).`,
    next:
      expected === "linux"
        ? 'Give the server platform: "windows".'
        : 'Leave `platform` out; a Windows node is reached through OpenSSH for Windows only, whose name begins with "OpenSSH_for_Windows".',
  });
}

const written: Readonly<Record<Platform, string>> = { linux: "Linux", windows: "Windows" };
