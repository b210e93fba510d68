import { createHash } from "node:crypto";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { TableauError } from "../../vocabulary/error";
import { fileLimits, tooLarge } from "../../vocabulary/file-limits";

/** The folder of an unpacked connector, read whole. */
export interface SourceFolder {
  /** See docs/placement.md. */
  readonly sha256: string;
  /** In the order of the bytes of their paths, which have slashes. */
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  readonly path: string;
  readonly bytes: Buffer;
}

const mostFiles = 1000;

/** Whether a source is a folder on this machine. */
export async function isFolder(source: string): Promise<boolean> {
  const found = await stat(source).catch(() => null);
  return found?.isDirectory() === true;
}

/**
 * Reads the folder of an unpacked connector; what editors, version control and package managers leave there is not part
 * of it.
 *
 * @throws TableauError source-unavailable, or digest-mismatch if it is not what `sha256` pins.
 */
export async function readFolder(source: string, sha256: string | undefined): Promise<SourceFolder> {
  const paths = (await list(source, "")).sort((a, b) => Buffer.from(a).compare(Buffer.from(b)));
  if (paths.length > mostFiles) throw unusable(source, `it has more than ${String(mostFiles)} files`);
  const sizes = await Promise.all(paths.map(async (path) => (await lstat(join(source, path))).size));
  const size = sizes.reduce((sum, each) => sum + each, 0);
  if (size > fileLimits.folder) throw unusable(source, tooLarge("folder", { size }));
  const files: SourceFile[] = [];
  for (const path of paths) files.push({ path, bytes: await readFile(join(source, path)) });
  const got = digestOf(files);
  if (sha256 === undefined || sha256 === got) return { sha256: got, files };
  throw new TableauError("digest-mismatch", {
    message: `${source} is not the folder that is pinned: expected sha256 ${sha256}, got ${got}.`,
    next: "Take the folder that was approved, or change `sha256` if this one is meant.",
  });
}

/** The bytes of a folder as one sequence: the count of files, then of each its size, its path and its bytes. */
export function packFolder({ files }: SourceFolder): Buffer {
  const parts = files.flatMap(({ path, bytes }) => [Buffer.from(`${String(bytes.length)} ${path}\n`), bytes]);
  return Buffer.concat([Buffer.from(`${String(files.length)}\n`), ...parts]);
}

function digestOf(files: readonly SourceFile[]): string {
  const lines = files.map(({ path, bytes }) => `${createHash("sha256").update(bytes).digest("hex")}  ./${path}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

async function list(source: string, below: string): Promise<string[]> {
  const entries = await readdir(join(source, below), { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    if (isIgnored(entry.name)) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    // Names that sha256sum would print in another way, or that a shell's `read` would change.
    if (/[\p{Cc}\\]|^\s|\s$/u.test(entry.name)) throw unusable(source, `the name ${JSON.stringify(path)} cannot be carried over`);
    if (entry.isDirectory()) for (const one of await list(source, path)) paths.push(one);
    else if (entry.isFile()) paths.push(path);
    else throw unusable(source, `${JSON.stringify(path)} is neither a file nor a folder`);
  }
  return paths;
}

// .git, .DS_Store, .idea, .vscode, .manifest.xml.swp, manifest.xml~, #manifest.xml#.
function isIgnored(name: string): boolean {
  return /^\.|~$|^#.*#$|\.(?:swp|swo|tmp|bak)$/.test(name) || ["node_modules", "__pycache__", "Thumbs.db", "desktop.ini"].includes(name);
}

function unusable(source: string, why: string): TableauError {
  return new TableauError("source-unavailable", {
    message: `The folder ${source} cannot be taken: ${why}.`,
    next: "Keep only the connector's own files in that folder.",
  });
}
