import { existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Shells of this machine that may stand behind sh on a node. */
export function shells(): string[] {
  return ["dash", "bash"].filter((name) => existsSync(`/bin/${name}`));
}

/** A folder for PATH whose sh is that shell. */
export function folderOf(shell: string): string {
  const folder = mkdtempSync(join(tmpdir(), "shell-"));
  symlinkSync(`/bin/${shell}`, join(folder, "sh"));
  return folder;
}
