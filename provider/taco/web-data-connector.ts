import type { Manifest } from "./manifest";
import { isVersion } from "../vocabulary/version";

/** The description that the WDC 3.0 toolkit keeps beside the code; a package may hold it instead of a `manifest.xml`. */
export const webDataConnectorFile = "connector.json";

/**
 * Reads the `connector.json` of a web data connector.
 *
 * @throws Error with one sentence that says what is wrong.
 */
export function readWebDataConnector(json: string): Manifest {
  const root = asRecord(JSON.parse(json));
  const pluginClass = asText(root["name"]);
  const pluginVersion = asText(root["version"]);
  if (pluginClass === undefined || pluginVersion === undefined || !isVersion(pluginVersion)) {
    throw new Error("it has no name, or no version such as 1.2");
  }
  const minVersionTableau = asText(asRecord(root["tableau-version"])["min"]);
  const vendor = asText(asRecord(root["vendor"])["name"]);
  return {
    pluginClass,
    superclass: "",
    pluginVersion,
    ...(minVersionTableau !== undefined && isVersion(minVersionTableau) ? { minVersionTableau } : {}),
    ...(vendor === undefined ? {} : { vendor }),
    name: pluginClass,
    hasVendorInformation: vendor !== undefined,
    hasDriverParts: false,
    files: [],
  };
}

/** Whether a package is a web data connector (it runs in the Extensible Protocol Server, and has no driver parts). */
export function isWebDataConnector(manifest: Manifest, names: readonly string[]): boolean {
  if (manifest.hasDriverParts || ["odbc", "jdbc"].includes(manifest.superclass.toLowerCase())) {
    return false;
  }
  return (
    names.includes(webDataConnectorFile) || /wdc|eps|web.?data/iu.test(manifest.superclass) || names.some((name) => /\.html?$/iu.test(name))
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
