import type { WindowsTask } from "../../host/windows/task";
import { sendTrust } from "../../actions/trust/windows";
import { tableauFolder } from "../files/windows/folders";
import type { ProductName } from "../plan/products";

interface MachineTrustArguments {
  readonly product: ProductName;
  readonly release: string | null;
  readonly known: string | null;
}

/**
 * Sends what a program of Tableau on Windows trusts.
 *
 * @see https://github.com/tableau/connector-plugin-sdk/issues/825
 */
export async function onWindows({ product, release, known }: MachineTrustArguments, task: WindowsTask): Promise<void> {
  // No source tells where Bridge has one.
  if (product === "bridge") return task.emit("absent", "");
  const installed = product === "desktop" ? "Tableau " : "Tableau Prep Builder ";
  const jre = await findJre(task, installed, release ?? "");
  if (jre !== null && (await sendTrust(task, jre, known)) === "sent") return;
  task.emit("absent", `${installed}${release ?? ""}*/Plugins/jre/lib/security/cacerts below ${tableauFolder(task.machine)}`);
}

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
