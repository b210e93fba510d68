import { TableauError } from "../../error";
import type { Answer } from "../../host/host";
import type { PlatformName } from "../../plan/desktop/products";
import type { OwnerNote, SeenPlace } from "../../plan/desktop/seen-machine";

const systems: Readonly<Record<string, PlatformName>> = { Darwin: "macos", Linux: "linux", Windows: "windows" };

/**
 * Reads from an answer what every look at a machine tells.
 *
 * @throws TableauError host-command-failed where the machine is of a system that no product of Tableau runs on.
 */
export function readPlace(node: string, answer: Answer): SeenPlace {
  const first = (key: string): string | undefined => answer.records.find(([name]) => name === key)?.[1];
  return {
    platform: platformOf(node, first("system") ?? "nothing"),
    folder: first("folder") ?? "",
    note: noteIn(first("note")),
    running: answer.records.some(([name]) => name === "running"),
  };
}

function platformOf(node: string, system: string): PlatformName {
  const platform = systems[system];
  if (platform !== undefined) return platform;
  throw new TableauError("host-command-failed", {
    node,
    message: `Its system is ${system}; no product of Tableau that loads connectors runs there.`,
    next: "Name a machine with Windows, macOS or Linux.",
  });
}

function noteIn(text: string | undefined): OwnerNote | null {
  if (text === undefined) return null;
  const [token = "", stack = ""] = text.split("\n");
  return { token, stack };
}
