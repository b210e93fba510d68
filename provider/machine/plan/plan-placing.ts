import { short } from "../../plan/describe/describe-step";
import type { SeenMachineFile, SeenPlace } from "./seen-machine";

/** One file that is to be in one folder of a machine. */
export interface DesiredFile {
  readonly fileName: string;
  readonly sha256: string;
  readonly stack: string;
  /** The token in the state of this resource; null: it is new. */
  readonly token: string | null;
  readonly overwriteUnmanaged: boolean;
}

/** What is done on the machine: nothing but a note about the file for `adopt`. */
export interface Placing {
  readonly action: "none" | "adopt" | "place";
  /** Digest of the file that is there now; null: there is none, "unreadable": it cannot be read. */
  readonly was: string | null;
  /** Full sentences; if there are any, nothing is done. */
  readonly refusals: readonly string[];
}

/** Compares a file that is wanted with `existing`, which bears its name now; null: nothing does. */
export function planPlacing(wanted: DesiredFile, { note }: SeenPlace, existing: SeenMachineFile | null): Placing {
  if (existing === null) return { action: "place", was: null, refusals: [] };
  const was = existing.sha256 ?? "unreadable";
  if (was !== wanted.sha256) return { action: "place", was, refusals: ownership(wanted, note, existing) };
  return { action: note !== null && note.token === wanted.token ? "none" : "adopt", was, refusals: [] };
}

function ownership(wanted: DesiredFile, note: SeenPlace["note"], existing: SeenMachineFile): string[] {
  if (wanted.overwriteUnmanaged) return [];
  const path = `${existing.folder}/${existing.fileName}`;
  if (existing.form === "folder") return [`${path} cannot be placed: a folder of that name is there. Move it away.`];
  const what = `a different file of that name (sha256 ${existing.sha256 === null ? "unreadable" : short(existing.sha256)})`;
  const way = "Move it away, take its bytes as the source to adopt it, or set overwriteUnmanaged: true.";
  if (note === null) return [`${path} cannot be placed: ${what} is there, which this package did not put there. ${way}`];
  if (note.token === wanted.token || note.stack === wanted.stack) return [];
  return [`${path} cannot be placed: ${what} is there, which the stack ${note.stack} put there. ${way}`];
}
