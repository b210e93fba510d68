import { createHash } from "node:crypto";
import type { WindowsTask } from "../../host/windows/task";
import { findRepository } from "../trust/windows";
import { largestTrustFile } from "../trust/trust-files";

interface ObserveTrustArguments {
  readonly tsmPath: string | null;
  readonly known: readonly string[];
}

/** Tells of the trust store of every JRE that Tableau Server has on a node. */
export async function onWindows({ tsmPath, known }: ObserveTrustArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const { packages, repository: runs } = await findRepository(machine, tsmPath ?? "");
  if (runs === null) emit("absent", `repository.*/jre/lib/security/cacerts below ${packages}`);
  else {
    const folders = ((await machine.files.list(packages)) ?? []).filter(
      ({ name, kind }) => kind === "folder" && name.startsWith("repository."),
    );
    for (const { name } of folders) await observeStore(task, `${packages}/${name}`, runs, known);
  }
  emit("end");
}

// Names are not told apart by their case there.
async function observeStore({ machine, emit }: WindowsTask, folder: string, runs: string, known: readonly string[]): Promise<void> {
  const { files } = machine;
  const security = `${folder}/jre/lib/security`;
  if ((await files.stat(`${folder}/jre`)) === null) return;
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const use = folder.toLowerCase() === runs.toLowerCase() ? "runs" : "idle";
  const path = `${security}/cacerts`;
  const stat = await files.lstat(path);
  const bytes = stat?.kind === "file" && stat.size <= largestTrustFile ? await files.read(path, largestTrustFile) : null;
  if (stat === null || bytes === null) return emit("store", name, use, path, "", "");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const user = (machine.environment("USERNAME") ?? "login").replaceAll(" ", "_");
  emit("store", name, use, path, sha256, `644 ${user} ${user} ${String(stat.size)} ${String(stat.writtenAt)} written`);
  const beside = (await files.list(security)) ?? [];
  if (beside.some((entry) => /^\.pulumi-tableau\..*\.part$/.test(entry.name))) emit("leftover", security);
  if (!known.includes(sha256)) emit("content", sha256, bytes.toString("base64"));
}
