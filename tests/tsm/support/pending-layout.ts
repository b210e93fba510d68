import fc from "fast-check";
import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";

export interface Change {
  readonly key: string;
  readonly oldValue: string;
  readonly value: string;
}

/** One guess of how tsm prints pending changes; the real layout is not public. */
export type Layout = (changes: readonly Change[]) => string;

const perLine =
  (line: (change: Change, index: number) => string): Layout =>
  (changes) =>
    changes.map(line).join("\n");

const table =
  (header: string, separator: string, cells: (change: Change) => readonly string[]): Layout =>
  (changes) =>
    [header, "-".repeat(30), ...changes.map((change) => cells(change).join(separator))].join("\n");

const layouts: readonly Layout[] = [
  ...[": ", "=", " = ", "\t", "  ", " -> ", ":", " => "].map((separator) => perLine(({ key, value }) => `${key}${separator}${value}`)),
  perLine(({ key, value }) => `"${key}": "${value}",`),
  perLine(({ key, value }) => `'${key}' '${value}'`),
  perLine(({ key, value }) => `  - ${key}: ${value} (restart required)`),
  perLine(({ key, value }, index) => `${String(index + 1)}. ${key} = ${value}`),
  perLine(({ key, value, oldValue }) => `${key} changed from '${oldValue}' to '${value}'`),
  perLine(({ key, value, oldValue }) => `* The value of ${key} will change: old value "${oldValue}", new value "${value}".`),
  perLine(({ key, value }) => `${value}  ${key}`),
  perLine(({ key, value }) => `'${value}' -> ${key}`),
  perLine(({ key, value }) => `Key: ${key}\nValue: ${value}`),
  perLine(({ key, value }) => `Value: ${value}\nKey: ${key}`),
  perLine(({ key, value, oldValue }) => `Name: ${key}\nOld value: ${oldValue}\nNew value: ${value}\nRestart required: yes\n`),
  perLine(({ key, value }) => `${key}\n    ${value}`),
  perLine(({ key }) => key),
  perLine(({ key, value }) => `${value} = ${key} (no restart required)`),
  perLine(({ key, value }) => `[${key}]\n[${value}]\n[yes]`),
  perLine(({ key, value }) => `Restart=no;Value=<${value}>;Key=<${key}>`),
  table("Key  Value", "  ", ({ key, value }) => [key, value]),
  table("| Key | Old Value | New Value | Requires Restart |", " | ", ({ key, value, oldValue }) => ["", key, oldValue, value, "true", ""]),
  table("Restart  Name  Value", "\t", ({ key, value }) => ["yes", key, value]),
  (changes) => JSON.stringify(Object.fromEntries(changes.map(({ key, value }) => [key, value]))),
  (changes) =>
    JSON.stringify({ configKeys: changes.map(({ key, value }) => ({ key, value })) }, null, 2).replace("configKeys", "configuration"),
  (changes) => `Pending configuration changes: ${changes.map(({ key, value }) => `${key}=${value}`).join(", ")}`,
];

export const arbitraryLayout = fc.constantFrom(...layouts);

const ourPath = fc.constantFrom(
  "/opt/tableau/connectors",
  "/opt/my connectors",
  "C:/tableau.d/connectors",
  "D:\\Tableau\\My Connectors",
  "/srv/a.b/c=d",
);

export const ourChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ key: fc.constant(connectPluginsPathKey), value: ourPath, oldValue: fc.constantFrom("null", "/opt/old") }),
  fc.record({ key: fc.constant(disableVerifyKey), value: fc.constantFrom("true", "false"), oldValue: fc.constantFrom("null", "false") }),
);

/** A marker in every foreign value: whatever of it is in a result is a leak. */
const secret = fc
  .tuple(
    fc.constantFrom("", "x.", "-----BEGIN-----\n", "a b=", "'", "{"),
    fc.stringMatching(/^[A-Za-z0-9]{4,12}$/),
    fc.constantFrom("", "\n", ".y", "\n-----END-----\n", '"'),
  )
  .map(([before, middle, after]) => `${before}MARKER${middle}${after}`);

export const foreignChange: fc.Arbitrary<Change> = fc.record({
  key: fc.constantFrom(
    "wgserver.domain.password",
    "gateway.timeout",
    "backgrounder.querylimit",
    "native_api.connect_plugins_path_old",
    "ssl.key.passphrase",
    "acme.custom.key",
    "worker0.port",
    "my.native_api.connect_plugins_path",
  ),
  value: secret,
  oldValue: secret,
});

const restart = "These changes will require a server restart.";

/** What stands around the list, and how its lines end. */
export const wrappings: fc.Arbitrary<(list: string) => string> = fc.constantFrom<(list: string) => string>(
  (list) => list,
  (list) => `Configuration\n${list}\n${restart}\n`,
  (list) => `Configuration\r\n${list.replaceAll("\n", "   \r\n")}\r\n${restart}\r\n`,
  (list) => `\u001b[1mConfiguration\u001b[0m\n\u001b[33m${list}\u001b[0m\n`,
  (list) => `The following configuration changes are pending:\n\n${list}\n\nNo restart is required.\n`,
);
