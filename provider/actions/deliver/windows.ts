import { randomBytes } from "node:crypto";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt, fail } from "../files/windows/attempt";
import { ByteSource } from "../files/windows/byte-source";
import { removeTree } from "../files/windows/remove-tree";
import { treeDigests } from "../files/windows/tree-digests";
import { unpackTree } from "../files/windows/unpack-tree";

interface Parcel {
  readonly sha256: string;
  /** null: of an unpacked connector, which is a folder. */
  readonly size: number | null;
  readonly description: string;
  readonly incoming: string;
}

/** Sees to it that the store holds packages, as deliverScript does. */
export async function deliverForm(task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const [state = "", ...values] = task.args;
  const store = `${state}/store`;
  const parcels = toParcels(store, values);
  const there = await digestsOf(task, parcels, ({ sha256 }) => `${store}/${sha256}`);
  const wanted = parcels.filter(({ sha256 }, i) => there[i] !== sha256);
  emit("wants", ...wanted.map(({ sha256 }) => sha256));
  if (wanted.length === 0) return;
  try {
    await attempt(task, "make the store", () => machine.files.makeFolder(store));
    const source = new ByteSource(task.input);
    for (const parcel of wanted) await receive(task, store, source, parcel);
    await checkArrived(task, wanted);
    for (const parcel of wanted) await attempt(task, "move the packages into the store", () => keepParcel(task, store, parcel));
    for (const { sha256 } of wanted) emit("delivered", sha256);
  } finally {
    for (const { incoming, size } of wanted) {
      if (size === null) await removeTree(machine, incoming).catch(() => undefined);
      else await machine.files.remove(incoming).catch(() => undefined);
    }
  }
}

function toParcels(store: string, values: readonly string[]): Parcel[] {
  const run = randomBytes(4).toString("hex");
  const parcels: Parcel[] = [];
  for (let at = 0; at < values.length; at += 5) {
    const [sha256 = "", size = "0", ...words] = values.slice(at, at + 5);
    const incoming = `${store}/.incoming.${run}.${sha256}`;
    parcels.push({ sha256, size: size === "-" ? null : Number(size), description: `${words.join("\n")}\n`, incoming });
  }
  return parcels;
}

async function digestsOf(
  { machine }: WindowsTask,
  parcels: readonly Parcel[],
  pathOf: (parcel: Parcel) => string,
): Promise<readonly (string | null)[]> {
  const files = parcels.filter(({ size }) => size !== null);
  const folders = parcels.filter(({ size }) => size === null);
  const [ofFiles, ofFolders] = await Promise.all([machine.digests(files.map(pathOf)), treeDigests(machine, folders.map(pathOf))]);
  return parcels.map((parcel) => (parcel.size === null ? ofFolders[folders.indexOf(parcel)] : ofFiles[files.indexOf(parcel)]) ?? null);
}

async function receive(task: WindowsTask, store: string, source: ByteSource, { size, incoming }: Parcel): Promise<void> {
  const { files } = task.machine;
  const what = `write into ${store}`;
  if (size !== null) return await attempt(task, what, () => files.write(incoming, source.take(size)));
  const end = await attempt(task, what, () => unpackTree(files, source, incoming));
  if (end === "unusable") fail(task, what, "the files of a folder did not come as they should");
}

// A cut upload ends as a clean end of its bytes.
async function checkArrived(task: WindowsTask, parcels: readonly Parcel[]): Promise<void> {
  const { machine, emit } = task;
  const digests = await digestsOf(task, parcels, ({ incoming }) => incoming);
  for (const [i, { sha256, incoming }] of parcels.entries()) {
    if (digests[i] === sha256) continue;
    emit("mismatch", sha256, String((await machine.files.stat(incoming))?.size ?? 0), digests[i] ?? "");
    throw new ScriptEnd(1);
  }
}

// The description first: a package without one would be in no list.
async function keepParcel({ machine }: WindowsTask, store: string, { sha256, size, description, incoming }: Parcel): Promise<void> {
  // A damaged one: no folder takes the place of another.
  if (size === null) await removeTree(machine, `${store}/${sha256}`);
  await machine.files.write(`${store}/${sha256}.info`, Buffer.from(description));
  await machine.files.replace(incoming, `${store}/${sha256}`);
}
