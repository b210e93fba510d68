import { cmdPath } from "./cmd-line";
import { FileFailure } from "./file-failure";
import type { WindowsFiles } from "./files";
import type { CommandResult } from "./run-line";

// Well below what cmd.exe takes in one line.
const longest = 7500;

/** A machine, as far as hashing needs it. */
interface Hasher {
  readonly files: WindowsFiles;
  run(line: string): Promise<CommandResult>;
}

/** SHA-256 of files by certutil, many in one line; what it does not answer is read back and hashed here. */
export async function hashFiles(machine: Hasher, paths: readonly string[]): Promise<readonly (string | null)[]> {
  const digests: (string | null)[] = [];
  for (const batch of batches(paths)) {
    const { stdout } = await machine.run(
      batch.map((path, i) => `echo pt-hash ${String(i)}&certutil -hashfile ${cmdPath(path)} SHA256`).join("&"),
    );
    const answered = readHashes(stdout);
    for (const [i, path] of batch.entries()) digests.push(answered.get(i) ?? (await readBack(machine, path)));
  }
  return digests;
}

function batches(paths: readonly string[]): string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const path of paths) {
    const length = cmdPath(path).length + 60;
    if (length > room) {
      all.push([]);
      room = longest;
    }
    all.at(-1)?.push(path);
    room -= length;
  }
  return all;
}

// The words around the digest are in the machine's language; before Windows 10 its bytes were printed apart.
function readHashes(stdout: string): Map<number, string> {
  const digests = new Map<number, string>();
  let current = -1;
  for (const line of stdout.split("\n")) {
    const [, mark] = /^pt-hash (\d+)\s*$/.exec(line) ?? [];
    if (mark !== undefined) current = Number(mark);
    const digest = line.replace(/\s/g, "").toLowerCase();
    if (/^[0-9a-f]{64}$/.test(digest) && !digests.has(current)) digests.set(current, digest);
  }
  return digests;
}

async function readBack({ files }: Hasher, path: string): Promise<string | null> {
  try {
    return await files.hash(path);
  } catch (error) {
    if (error instanceof FileFailure) return null;
    throw error;
  }
}
