import { randomBytes } from "node:crypto";
import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsFiles } from "../../host/windows/files";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt, fail } from "./attempt";
import { copyFiles } from "./copy-files";

interface Order {
  readonly kind: string;
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  readonly was: string;
  readonly live: string;
}

/**
 * Switches live files, as placeScript does. Modes and owners are left to the folder's
 * access lists. A live file that is missing counts as ours: an old SSH server, cut while it renames, leaves that behind.
 */
export async function placeForm(task: WindowsTask): Promise<void> {
  const { emit } = task;
  const [state = "", ...values] = task.args;
  for (const order of toOrders(values)) {
    if (order.kind === "place") await place(task, `${state}/store`, order);
    else if (order.kind === "retire") await retire(task, `${state}/store`, order);
    emit({ place: "placed", retire: "retired", open: "opened", mend: "mended" }[order.kind] ?? order.kind, order.folder, order.name);
  }
  emit("end");
}

function toOrders(values: readonly string[]): Order[] {
  const orders: Order[] = [];
  for (let at = 0; at < values.length; at += 5) {
    const [kind = "", folder = "", name = "", sha256 = "", was = ""] = values.slice(at, at + 5);
    orders.push({ kind, folder, name, sha256, was, live: `${folder}/${name}` });
  }
  return orders;
}

async function place(task: WindowsTask, store: string, { folder, name, sha256, was, live }: Order): Promise<void> {
  const { files } = task.machine;
  const part = `${folder}/.pulumi-tableau.${sha256}.part`;
  const now = await stateOf(task, live);
  if (now !== was && now !== sha256 && now !== "-") changed(task, folder, name, now);
  if (now !== sha256 && now !== "-") await keep(task, store, live, name, now);
  const staged = (await files.stat(part)) !== null;
  if (staged && now === sha256) await attempt(task, `place ${name}`, () => files.remove(part));
  else if (staged) await attempt(task, `place ${name}`, () => replaceLive(files, part, live));
  else if (now !== sha256) fail(task, `place ${name}`, "its verified copy has vanished");
}

async function retire(task: WindowsTask, store: string, { folder, name, was, live }: Order): Promise<void> {
  const now = await stateOf(task, live);
  if (now === "-") return;
  if (now !== was) changed(task, folder, name, now);
  await keep(task, store, live, name, now);
  const { files } = task.machine;
  const aside = asideOf(folder);
  await attempt(task, `retire ${name}`, () => files.replace(live, aside));
  await files.remove(aside).catch(() => undefined);
}

// A program that holds a file open may still allow it another name: then the next clean-up removes it.
async function replaceLive(files: WindowsFiles, part: string, live: string): Promise<void> {
  try {
    await files.replace(part, live);
  } catch (error) {
    if (!(error instanceof FileFailure) || error.reason !== "a program holds it open") throw error;
    const aside = asideOf(live.replace(/\/[^/]*$/, ""));
    await files.replace(live, aside).catch(() => {
      throw error;
    });
    await files.replace(part, live);
    await files.remove(aside).catch(() => undefined);
  }
}

// A name that Tableau does not read.
function asideOf(folder: string): string {
  return `${folder}/.pulumi-tableau.${randomBytes(4).toString("hex")}.part`;
}

function changed({ emit }: WindowsTask, folder: string, name: string, now: string): never {
  emit("changed", folder, name, now);
  throw new ScriptEnd(1);
}

// A digest, "-" for nothing, "unreadable", or "other" for what is no file.
async function stateOf({ machine }: WindowsTask, live: string): Promise<string> {
  const stat = await machine.files.stat(live);
  if (stat === null) return "-";
  return stat.kind === "folder" ? "other" : ((await machine.digests([live]))[0] ?? "unreadable");
}

// The live file goes only if the store's copy is sound: a disk may have damaged what was stored long ago.
async function keep(task: WindowsTask, store: string, live: string, name: string, sha256: string): Promise<void> {
  const { machine } = task;
  const what = `keep ${name} in the store`;
  if (!/^[0-9a-f]{64}$/.test(sha256)) fail(task, what, "Permission denied");
  const kept = `${store}/${sha256}`;
  if ((await machine.files.stat(kept)) !== null && (await machine.digests([kept]))[0] === sha256) return;
  const incoming = `${store}/.incoming.${randomBytes(4).toString("hex")}.${sha256}`;
  await attempt(task, what, () => machine.files.makeFolder(store));
  await copyFiles(machine, [{ from: live, to: incoming }]);
  if ((await machine.digests([incoming]))[0] !== sha256) {
    await machine.files.remove(incoming).catch(() => undefined);
    fail(task, what, "the copy is not sound");
  }
  // The description first: a package without one would be in no list.
  const info = `${kept}.info`;
  if ((await machine.files.stat(info)) === null) await attempt(task, what, () => machine.files.write(info, Buffer.from(`\n\n${name}\n`)));
  await attempt(task, what, () => machine.files.replace(incoming, kept));
}
