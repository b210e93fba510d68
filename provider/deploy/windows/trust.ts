import { createHash } from "node:crypto";
import type { WindowsTask } from "../../host/windows/task";
import { packageInUse } from "../../tsm/windows/installation";
import { largestTrustFile } from "../trust-files";

/** Sends what the node's Tableau Server trusts, as trustScript does. */
export async function trustForm({ machine, args, emit }: WindowsTask): Promise<void> {
  const [known = ""] = args;
  const { files } = machine;
  const repository = await packageInUse(machine, "repository", async (folder) => (await files.stat(`${folder}/jre`)) !== null);
  const security = `${repository ?? ""}/jre/lib/security`;
  const store = repository === null ? null : await files.read(`${security}/cacerts`, largestTrustFile);
  if (store === null) {
    emit("absent");
    return;
  }
  const blocked = await files.read(`${security}/blocked.certs`, largestTrustFile);
  const settings =
    (await files.read(`${repository ?? ""}/jre/conf/security/java.security`, largestTrustFile)) ??
    (await files.read(`${security}/java.security`, largestTrustFile));
  const all = [["cacerts", store] as const, ["blocked.certs", blocked] as const, ["java.security", settings] as const];
  const digest = all.reduce((hash, [, bytes]) => hash.update(bytes ?? ""), createHash("sha256")).digest("hex");
  emit("digest", digest, `${security}/cacerts`);
  if (digest === known) return;
  for (const [name, bytes] of all) if (bytes !== null) emit("file", name, bytes.toString("base64"));
}
