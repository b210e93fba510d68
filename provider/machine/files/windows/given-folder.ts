import type { WindowsMachine } from "../../../host/windows/machine";

/** A folder as the program names it, absolute or beginning with "~/", with forward slashes and none at its end. */
export function givenFolder(machine: WindowsMachine, given: string): string {
  const home = machine.environment("USERPROFILE") ?? "";
  return given
    .replace(/^~(?=\/)/, () => home)
    .replaceAll("\\", "/")
    .replace(/\/$/, "");
}
