import { randomBytes } from "node:crypto";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt } from "./attempt";
import { ByteSource } from "./byte-source";

interface Parcel {
  readonly sha256: string;
  readonly size: number;
  readonly description: string;
  readonly incoming: string;
}

/** Sees to it that the store holds packages, as deliverScript does. */
export async function deliverForm(task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const [state = "", ...values] = task.args;
  const store = `${state}/store`;
  const parcels = toParcels(store, values);
  const there = await machine.digests(parcels.map(({ sha256 }) => `${store}/${sha256}`));
  const wanted = parcels.filter(({ sha256 }, i) => there[i] !== sha256);
  emit("wants", ...wanted.map(({ sha256 }) => sha256));
  if (wanted.length === 0) return;
  try {
    await attempt(task, "make the store", () => machine.files.makeFolder(store));
    const source = new ByteSource(task.input);
    for (const { size, incoming } of wanted) {
      await attempt(task, `write into ${store}`, () => machine.files.write(incoming, source.take(size)));
    }
    await checkArrived(task, wanted);
    for (const parcel of wanted) await attempt(task, "move the packages into the store", () => keepParcel(task, store, parcel));
    for (const { sha256 } of wanted) emit("delivered", sha256);
  } finally {
    for (const { incoming } of wanted) await machine.files.remove(incoming).catch(() => undefined);
  }
}

function toParcels(store: string, values: readonly string[]): Parcel[] {
  const run = randomBytes(4).toString("hex");
  const parcels: Parcel[] = [];
  for (let at = 0; at < values.length; at += 5) {
    const [sha256 = "", size = "0", ...words] = values.slice(at, at + 5);
    parcels.push({ sha256, size: Number(size), description: `${words.join("\n")}\n`, incoming: `${store}/.incoming.${run}.${sha256}` });
  }
  return parcels;
}

// A cut upload ends as a clean end of its bytes.
async function checkArrived({ machine, emit }: WindowsTask, parcels: readonly Parcel[]): Promise<void> {
  const digests = await machine.digests(parcels.map(({ incoming }) => incoming));
  for (const [i, { sha256, incoming }] of parcels.entries()) {
    if (digests[i] === sha256) continue;
    emit("mismatch", sha256, String((await machine.files.stat(incoming))?.size ?? 0), digests[i] ?? "");
    throw new ScriptEnd(1);
  }
}

// The description first: a package without one would be in no list.
async function keepParcel({ machine }: WindowsTask, store: string, { sha256, description, incoming }: Parcel): Promise<void> {
  await machine.files.write(`${store}/${sha256}.info`, Buffer.from(description));
  await machine.files.replace(incoming, `${store}/${sha256}`);
}
