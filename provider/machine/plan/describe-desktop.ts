import { short } from "../../plan/describe/describe-step";
import { products, type ProductName } from "./products";

/** One driver on one machine, as a preview knows it. */
export interface OnMachineView {
  readonly machine: string;
  readonly product: ProductName;
  readonly fileName: string;
  readonly sha256: string;
  /** The digest of the file, or what is there instead. */
  readonly placed: string;
}

/** The same of a package. */
export interface PackageOnMachineView extends OnMachineView {
  readonly pluginClass: string;
  readonly pluginVersion: string;
}

/** The sentence of a preview; null: the package is where it belongs. */
export function describeDesktop(there: PackageOnMachineView | null, wanted: PackageOnMachineView): string | null {
  const { fileName, pluginClass, pluginVersion, sha256 } = wanted;
  return describe(there, wanted, `${fileName} (${pluginClass} ${pluginVersion}, sha256 ${short(sha256)})`, "connectors");
}

/** The same for a driver. */
export function describeDriverOnMachine(there: OnMachineView | null, wanted: OnMachineView): string | null {
  return describe(there, wanted, `the driver ${wanted.fileName} (sha256 ${short(wanted.sha256)})`, "drivers");
}

function describe(there: OnMachineView | null, wanted: OnMachineView, what: string, kind: "connectors" | "drivers"): string | null {
  const { machine, product, fileName, sha256 } = wanted;
  const { title, relaunch } = products[product];
  const effect = `It loads when you ${relaunch}.`;
  if (there === null) {
    return `${kind === "drivers" ? what.replace(/^t/, "T") : what} is to be among the ${kind} of ${title} on ${machine}: an \`up\` places it. ${effect}`;
  }
  const moved = there.machine !== machine || there.product !== product || there.fileName !== fileName;
  if (!moved && there.placed === sha256) return null;
  const found = moved || there.placed === "absent" ? "missing" : /^[0-9a-f]{64}$/.test(there.placed) ? short(there.placed) : there.placed;
  return `${machine} differs from the program: ${found} where ${what} is to be for ${title}. An \`up\` places it. ${effect}`;
}
