import { TableauError } from "../vocabulary/error";
import { unreadableAnswer } from "../host/ask";
import type { Lines } from "../host/reply";
import type { PlatformName } from "./plan/products";
import type { placeLines } from "./check-machine-answer";
import { tame } from "../vocabulary/printable";
import type { OwnerNote, SeenPlace } from "./plan/seen-machine";

const systems: Readonly<Record<string, PlatformName>> = { Darwin: "macos", Linux: "linux", Windows: "windows" };

/**
 * Reads from an answer what every look at a machine tells.
 *
 * @throws TableauError host-command-failed where the machine is of a system that no product of Tableau runs on.
 */
export function readPlace(
  node: string,
  { system: [system], folder: [folder], note: [note], running }: Lines<typeof placeLines>,
): SeenPlace {
  if (system === undefined || folder === undefined) throw unreadableAnswer(node, "look", "it ended early");
  return { platform: platformOf(node, system.name), folder: folder.path, note: noteIn(note?.text), running: running.length > 0 };
}

function platformOf(node: string, system: string): PlatformName {
  const platform = Object.hasOwn(systems, system) ? systems[system] : undefined;
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
  // For people; the token is only ever compared.
  return { token: tame(token), stack: tame(stack) };
}
