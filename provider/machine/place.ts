import { arg } from "../actions/arguments";
import { unreadableAnswer } from "../host/ask";
import { longText, path } from "../host/fields";
import { type Lines, maybe, once } from "../host/reply";
import { TableauError } from "../vocabulary/error";
import { tame } from "../vocabulary/printable";
import { machineLines } from "./check-machine-answer";
import { inTwo } from "./files/portable";
import runningProgram from "./files/running-program.sh";
import type { PlatformName, ProductName } from "./plan/products";
import type { OwnerNote, SeenPlace } from "./plan/seen-machine";

/** What every look at a machine is told of the place that a file belongs into. */
export const placeArguments = {
  product: arg.word<ProductName>(),
  /** The repository or folder that the program names; null: that of the product and the system. */
  given: arg.orNull(arg.path, ""),
  fileName: arg.text,
};

/** The lines with which every look at a machine tells of that place. */
export const placeLines = { ...machineLines, folder: once({ path }), note: maybe({ text: longText(4096) }), running: maybe({}) } as const;

/** A look at a machine for sh: the first part finds the place, the second looks into it. */
export function lookScript(find: string, look: string): string {
  return inTwo(find, `${look}${runningProgram}emit end\n`);
}

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
