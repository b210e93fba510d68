import { randomBytes } from "node:crypto";
import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsFiles } from "../../host/windows/files";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt, fail } from "../files/windows/attempt";
import { keep } from "../files/windows/keep";
import { placeTree } from "../files/windows/place-tree";
import { removeTree } from "../files/windows/remove-tree";
import { retireTree } from "../files/windows/retire-tree";
import { stateOf } from "../files/windows/state-of";

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
  const { machine } = task;
  const { files } = machine;
  const part = `${folder}/.pulumi-tableau.${sha256}.part`;
  const now = await stateOf(machine, live);
  if (now !== was && now !== sha256 && now !== "-") changed(task, folder, name, now);
  if (now !== sha256 && now !== "-") await keep(task, store, { live, name, sha256: now });
  const found = await files.lstat(part);
  const staged = found?.kind === "other" ? null : found;
  if (staged?.kind === "folder" && now === sha256) await removeTree(machine, part);
  else if (staged?.kind === "folder") await placeTree(task, part, live, name);
  else if (staged !== null && now === sha256) await attempt(task, `place ${name}`, () => files.remove(part));
  else if (staged !== null) await attempt(task, `place ${name}`, () => replaceLive(files, part, live));
  else if (now !== sha256) fail(task, `place ${name}`, "its verified copy has vanished");
}

async function retire(task: WindowsTask, store: string, { folder, name, was, live }: Order): Promise<void> {
  const { files } = task.machine;
  const now = await stateOf(task.machine, live);
  if (now === "-") return;
  if (now !== was) changed(task, folder, name, now);
  await keep(task, store, { live, name, sha256: now });
  const aside = asideOf(folder);
  if ((await files.stat(live))?.kind === "folder") return await retireTree(task, live, aside, name);
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
