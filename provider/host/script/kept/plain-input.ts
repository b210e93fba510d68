import type { Script } from "../../host";
import { keptShellInputLimit } from "../../limits";

/** Input that can be written into a shell's program as a word: short and of printable ASCII. "other": it cannot. */
export function plainInput(input: Script["input"]): { readonly text: string } | "other" {
  if (input === undefined) return { text: "" };
  if (!Buffer.isBuffer(input) || input.length > keptShellInputLimit) return "other";
  const text = input.toString("latin1");
  return /^[\t\n\x20-\x7e]*$/.test(text) ? { text } : "other";
}
