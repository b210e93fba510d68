import { isDriverName } from "../../plan/compare/wanted-files";
import type { SeenNode, SeenPackage } from "../../plan/seen";
import type { PlacedPackage } from "../../plan/upgrade/placed-package";
import type { Taco } from "../../taco";
import type { FoundTaco } from "./read-tacos";

/** The connectors on a node, and what each says of itself. What cannot be read as a connector is none. */
export function placedOn(node: SeenNode, tacos: ReadonlyMap<string, FoundTaco>): PlacedPackage[] {
  return node.packages.flatMap((found) => {
    if (isDriverName(found.fileName)) return [];
    const inside = found.form === "folder" ? insideFolder(found) : insideFile(found, tacos);
    if (inside === null) return [];
    const { directory, fileName, sha256, readable } = found;
    return [{ directory, fileName, sha256, readable, form: found.form === "folder" ? "folder" : "file", ...inside }];
  });
}

type Inside = Pick<PlacedPackage, "pluginClass" | "pluginVersion" | "minVersionTableau" | "vendorInformation">;

function insideFolder({ identity }: SeenPackage): Inside | null {
  if (identity === undefined || identity === null) return null;
  const { pluginClass, pluginVersion, minVersionTableau } = identity;
  // A folder is for people who develop a connector: nobody demands vendor information of it that was not looked for.
  return { pluginClass, pluginVersion, ...minimum(minVersionTableau), vendorInformation: "not needed" };
}

function insideFile({ sha256 }: SeenPackage, tacos: ReadonlyMap<string, FoundTaco>): Inside | null {
  const found = sha256 === null ? undefined : tacos.get(sha256);
  if (found === undefined) return null;
  const { pluginClass, pluginVersion, minVersionTableau } = found.taco;
  return { pluginClass, pluginVersion, ...minimum(minVersionTableau), vendorInformation: vendorInformation(found.taco) };
}

function minimum(minVersionTableau: string | undefined): Pick<PlacedPackage, "minVersionTableau"> {
  return minVersionTableau === undefined ? {} : { minVersionTableau };
}

function vendorInformation({ kind, hasVendorInformation }: Taco): PlacedPackage["vendorInformation"] {
  if (kind === "web-data-connector") return "not needed";
  return hasVendorInformation ? "present" : "missing";
}
