import { createHash } from "node:crypto";
import type { WindowsScript, WindowsTask } from "../../host/windows/task";
import { largestTrustFile } from "../../actions/trust/trust-files";
import { tableauFolder } from "../files/windows/tableau-folder";

/**
 * The same as machineTrustScript.
 *
 * @see https://github.com/tableau/connector-plugin-sdk/issues/825
 */
export const machineTrustForm: WindowsScript = async (task) => {
  const { machine, args, emit } = task;
  const [product = "", release = "", known = ""] = args;
  // No source tells where Bridge has one.
  if (product !== "desktop" && product !== "prep") return emit("absent", "");
  const installed = product === "desktop" ? "Tableau " : "Tableau Prep Builder ";
  const jre = await findJre(task, installed, release);
  const store = jre === null ? null : await machine.files.read(`${jre}/lib/security/cacerts`, largestTrustFile);
  if (jre === null || store === null) {
    return emit("absent", `${installed}${release}*/Plugins/jre/lib/security/cacerts below ${tableauFolder(machine)}`);
  }
  const security =
    (await machine.files.read(`${jre}/conf/security/java.security`, largestTrustFile)) ??
    (await machine.files.read(`${jre}/lib/security/java.security`, largestTrustFile));
  const blocked = await machine.files.read(`${jre}/lib/security/blocked.certs`, largestTrustFile);
  const files = Object.entries({ cacerts: store, "blocked.certs": blocked, "java.security": security });
  const digest = createHash("sha256");
  for (const [, bytes] of files) digest.update(bytes ?? Buffer.alloc(0));
  const all = digest.digest("hex");
  emit("digest", all, `${jre}/lib/security/cacerts`);
  if (all === known) return;
  for (const [name, bytes] of files) if (bytes !== null) emit("file", name, bytes.toString("base64"));
};

async function findJre({ machine }: WindowsTask, installed: string, release: string): Promise<string | null> {
  const tableau = tableauFolder(machine);
  const names = ((await machine.files.list(tableau)) ?? []).map(({ name }) => name);
  const releases = names
    .filter((name) => name.startsWith(installed + release) && /^\d{4}\./.test(name.slice(installed.length)))
    .sort()
    .reverse();
  for (const name of releases) {
    const jre = `${tableau}/${name}/Plugins/jre`;
    if ((await machine.files.stat(`${jre}/lib/security/cacerts`)) !== null) return jre;
  }
  return null;
}
