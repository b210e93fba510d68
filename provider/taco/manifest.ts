import { isVersion } from "../vocabulary/version";
import { parseXml } from "./xml";
import type { XmlElement } from "./xml";

/** What a connector's `manifest.xml` says about it. */
export interface Manifest {
  readonly pluginClass: string;
  readonly superclass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau?: string;
  readonly vendor?: string;
  readonly name?: string;
  readonly hasVendorInformation: boolean;
  /** Whether it declares parts that only connectors over ODBC and JDBC have (a resolver, a dialect, ...). */
  readonly hasDriverParts: boolean;
  /** Names of the files that it refers to, as written. */
  readonly files: readonly string[];
}

/** An oauth-config may stand alone with this name, which is no file. */
const nullConfig = "null_config";
const driverParts = new Set(["connection-customization", "connection-resolver", "dialect"]);

/**
 * Reads the text of a `manifest.xml`, from a package or from an unpacked folder.
 *
 * @throws Error with all that is wrong with it, each as a clause of its own, separated by semicolons.
 * @see https://github.com/tableau/connector-plugin-sdk/blob/master/validation/connector_plugin_manifest_latest.xsd
 */
export function readManifest(xmlText: string): Manifest {
  const root = parseXml(xmlText);
  if (root.name !== "connector-plugin") {
    throw new Error(`its root element is <${root.name.slice(0, 60)}>, expected <connector-plugin>`);
  }
  const problems = attributeProblems(root);
  if (problems.length > 0) {
    throw new Error(problems.join("; "));
  }
  const vendorInformation = root.children.find((child) => child.name === "vendor-information");
  const vendor = vendorInformation?.children.find((child) => child.name === "company")?.attributes["name"];
  const minVersionTableau = text(root, "min-version-tableau");
  const name = text(root, "name");
  return {
    pluginClass: text(root, "class") ?? "",
    superclass: text(root, "superclass") ?? "",
    pluginVersion: text(root, "plugin-version") ?? "",
    ...(minVersionTableau === undefined ? {} : { minVersionTableau }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(name === undefined ? {} : { name }),
    hasVendorInformation: vendorInformation !== undefined,
    hasDriverParts: root.children.some((child) => driverParts.has(child.name)),
    files: declaredFiles(root),
  };
}

function attributeProblems(root: XmlElement): string[] {
  const problems: string[] = [];
  for (const required of ["class", "superclass", "plugin-version"]) {
    if (!text(root, required)) {
      problems.push(`the attribute ${required} of <connector-plugin> is missing`);
    }
  }
  for (const version of ["plugin-version", "min-version-tableau"]) {
    const value = text(root, version);
    if (value && !isVersion(value)) {
      problems.push(`${version} is ${JSON.stringify(value.slice(0, 60))}, expected a version such as 1.2 or 2024.2`);
    }
  }
  return problems;
}

/** An attribute as the XSD type `token` reads it: white space at the ends does not count, inside it counts once. */
function text(element: XmlElement, attribute: string): string | undefined {
  return element.attributes[attribute]?.replace(/\s+/gu, " ").trim();
}

function declaredFiles(root: XmlElement): string[] {
  const files = root.children.flatMap((child) => {
    const file = child.attributes["file"];
    return file === undefined || (child.name === "oauth-config" && file === nullConfig) ? [] : [file];
  });
  return [...new Set(files)];
}
