import { createHash } from "node:crypto";
import type { WindowsForm, WindowsTask } from "../../../host/windows/task";
import { largestTrustFile } from "../../trust-files";

/**
 * The same as machineTrustScript.
 *
 * @see https://github.com/tableau/connector-plugin-sdk/issues/825
 */
export const machineTrustForm: WindowsForm = async (task) => {
  const { machine, args, emit } = task;
  const [product = "", release = "", known = ""] = args;
  const jre = await findJre(task, product === "desktop" ? "Tableau " : product === "prep" ? "Tableau Prep Builder " : null, release);
  const store = jre === null ? null : await machine.files.read(`${jre}/lib/security/cacerts`, largestTrustFile);
  if (jre === null || store === null) return emit("absent");
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

async function findJre({ machine }: WindowsTask, installed: string | null, release: string): Promise<string | null> {
  if (installed === null) return null;
  const tableau = `${(machine.environment("ProgramFiles") ?? "C:/Program Files").replaceAll("\\", "/")}/Tableau`;
  const names = ((await machine.files.list(tableau)) ?? []).map(({ name }) => name);
  const [newest] = names
    .filter((name) => name.startsWith(installed + release) && /^\d{4}\./.test(name.slice(installed.length)))
    .sort()
    .reverse();
  return newest === undefined ? null : `${tableau}/${newest}/Plugins/jre`;
}
