import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { packageInUse, packagesFolder, releaseOf } from "../../tsm/windows/installation";
import { largestTrustFile, trustDigest, type TrustFileName } from "./trust-files";

interface TrustArguments {
  readonly known: string | null;
  readonly tsmPath: string | null;
}

/** Sends what the node's Tableau Server trusts. */
export async function onWindows({ known, tsmPath }: TrustArguments, task: WindowsTask): Promise<void> {
  const { packages, repository } = await findRepository(task.machine, tsmPath ?? "");
  if (repository === null) return task.emit("absent", `repository.*/jre/lib/security/cacerts below ${packages}`);
  const jre = `${repository}/jre`;
  if ((await sendTrust(task, jre, known)) === "absent") task.emit("absent", `${jre}/lib/security/cacerts`);
}

/** Sends what a JRE trusts: its digest, and the files where that is not the one known. */
export async function sendTrust({ machine, emit }: WindowsTask, jre: string, known: string | null): Promise<"sent" | "absent"> {
  const read = async (path: string): Promise<Buffer | null> => await machine.files.read(`${jre}/${path}`, largestTrustFile);
  const cacerts = await read("lib/security/cacerts");
  if (cacerts === null) return "absent";
  const blocked = await read("lib/security/blocked.certs");
  const settings = (await read("conf/security/java.security")) ?? (await read("lib/security/java.security"));
  const files = new Map<TrustFileName, Buffer>([["cacerts", cacerts]]);
  if (blocked !== null) files.set("blocked.certs", blocked);
  if (settings !== null) files.set("java.security", settings);
  const digest = trustDigest(files);
  emit("digest", digest, `${jre}/lib/security/cacerts`);
  if (digest !== known) for (const [name, bytes] of files) emit("file", name, bytes.toString("base64"));
  return "sent";
}

interface Found {
  /** Where it was looked for. */
  readonly packages: string;
  readonly repository: string | null;
}

/** Finds the repository of the release in use. The tsm that the program names is that of the server; only where it is a file of one's own the rest is asked. */
export async function findRepository(machine: WindowsMachine, tsm: string): Promise<Found> {
  const holdsJre = async (folder: string): Promise<boolean> => (await machine.files.stat(`${folder}/jre`)) !== null;
  const named = releaseOf(tsm);
  if (named === null) return { packages: packagesFolder(machine), repository: await packageInUse(machine, "repository", holdsJre) };
  const { packages, release } = named;
  const repository = `${packages}/repository.${release}`;
  return { packages, repository: (await holdsJre(repository)) ? repository : null };
}
