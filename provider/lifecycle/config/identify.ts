import type { Identify } from "../../actions/fetch/identify";
import type { PackageIdentity } from "../../plan/seen";
import { readManifest, readTaco } from "../../taco";

/** Reads what packages found on a node say of themselves; what cannot be read is no connector that could hide another. */
export const identify: Identify = {
  async file(bytes): Promise<PackageIdentity | null> {
    try {
      const { pluginClass, pluginVersion, signed } = await readTaco(bytes);
      return { pluginClass, pluginVersion, signed };
    } catch {
      return null;
    }
  },
  manifest(xml): PackageIdentity | null {
    try {
      const { pluginClass, pluginVersion, minVersionTableau } = readManifest(xml);
      return { pluginClass, pluginVersion, signed: false, ...(minVersionTableau === undefined ? {} : { minVersionTableau }) };
    } catch {
      return null;
    }
  },
};
