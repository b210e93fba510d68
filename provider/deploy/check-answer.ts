import { TableauError, type ErrorCode } from "../error";
import type { Answer } from "../host/host";
import { unsafeFolder } from "./unsafe-folder";

/**
 * Turns what a changing script says of a failure into an error; does nothing if the script went through.
 *
 * @throws TableauError host-folder-unsafe, host-disk-full, host-read-only, digest-mismatch or host-command-failed.
 */
export function checkAnswer(node: string, what: string, answer: Answer): void {
  const unsafe = unsafeFolder(node, answer.records);
  if (unsafe !== undefined) throw unsafe;
  for (const [key, ...fields] of answer.records) {
    if (key === "failed") throw failure(node, fields[0] ?? what, fields[1] ?? "");
    if (key === "mismatch") throw mismatch(node, fields);
    if (key === "changed") throw changed(node, fields);
  }
  if (answer.status !== 0) throw failure(node, what, answer.errorText);
}

function failure(node: string, what: string, words: string): TableauError {
  const { code, next } = classify(words);
  return new TableauError(code, { node, message: `Could not ${what}: ${words.trim() || "no reason given"}.`, next });
}

function classify(words: string): { code: ErrorCode; next: string } {
  if (/No space left|Disk quota exceeded/i.test(words))
    return { code: "host-disk-full", next: "Free some space on that file system, then run `pulumi up` again." };
  if (/Read-only file system/i.test(words))
    return { code: "host-read-only", next: "Mount that file system writable, then run `pulumi up` again." };
  if (/a program holds it open/i.test(words)) {
    return {
      code: "host-command-failed",
      next: "End that program, or have it close the file (Resource Monitor of that node shows which it is), then run `pulumi up` again.",
    };
  }
  if (/Permission denied|Operation not permitted/i.test(words)) {
    return {
      code: "host-command-failed",
      next: "Give the login user that right (see docs/hosts.md: sudo, or ownership of the two directories), then run `pulumi up` again.",
    };
  }
  return { code: "host-command-failed", next: "Mend that on the node, then run `pulumi up` again." };
}

function mismatch(node: string, [sha256 = "", size = "", got = ""]: readonly string[]): TableauError {
  return new TableauError("digest-mismatch", {
    node,
    message: `A package arrived damaged: expected sha256 ${sha256}, got ${got || "nothing"} (${size || "0"} bytes). It was not stored.`,
    next: "Run `pulumi up` again; if it stays, look at the disk and the connection of that node.",
  });
}

function changed(node: string, [directory = "", fileName = "", now = ""]: readonly string[]): TableauError {
  const what = now === "-" ? "is gone" : `has become ${now}`;
  return new TableauError("activation-failed", {
    node,
    message: `${directory}/${fileName} was changed by somebody else just now: it ${what}. It was left alone.`,
    next: "See who deploys to this server besides this program, then run `pulumi up --refresh`.",
  });
}
