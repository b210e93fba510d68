import { TableauError } from "../../vocabulary/error";
import { bytesOfText, hasRawBytes } from "./bytes-of-text";

/**
 * Shell lines that put back the positional parameters which no command string can carry: those with bytes that are no
 * UTF-8. Empty where every argument is ordinary text.
 *
 * @throws TableauError (argument-invalid) for an argument with a NUL, which no process can receive.
 */
export function argumentSetup(args: readonly string[]): string {
  for (const arg of args) refuseNul(arg);
  if (!args.some(hasRawBytes)) return "";
  const assignments = args.map((arg, index) => (hasRawBytes(arg) ? `pt_a${index}=$(printf '${octal(arg)}.')\n` : ""));
  // The dot keeps trailing newlines, which a command substitution drops.
  const words = args.map((arg, index) => (hasRawBytes(arg) ? `"\${pt_a${index}%.}"` : `"\${${index + 1}}"`));
  return `${assignments.join("")}set -- ${words.join(" ")}`;
}

function octal(arg: string): string {
  return Array.from(bytesOfText(arg), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

function refuseNul(arg: string): void {
  if (!arg.includes("\0")) return;
  throw new TableauError("argument-invalid", {
    message: `A value for a node holds a NUL character: ${JSON.stringify(arg.slice(0, 80))}.`,
    next: "Correct the name or path in the program.",
  });
}
