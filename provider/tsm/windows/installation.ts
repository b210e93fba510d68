import type { WindowsMachine } from "../../host/windows/machine";

const usual = "C:/Program Files/Tableau/Tableau Server";

/** Folder of the packages of the Tableau Server that is installed on a machine. */
export function packagesFolder(machine: WindowsMachine): string {
  return `${(machine.environment("TABLEAU_SERVER_INSTALL_DIR") ?? usual).replaceAll("\\", "/").replace(/\/$/, "")}/packages`;
}

/**
 * The folder of one package of the release in use, such as `repository`: that which the environment names, else the highest;
 * several lie side by side after upgrades.
 *
 * @param holds whether a candidate is a whole one.
 */
export async function packageInUse(
  machine: WindowsMachine,
  name: string,
  holds: (folder: string) => Promise<boolean>,
): Promise<string | null> {
  const packages = packagesFolder(machine);
  const version = machine.environment("TABLEAU_SERVER_DATA_DIR_VERSION");
  if (version !== undefined && (await holds(`${packages}/${name}.${version}`))) return `${packages}/${name}.${version}`;
  const names = ((await machine.files.list(packages)) ?? []).map((entry) => entry.name).filter((one) => one.startsWith(`${name}.`));
  for (const one of names.sort(highestFirst)) if (await holds(`${packages}/${one}`)) return `${packages}/${one}`;
  return null;
}

/**
 * The folders of packages and the release that a tsm.cmd is of: `…/packages/bin.RELEASE/tsm.cmd`; null: it lies elsewhere.
 */
export function releaseOf(program: string): { readonly packages: string; readonly release: string } | null {
  const folders = program.replaceAll("\\", "/").split("/").slice(0, -1);
  const [name = "", release] = (folders.pop() ?? "").split(/\.(.*)/s);
  return folders.at(-1) !== "packages" || name === "" || release === undefined ? null : { packages: folders.join("/"), release };
}

// Numbers, not text: 20241.9 comes before 20241.10.
function highestFirst(left: string, right: string): number {
  return right.localeCompare(left, "en", { numeric: true });
}
