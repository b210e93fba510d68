import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { removeTree } from "../files/windows/remove-tree";
import { wallClock } from "../../vocabulary/wall-clock";

const secondsOfDay = 86_400;

interface CleanArguments {
  readonly stateDirectory: string;
  readonly directories: readonly string[];
  readonly digests: readonly string[];
}

/** Removes what no run needs any more. */
export async function onWindows({ stateDirectory, directories, digests }: CleanArguments, { machine, emit }: WindowsTask): Promise<void> {
  const { files } = machine;
  const store = `${stateDirectory}/store`;
  for (const folder of directories) await removeIn(machine, folder, (name) => /^\.pulumi-tableau\..*\.part$/.test(name));
  for (const sha256 of digests) {
    await removeTree(machine, `${store}/${sha256}`);
    await files.remove(`${store}/${sha256}`).catch(() => undefined);
    await files.remove(`${store}/${sha256}.info`).catch(() => undefined);
  }
  // What is younger may belong to somebody who is delivering right now; the clocks may differ by some minutes.
  const yesterday = wallClock().getTime() / 1000 - secondsOfDay;
  await removeIn(machine, store, (name, writtenAt) => name.startsWith(".incoming.") && writtenAt < yesterday);
  await removeIn(machine, stateDirectory, (name, writtenAt) => name.includes(".part.") && writtenAt < yesterday);
  emit("end");
}

type IsSuperfluous = (name: string, writtenAt: number) => boolean;

async function removeIn(machine: WindowsMachine, folder: string, isSuperfluous: IsSuperfluous): Promise<void> {
  for (const { name, kind, writtenAt } of (await machine.files.list(folder)) ?? []) {
    if (!isSuperfluous(name, writtenAt)) continue;
    if (kind === "folder") await removeTree(machine, `${folder}/${name}`);
    else await machine.files.remove(`${folder}/${name}`).catch(() => undefined);
  }
}
