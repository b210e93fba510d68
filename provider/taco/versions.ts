const pattern = /^\d+(?:\.\d+)*(?:-\d+)*$/;

/**
 * Whether a text is a version as Tableau's manifests write it: `1.2`, `2024.2.1`, `1.2-3`.
 *
 * The pattern is `(\d+)((\.)(\d+))*((-)(\d+))*` of the Connector SDK's XSD:
 * https://github.com/tableau/connector-plugin-sdk/blob/master/validation/connector_plugin_manifest_latest.xsd
 */
export function isVersion(text: string): boolean {
  return text.length <= 200 && pattern.test(text);
}

/**
 * Orders two plugin versions or two Tableau releases, number by number: negative if `one` is older, 0 if they are equal, positive
 * if it is newer. A missing number counts as 0, so `2024.2` equals `2024.2.0`; a number behind a dash counts after those before it.
 *
 * @throws RangeError if one of them is no version.
 */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [parse(one), parse(other)];
  return compareNumbers(left.dotted, right.dotted) || compareNumbers(left.dashed, right.dashed);
}

interface Version {
  readonly dotted: readonly bigint[];
  readonly dashed: readonly bigint[];
}

function parse(text: string): Version {
  if (!isVersion(text)) {
    throw new RangeError(`${JSON.stringify(text)} is not a version such as 1.2 or 2024.2.`);
  }
  const [dotted = "", ...dashed] = text.split("-");
  return { dotted: dotted.split(".").map(BigInt), dashed: dashed.map(BigInt) };
}

function compareNumbers(one: readonly bigint[], other: readonly bigint[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [left, right] = [one[index] ?? 0n, other[index] ?? 0n];
    if (left !== right) {
      return left < right ? -1 : 1;
    }
  }
  return 0;
}
