/**
 * Compares two versions of the form `(\d+)((\.)(\d+))*((-)(\d+))*`: Tableau releases such as "2024.2" and the
 * `plugin-version` of a connector. Missing parts count as 0, so "1.0" equals "1.0.0".
 *
 * @returns negative, zero or positive, as for `Array.prototype.sort`.
 * @see https://github.com/tableau/connector-plugin-sdk/blob/master/validation/connector_plugin_manifest_latest.xsd
 */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [parts(left), parts(right)];
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0n) - (b[i] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

/** True if `version` is `floor` or later. */
export function isAtLeast(version: string, floor: string): boolean {
  return compareVersions(version, floor) >= 0;
}

// BigInt: the schema does not bound the digits, and two long numbers must not be equal by rounding.
function parts(version: string): bigint[] {
  return version.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? BigInt(part) : 0n));
}
