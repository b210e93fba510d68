const pattern = /^\d+(?:\.\d+)*(?:-\d+)*$/;
const longest = 200;

/**
 * Whether a text is a version as Tableau's manifests write it: `1.2`, `2024.2.1`, `1.2-3`.
 *
 * The pattern is `(\d+)((\.)(\d+))*((-)(\d+))*` of the Connector SDK's XSD:
 * https://github.com/tableau/connector-plugin-sdk/blob/master/validation/connector_plugin_manifest_latest.xsd
 */
export function isVersion(text: string): boolean {
  return text.length <= longest && pattern.test(text);
}

/**
 * Orders two plugin versions, or two Tableau releases, number by number: negative if `left` is older, 0 if they are equal, positive if it is
 * newer. A missing number counts as 0, so "1.0" equals "1.0.0". A dash separates as a dot does, since no source says otherwise: "1-2" is
 * newer than "1.1". What is no number counts as 0: the order is total over all texts.
 */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [numbers(left), numbers(right)];
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = compareNumbers(a[i] ?? "", b[i] ?? "");
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True if `version` is `floor` or later. */
export function isAtLeast(version: string, floor: string): boolean {
  return compareVersions(version, floor) >= 0;
}

// As digits without leading zeros: the schema does not bound them, and two long numbers must not be equal by rounding.
function numbers(version: string): string[] {
  return version.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? part.replace(/^0+/, "") : ""));
}

function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
