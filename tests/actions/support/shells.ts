import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Shells of this machine that may stand behind sh on a node. */
export function shells(): string[] {
  return ["dash", "bash", "busybox"].filter((name) => existsSync(`/bin/${name}`));
}

/** Makes a shell the sh of every test of a describe block. Gives the folder that comes first in PATH for it. */
export function useAsSh(shell: string): () => string {
  const searched = process.env["PATH"];
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "shell-"));
    symlinkSync(`/bin/${shell}`, join(folder, "sh"));
    process.env["PATH"] = `${folder}:${searched ?? ""}`;
  });
  afterAll(() => {
    process.env["PATH"] = searched;
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}
