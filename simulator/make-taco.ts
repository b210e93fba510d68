import { createHash } from "node:crypto";
import { signEntries, type Signing } from "./authority/sign-entries";
import { writeZip, type ZipEntry } from "./zip-writer";

export interface TacoOptions {
  /** The connector's class, such as "clickhouse_jdbc". */
  readonly class: string;
  /** Such as "1.2.0". */
  readonly pluginVersion: string;
  /** Default "2019.4", what the packager stamps on a plain connector. */
  readonly minVersionTableau?: string;
  /** Company name of 1 to 24 characters. Default "Example Company". */
  readonly vendor?: string;
  /**
   * How it is signed. Default "authority": as it should be, by an authority that the simulated nodes trust. "fake": with
   * signature files that look plausible and verify nowhere. The others have the mistake that they name.
   */
  readonly signed?: Signing | "none" | "fake";
  /** Further files of the archive. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** A `.taco` such as Tableau's packager makes. The same options always give the same bytes. */
export function makeTaco(options: TacoOptions): Buffer {
  const contents: ZipEntry[] = [
    entry("manifest.xml", manifest(options)),
    entry("connection-dialog.tcd", connectionDialog(options.class)),
    entry("connectionResolver.tdr", resolver(options.class)),
    entry("connectionBuilder.js", "(function dsbuilder(attr) {\n  return [];\n});\n"),
    entry(
      "dialect.tdd",
      `<?xml version='1.0' encoding='utf-8'?>\n<dialect name='${options.class}' class='${options.class}' base='PostgreSQL90Dialect' version='18.1'/>\n`,
    ),
    ...Object.entries(options.files ?? {}).map(([name, bytes]) => entry(name, bytes)),
  ];
  const signed = options.signed ?? "authority";
  if (signed === "none" || signed === "fake") return writeZip([...metaInf(contents, signed), ...contents]);
  return writeZip(signEntries([...metaInf(contents, "none"), ...contents], signed));
}

// https://github.com/tableau/connector-plugin-sdk/blob/master/validation/connector_plugin_manifest_latest.xsd
function manifest(options: TacoOptions): string {
  const text = escapeXml;
  return `<?xml version='1.0' encoding='utf-8' ?>
<connector-plugin class='${text(options.class)}' superclass='jdbc' plugin-version='${text(options.pluginVersion)}' name='${text(options.class)}' version='18.1' min-version-tableau='${text(options.minVersionTableau ?? "2019.4")}'>
  <vendor-information>
    <company name='${text(options.vendor ?? "Example Company")}'/>
    <support-link url='https://example.com/support'/>
  </vendor-information>
  <connection-customization class='${text(options.class)}' enabled='true' version='10.0'>
    <vendor name='vendor'/>
    <driver name='driver'/>
    <customizations>
      <customization name='CAP_QUERY_GROUP_BY_DEGREE' value='no'/>
    </customizations>
  </connection-customization>
  <connection-dialog file='connection-dialog.tcd'/>
  <connection-resolver file='connectionResolver.tdr'/>
  <dialect file='dialect.tdd'/>
</connector-plugin>
`;
}

function connectionDialog(name: string): string {
  return `<?xml version='1.0' encoding='utf-8'?>
<connection-dialog class='${escapeXml(name)}'>
  <connection-config>
    <authentication-mode value='Basic'/>
    <authentication-options><option name='UsernameAndPassword' default='true'/></authentication-options>
    <db-name-prompt value='Database:'/>
    <has-pre-connect-database value='true'/>
    <port-prompt value='Port:' default='5432'/>
  </connection-config>
</connection-dialog>
`;
}

function resolver(name: string): string {
  return `<?xml version='1.0' encoding='utf-8'?>
<tdr class='${escapeXml(name)}'>
  <connection-resolver>
    <connection-builder><script file='connectionBuilder.js'/></connection-builder>
  </connection-resolver>
</tdr>
`;
}

function metaInf(contents: readonly ZipEntry[], signed: "none" | "fake"): ZipEntry[] {
  const head = "Manifest-Version: 1.0\r\nCreated-By: 11.0.20 (Example)\r\n\r\n";
  if (signed === "none") return [entry("META-INF/MANIFEST.MF", head)];
  const sections = contents.map((file) => `Name: ${file.name}\r\nSHA-256-Digest: ${digest(file.bytes)}\r\n\r\n`);
  const jarManifest = head + sections.join("");
  const signatureFile = `Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: ${digest(Buffer.from(jarManifest))}\r\nCreated-By: 11.0.20 (Example)\r\n\r\n`;
  const block = Buffer.concat([Buffer.from("30820100", "hex"), createHash("sha512").update(signatureFile).digest()]);
  return [entry("META-INF/MANIFEST.MF", jarManifest), entry("META-INF/EXAMPLE.SF", signatureFile), entry("META-INF/EXAMPLE.RSA", block)];
}

function entry(name: string, content: string | Buffer): ZipEntry {
  return { name, bytes: Buffer.from(content) };
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}

function escapeXml(value: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;" };
  return value.replace(/[&<>'"]/g, (character) => entities[character] ?? character);
}
