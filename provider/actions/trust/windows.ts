import { createHash } from "node:crypto";
import type { WindowsMachine } from "../../host/windows/machine";
import type { WindowsTask } from "../../host/windows/task";
import { packageInUse, packagesFolder, releaseOf } from "../../tsm/windows/installation";
import { largestTrustFile } from "./trust-files";

/** Sends what the node's Tableau Server trusts, as trustScript does. */
export async function trustForm({ machine, args, emit }: WindowsTask): Promise<void> {
  const [known = "", tsm = ""] = args;
  const { files } = machine;
  const { packages, repository } = await findRepository(machine, tsm);
  if (repository === null) return emit("absent", `repository.*/jre/lib/security/cacerts below ${packages}`);
  const security = `${repository}/jre/lib/security`;
  const store = await files.read(`${security}/cacerts`, largestTrustFile);
  if (store === null) return emit("absent", `${security}/cacerts`);
  const blocked = await files.read(`${security}/blocked.certs`, largestTrustFile);
  const settings =
    (await files.read(`${repository}/jre/conf/security/java.security`, largestTrustFile)) ??
    (await files.read(`${security}/java.security`, largestTrustFile));
  const all = [["cacerts", store] as const, ["blocked.certs", blocked] as const, ["java.security", settings] as const];
  const digest = all.reduce((hash, [, bytes]) => hash.update(bytes ?? ""), createHash("sha256")).digest("hex");
  emit("digest", digest, `${security}/cacerts`);
  if (digest === known) return;
  for (const [name, bytes] of all) if (bytes !== null) emit("file", name, bytes.toString("base64"));
}

interface Found {
  /** Where it was looked for. */
  readonly packages: string;
  readonly repository: string | null;
}

// The tsm that the program names is that of the server; only where it is a file of one's own the rest is asked.
async function findRepository(machine: WindowsMachine, tsm: string): Promise<Found> {
  const holdsJre = async (folder: string): Promise<boolean> => (await machine.files.stat(`${folder}/jre`)) !== null;
  const named = releaseOf(tsm);
  if (named === null) return { packages: packagesFolder(machine), repository: await packageInUse(machine, "repository", holdsJre) };
  const { packages, release } = named;
  const repository = `${packages}/repository.${release}`;
  return { packages, repository: (await holdsJre(repository)) ? repository : null };
}
