import type { WindowsTask } from "../../host/windows/task";
import { foldPath } from "../../vocabulary/node-path";
import { windowsLayout } from "../../plan/placement/layout";

/** Tells where the server's processes have their folders, if that is not where they usually are, and whether connectors lie there. */
export async function observeData({ machine, emit }: WindowsTask): Promise<void> {
  const given = machine.environment("TABLEAU_SERVER_DATA_DIR");
  if (given === undefined) return;
  const name = machine.environment("TABLEAU_SERVER_CONFIG_NAME") ?? "tabsvc";
  const folder = `${given.replaceAll("\\", "/").replace(/\/$/, "")}/data/${name}`;
  if (foldPath(folder) === foldPath(windowsLayout.processes)) return;
  const processes = await machine.files.list(folder);
  if (processes === null) return;
  const lists = await Promise.all(
    processes.filter(({ kind }) => kind === "folder").map((one) => machine.files.list(`${folder}/${one.name}/Connectors`)),
  );
  const some = lists.some((entries) => entries?.some((entry) => entry.kind === "folder" || /\.taco$/i.test(entry.name)));
  emit("processes", folder, some ? "some" : "none");
}
