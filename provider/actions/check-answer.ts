import { TableauError, type ErrorCode } from "../vocabulary/error";
import { count, fileName, longText, orEmpty, path, phrase, sha256 } from "../host/fields";
import { type Lines, maybe } from "../host/reply";
import { unsafeFolder, unsafeLine } from "./unsafe-folder";

/** The lines with which a script that changes something tells of a failure. */
export const failures = {
  unsafe: maybe(unsafeLine),
  failed: maybe({ what: phrase(4096), words: longText(16_384) }),
  mismatch: maybe({ sha256, size: orEmpty(count(Number.MAX_SAFE_INTEGER)), got: phrase(64) }),
  changed: maybe({ directory: path, fileName, found: phrase(64) }),
} as const;

type Failures = Lines<typeof failures>;

/** An answer that may tell of a failure, whatever else it tells. */
export interface Outcome {
  readonly lines: Failures;
  readonly status: number;
  readonly errorText: string;
}

/**
 * Turns what a changing script says of a failure into an error; does nothing if the script went through.
 *
 * @throws TableauError host-folder-unsafe, host-disk-full, host-read-only, digest-mismatch or host-command-failed.
 */
export function checkAnswer(node: string, what: string, { lines, status, errorText }: Outcome): void {
  const [unsafe] = lines.unsafe;
  if (unsafe !== undefined) throw unsafeFolder(node, unsafe);
  const [failed] = lines.failed;
  if (failed !== undefined) throw failure(node, failed.what, failed.words);
  for (const line of lines.mismatch) throw mismatch(node, line);
  for (const line of lines.changed) throw changed(node, line);
  if (status !== 0) throw failure(node, what, errorText);
}

function failure(node: string, what: string, words: string): TableauError {
  const { code, next } = classify(words);
  return new TableauError(code, { node, message: `Could not ${what}: ${oneLine(words) || "no reason given"}.`, next });
}

/** What a program printed, as a part of a sentence. */
export function oneLine(words: string): string {
  const lines = words.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" / ");
}

function classify(words: string): { code: ErrorCode; next: string } {
  if (/No space left|Disk quota exceeded/i.test(words)) {
    return { code: "host-disk-full", next: "Free some space on that file system, then run `pulumi up` again." };
  }
  if (/Read-only file system/i.test(words)) {
    return { code: "host-read-only", next: "Mount that file system writable, then run `pulumi up` again." };
  }
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
  return { code: "host-command-failed", next: "Fix this on the node, then run `pulumi up` again." };
}

function mismatch(node: string, { sha256: expected, size, got }: Failures["mismatch"][number]): TableauError {
  return new TableauError("digest-mismatch", {
    node,
    message: `A package arrived damaged: expected sha256 ${expected}, got ${got || "nothing"} (${String(size ?? 0)} bytes). It was not stored.`,
    next: "Run `pulumi up` again; if it stays, look at the disk and the connection of that node.",
  });
}

function changed(node: string, { directory, fileName: name, found }: Failures["changed"][number]): TableauError {
  const what = found === "-" ? "is gone" : `has become ${found}`;
  return new TableauError("activation-failed", {
    node,
    message: `${directory}/${name} was changed by somebody else just now: it ${what}. It was left alone.`,
    next: "See who deploys to this server besides this program, then run `pulumi up --refresh`.",
  });
}
