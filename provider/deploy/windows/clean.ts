import type { WindowsFiles } from "../../host/windows/files";
import type { WindowsTask } from "../../host/windows/task";

const secondsOfDay = 86_400;

/** Removes what no run needs any more, as cleanScript does. */
export async function cleanForm({ machine, args, emit }: WindowsTask): Promise<void> {
  const { files } = machine;
  const [state = "", count = "0", ...rest] = args;
  const store = `${state}/store`;
  for (const folder of rest.slice(0, Number(count))) await removeIn(files, folder, (name) => /^\.pulumi-tableau\..*\.part$/.test(name));
  for (const sha256 of rest.slice(Number(count))) {
    await files.remove(`${store}/${sha256}`).catch(() => undefined);
    await files.remove(`${store}/${sha256}.info`).catch(() => undefined);
  }
  // What is younger may belong to somebody who is delivering right now; the clocks may differ by some minutes.
  const yesterday = Date.now() / 1000 - secondsOfDay;
  await removeIn(files, store, (name, writtenAt) => name.startsWith(".incoming.") && writtenAt < yesterday);
  await removeIn(files, state, (name, writtenAt) => name.includes(".part.") && writtenAt < yesterday);
  emit("end");
}

async function removeIn(files: WindowsFiles, folder: string, isSuperfluous: (name: string, writtenAt: number) => boolean): Promise<void> {
  for (const { name, kind, writtenAt } of (await files.list(folder)) ?? []) {
    if (kind === "file" && isSuperfluous(name, writtenAt)) await files.remove(`${folder}/${name}`).catch(() => undefined);
  }
}
