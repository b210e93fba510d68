import { buildZip } from "../../../tests/taco/zip-builder";
import type { EndFields, EntrySpec } from "../../../tests/taco/zip-builder";
import type { Issued } from "../build/certificates";
import { signedData } from "../build/cms";
import type { SignedDataSpec, SignerSpec } from "../build/cms";
import { entry, latin1, manifestParts, manifestText, signatureFile } from "../build/jar";
import type { JarFile, ManifestParts, SignatureFileSpec } from "../build/jar";
import { authority, intermediate, root, signer, timestampRoot } from "./pki";

/** A package of the corpus, and the store it is judged by. */
export interface Case {
  readonly name: string;
  readonly taco: Buffer;
  /** Certificates of the trust store; default: both roots. */
  readonly store?: readonly Issued[];
}

export const defaultStore: readonly Issued[] = [root, timestampRoot];

export const connectorManifest = `<?xml version='1.0' encoding='utf-8'?>
<connector-plugin class='sample_jdbc' superclass='jdbc' plugin-version='1.0.0' name='Sample' version='18.1' min-version-tableau='2020.3'>
  <vendor-information><company name='Vendor'/><support-link url='https://example.com'/></vendor-information>
  <connection-fields file='connectionFields.xml'/>
</connector-plugin>
`;

export const files: readonly JarFile[] = [
  { name: "manifest.xml", data: connectorManifest },
  { name: "connectionFields.xml", data: "<connection-fields/>\n" },
  { name: "connectionBuilder.js", data: '(function dsbuilder(attr) { return ["jdbc:sample"]; })\n' },
];

export interface BlockSpec extends Partial<SignedDataSpec> {
  /** Base name in META-INF. */
  readonly base?: string;
  readonly extension?: string;
  readonly signatureFile?: SignatureFileSpec;
  readonly rawSignatureFile?: Buffer | "absent";
  readonly rawBlock?: Buffer | "absent" | ((block: Buffer) => Buffer);
  /** Signs another content than the signature file in the package. */
  readonly signs?: Buffer;
}

export interface JarSpec {
  readonly files?: readonly JarFile[];
  readonly digests?: readonly string[];
  readonly manifest?: (parts: ManifestParts) => ManifestParts;
  readonly rawManifest?: (text: string) => Buffer;
  readonly blocks?: readonly BlockSpec[];
  /** What lies in the package, after signing. */
  readonly entries?: (entries: readonly EntrySpec[]) => readonly EntrySpec[];
  readonly end?: EndFields;
}

export const vendorTimestamp = { authority, time: "2024-06-01T12:00:00Z" } as const;

/** The usual signer: with chain and timestamp. */
export function usual(spec: Partial<SignerSpec> = {}): SignerSpec {
  return { certificate: signer, timestamp: vendorTimestamp, ...spec };
}

/** Builds and signs a package. */
export function jar(spec: JarSpec = {}): Buffer {
  const own = spec.files ?? files;
  const plain = manifestParts(own, spec.digests);
  const parts = spec.manifest?.(plain) ?? plain;
  const manifest = spec.rawManifest?.(manifestText(parts)) ?? latin1(manifestText(parts));
  const blocks = (spec.blocks ?? [{}]).flatMap((block) => blockEntries(parts, block));
  const entries = [entry("META-INF/MANIFEST.MF", manifest), ...blocks, ...own.map(({ name, data }) => entry(name, data))];
  return buildZip(spec.entries?.(entries) ?? entries, spec.end);
}

function blockEntries(parts: ManifestParts, spec: BlockSpec): EntrySpec[] {
  const base = spec.base ?? "VENDOR";
  const file =
    spec.rawSignatureFile === "absent" || spec.rawSignatureFile === undefined
      ? latin1(signatureFile(parts, spec.signatureFile))
      : spec.rawSignatureFile;
  const signers = spec.signers ?? [usual()];
  const certificates = spec.certificates ?? [...new Set([...signers.map(({ certificate }) => certificate), intermediate, root])];
  const extension =
    spec.extension ?? { rsa: "RSA", dsa: "DSA", ec: "EC", ed25519: "EC", ed448: "EC" }[signers[0]?.certificate.key.kind ?? "ec"];
  const block =
    typeof spec.rawBlock === "object"
      ? spec.rawBlock
      : spec.rawBlock === "absent"
        ? undefined
        : signedData(spec.signs ?? file, { ...spec, signers, certificates });
  const changed = typeof spec.rawBlock === "function" && block !== undefined ? spec.rawBlock(block) : block;
  return [
    ...(spec.rawSignatureFile === "absent" ? [] : [entry(`META-INF/${base}.SF`, file)]),
    ...(changed === undefined ? [] : [entry(`META-INF/${base}.${extension}`, changed)]),
  ];
}

export function replaceIn(entries: readonly EntrySpec[], name: string, change: (entry: EntrySpec) => EntrySpec): EntrySpec[] {
  return entries.map((one) => (one.name === name ? change(one) : one));
}
