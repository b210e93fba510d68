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
export function describeDesktop(earlier: PackageOnMachineView | null, wanted: PackageOnMachineView): string | null {
  const { fileName, pluginClass, pluginVersion, sha256 } = wanted;
  return describe(earlier, wanted, `${fileName} (${pluginClass} ${pluginVersion}, sha256 ${short(sha256)})`, "connectors");
}

/** The same for a driver. */
export function describeDriverOnMachine(earlier: OnMachineView | null, wanted: OnMachineView): string | null {
  return describe(earlier, wanted, `the driver ${wanted.fileName} (sha256 ${short(wanted.sha256)})`, "drivers");
}

function describe(earlier: OnMachineView | null, wanted: OnMachineView, what: string, kind: "connectors" | "drivers"): string | null {
  const { machine, product, fileName, sha256 } = wanted;
  const { title, relaunch } = products[product];
  const effect = `It loads when you ${relaunch}.`;
  if (earlier === null) {
    return `${kind === "drivers" ? what.replace(/^t/, "T") : what} is to be among the ${kind} of ${title} on ${machine}: an \`up\` places it. ${effect}`;
  }
  const moved = earlier.machine !== machine || earlier.product !== product || earlier.fileName !== fileName;
  if (!moved && earlier.placed === sha256) return null;
  const found =
    moved || earlier.placed === "absent" ? "missing" : /^[0-9a-f]{64}$/.test(earlier.placed) ? short(earlier.placed) : earlier.placed;
  return `${machine} differs from the program: ${found} where ${what} is to be for ${title}. An \`up\` places it. ${effect}`;
}
