import { fail } from "../../actions/files/windows/attempt";
import type { WindowsTask } from "../../host/windows/task";
import { currentDigest } from "../files/windows/current-digest";
import { shellFolder } from "../files/windows/folders";

/** Looks at one file; every file counts as executable. */
export async function onWindows({ path: given }: { readonly path: string }, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const profile = machine.environment("USERPROFILE") ?? "";
  const [, onDesktop] = /^~[\\/]Desktop[\\/](.*)$/i.exec(given) ?? [];
  const path = (
    onDesktop === undefined ? given.replace(/^~(?=[\\/])/, profile) : `${await shellFolder(machine, "Desktop")}/${onDesktop}`
  ).replaceAll("\\", "/");
  const cut = path.lastIndexOf("/");
  emit("system", "Windows");
  emit("path", path.slice(0, cut), path.slice(cut + 1));
  const digest = await currentDigest(machine, path);
  if (digest === "-") return;
  if (digest === "other") fail(task, `look at ${path}`, "it is a folder");
  const text = await machine.files.read(path, 65_536);
  emit("file", digest, "executable", text?.toString("base64") ?? "");
}
