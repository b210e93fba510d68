import { randomBytes } from "node:crypto";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { FileFailure } from "../../host/windows/file-failure";
import { copyFiles } from "../files/windows/copy-files";
import { attempt, fail } from "../files/windows/attempt";
import { ByteSource } from "../files/windows/byte-source";
import { removeTree, treeDigests, unpackTree } from "../files/windows/trees";

/** A package as a node hears of it. */
export interface DescribedPackage {
  readonly sha256: string;
  /** In bytes; null: of an unpacked connector, which is a folder. */
  readonly size: number | null;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly fileName: string;
  /** Path of a live file that may have the same bytes; null: there is none. */
  readonly live: string | null;
}

interface DeliverArguments {
  readonly stateDirectory: string;
  readonly packages: readonly DescribedPackage[];
}

interface IncomingPackage extends Pick<DescribedPackage, "sha256" | "size" | "live"> {
  readonly description: string;
  /** Where it is written before it is verified. */
  readonly incoming: string;
}

/** Sees to it that the store holds packages. */
export async function onWindows({ stateDirectory, packages }: DeliverArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const store = `${stateDirectory}/store`;
  const run = randomBytes(4).toString("hex");
  const all = packages.map(({ sha256, size, live, pluginClass, pluginVersion, fileName }) => ({
    sha256,
    size,
    live,
    description: `${pluginClass}\n${pluginVersion}\n${fileName}\n`,
    incoming: `${store}/.incoming.${run}.${sha256}`,
  }));
  const stored = await digestsOf(task, all, ({ sha256 }) => `${store}/${sha256}`);
  const missing = all.filter(({ sha256 }, i) => stored[i] !== sha256);
  const adopted = await adoptLive(task, store, missing);
  const wanted = missing.filter((each) => !adopted.includes(each));
  emit("wants", ...wanted.map(({ sha256 }) => sha256));
  if (missing.length === 0) return;
  try {
    await attempt(task, "make the store", () => machine.files.makeFolder(store));
    const source = new ByteSource(task.input);
    for (const each of wanted) await receive(task, store, source, each);
    await checkArrived(task, wanted);
    for (const each of missing) await attempt(task, "move the packages into the store", () => moveIn(task, store, each));
    for (const { sha256 } of wanted) emit("delivered", sha256);
    for (const { sha256 } of adopted) emit("copied", sha256);
  } finally {
    for (const { incoming, size } of missing) {
      if (size === null) await removeTree(machine, incoming).catch(() => undefined);
      else await machine.files.remove(incoming).catch(() => undefined);
    }
  }
}

// What is live with those bytes already is copied, and need not travel. What goes wrong here is told when the bytes have come.
async function adoptLive(
  { machine }: WindowsTask,
  store: string,
  missing: readonly IncomingPackage[],
): Promise<readonly IncomingPackage[]> {
  const candidates: { readonly each: IncomingPackage; readonly from: string }[] = [];
  try {
    for (const each of missing) {
      const { live: from, size } = each;
      const stat = from === null || size === null ? null : await machine.files.lstat(from);
      if (from !== null && stat?.kind === "file" && stat.size === size) candidates.push({ each, from });
    }
    if (candidates.length === 0) return [];
    const live = await machine.digests(candidates.map(({ from }) => from));
    const same = candidates.filter(({ each }, i) => live[i] === each.sha256);
    await machine.files.makeFolder(store);
    await copyFiles(
      machine,
      same.map(({ each, from }) => ({ from, to: each.incoming })),
    );
    const copied = await machine.digests(same.map(({ each }) => each.incoming));
    return same.map(({ each }) => each).filter(({ sha256 }, i) => copied[i] === sha256);
  } catch (error) {
    if (error instanceof FileFailure) return [];
    throw error;
  }
}

async function digestsOf(
  { machine }: WindowsTask,
  packages: readonly IncomingPackage[],
  pathOf: (each: IncomingPackage) => string,
): Promise<readonly (string | null)[]> {
  const files = packages.filter(({ size }) => size !== null);
  const folders = packages.filter(({ size }) => size === null);
  const [ofFiles, ofFolders] = await Promise.all([machine.digests(files.map(pathOf)), treeDigests(machine, folders.map(pathOf))]);
  return packages.map((each) => (each.size === null ? ofFolders[folders.indexOf(each)] : ofFiles[files.indexOf(each)]) ?? null);
}

async function receive(task: WindowsTask, store: string, source: ByteSource, { size, incoming }: IncomingPackage): Promise<void> {
  const { files } = task.machine;
  const what = `write into ${store}`;
  if (size !== null) return await attempt(task, what, () => files.write(incoming, source.take(size)));
  const end = await attempt(task, what, () => unpackTree(files, source, incoming));
  if (end === "unusable") fail(task, what, "the files of a folder did not come as they should");
}

// A cut upload ends as a clean end of its bytes.
async function checkArrived(task: WindowsTask, packages: readonly IncomingPackage[]): Promise<void> {
  const { machine, emit } = task;
  const digests = await digestsOf(task, packages, ({ incoming }) => incoming);
  for (const [i, { sha256, incoming }] of packages.entries()) {
    if (digests[i] === sha256) continue;
    emit("mismatch", sha256, String((await machine.files.stat(incoming))?.size ?? 0), digests[i] ?? "");
    throw new ScriptEnd(1);
  }
}

// The description first: a package without one would be in no list.
async function moveIn({ machine }: WindowsTask, store: string, { sha256, size, description, incoming }: IncomingPackage): Promise<void> {
  // A damaged one: no folder takes the place of another.
  if (size === null) await removeTree(machine, `${store}/${sha256}`);
  await machine.files.write(`${store}/${sha256}.info`, Buffer.from(description));
  await machine.files.replace(incoming, `${store}/${sha256}`);
}
