import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { removeTree } from "../files/windows/remove-tree";
import { wallClock } from "../../vocabulary/wall-clock";

const secondsOfDay = 86_400;

/** Removes what no run needs any more, as cleanScript does. */
export async function cleanForm({ machine, args, emit }: WindowsTask): Promise<void> {
  const { files } = machine;
  const [state = "", count = "0", ...rest] = args;
  const store = `${state}/store`;
  for (const folder of rest.slice(0, Number(count))) await removeIn(machine, folder, (name) => /^\.pulumi-tableau\..*\.part$/.test(name));
  for (const sha256 of rest.slice(Number(count))) {
    await removeTree(machine, `${store}/${sha256}`);
    await files.remove(`${store}/${sha256}`).catch(() => undefined);
    await files.remove(`${store}/${sha256}.info`).catch(() => undefined);
  }
  // What is younger may belong to somebody who is delivering right now; the clocks may differ by some minutes.
  const yesterday = wallClock().getTime() / 1000 - secondsOfDay;
  await removeIn(machine, store, (name, writtenAt) => name.startsWith(".incoming.") && writtenAt < yesterday);
  await removeIn(machine, state, (name, writtenAt) => name.includes(".part.") && writtenAt < yesterday);
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
