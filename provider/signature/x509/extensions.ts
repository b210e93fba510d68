import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { parseAsn1 } from "../asn1/parse";
import { extensionOids, knownToJava } from "./extension-oids";
import { readGeneralName, readGeneralNames } from "./general-name";
import type { GeneralName } from "./general-name";

/** Bit names of KeyUsage, RFC 5280, 4.2.1.3, in their order. */
const keyUsageBits = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = ReadonlySet<(typeof keyUsageBits)[number]>;

export interface NameConstraints {
  readonly permitted: readonly GeneralName[] | undefined;
  readonly excluded: readonly GeneralName[] | undefined;
  /** A base distance other than the default: Java refuses every name then. */
  readonly unsupported: boolean;
}

/** What the extensions of a certificate say, as far as signing and paths depend on it. */
export interface Extensions {
  readonly critical: ReadonlySet<string>;
  readonly unknownCritical: boolean;
  /** Extensions that could not be read; Java passes over them if they are not critical. */
  readonly malformed: readonly string[];
  /** Critical extensions that Java takes apart, and that are not read here. */
  readonly unread: readonly string[];
  readonly keyUsage?: KeyUsage;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength: number };
  readonly extendedKeyUsage?: readonly string[];
  readonly netscapeObjectSigning?: boolean;
  readonly subjectAltName?: readonly GeneralName[];
  readonly nameConstraints?: NameConstraints;
  readonly subjectKeyIdentifier?: Buffer;
  readonly authorityKeyIdentifier?: { readonly keyIdentifier?: Buffer; readonly serial?: bigint };
  readonly policies?: { readonly ids: readonly string[]; readonly qualified: boolean };
  readonly policyMappings?: true;
  readonly policyConstraints?: { readonly requireExplicit?: number };
  readonly inhibitAnyPolicy?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Values = Mutable<Partial<Extensions>>;

/**
 * Reads the extensions of a certificate.
 *
 * @throws Asn1Error if they are no list of extensions, one stands there twice, or a critical one cannot be read.
 */
export function readExtensions(nodes: readonly Asn1Node[]): Extensions {
  const critical = new Set<string>();
  const seen = new Set<string>();
  const malformed: string[] = [];
  const values: Values = {};
  for (const node of nodes) {
    const fields = node.sequence();
    const oid = fields.next().oid();
    const isCritical = fields.optional("boolean")?.boolean() ?? false;
    const content = fields.next().octets();
    fields.end();
    if (seen.has(oid)) {
      throw new Asn1Error(`the extension ${oid} twice`);
    }
    seen.add(oid);
    if (isCritical) {
      critical.add(oid);
    }
    try {
      readers.get(oid)?.(values, parseIfRead(oid, content));
    } catch (error) {
      if (isCritical || !(error instanceof Asn1Error)) {
        throw error;
      }
      malformed.push(oid);
    }
  }
  const unread = [...critical].filter((oid) => knownToJava.has(oid) && !readers.has(oid));
  return { ...values, critical, unknownCritical: [...critical].some((oid) => !knownToJava.has(oid)), malformed, unread };
}

function parseIfRead(oid: string, content: Buffer): Asn1Node {
  return parseAsn1(content, { trailing: oid === extensionOids.netscapeCertType ? "ignore" : "refuse" });
}

const readers: ReadonlyMap<string, (values: Values, node: Asn1Node) => void> = new Map<string, (values: Values, node: Asn1Node) => void>([
  [extensionOids.keyUsage, (values, node) => (values.keyUsage = readKeyUsage(node))],
  [extensionOids.basicConstraints, (values, node) => (values.basicConstraints = readBasicConstraints(node))],
  [extensionOids.extendedKeyUsage, (values, node) => (values.extendedKeyUsage = rest(node).map((purpose) => purpose.oid()))],
  [extensionOids.netscapeCertType, (values, node) => (values.netscapeObjectSigning = ((node.bits().bytes[0] ?? 0) & 0x10) !== 0)],
  [extensionOids.subjectAltName, (values, node) => (values.subjectAltName = readGeneralNames(node))],
  [extensionOids.nameConstraints, (values, node) => (values.nameConstraints = readNameConstraints(node))],
  [extensionOids.subjectKeyIdentifier, (values, node) => (values.subjectKeyIdentifier = node.octets())],
  [extensionOids.authorityKeyIdentifier, (values, node) => (values.authorityKeyIdentifier = readAuthorityKeyIdentifier(node))],
  [extensionOids.certificatePolicies, (values, node) => (values.policies = readPolicies(node))],
  [extensionOids.policyMappings, (values, node) => (values.policyMappings = readPolicyMappings(node))],
  [extensionOids.policyConstraints, (values, node) => (values.policyConstraints = readPolicyConstraints(node))],
  [extensionOids.inhibitAnyPolicy, (values, node) => (values.inhibitAnyPolicy = Number(node.integer()))],
]);

function rest(node: Asn1Node): Asn1Node[] {
  const fields = node.sequence();
  const nodes: Asn1Node[] = [];
  while (fields.more) {
    nodes.push(fields.next());
  }
  return nodes;
}

function readKeyUsage(node: Asn1Node): KeyUsage {
  const { bytes } = node.bits();
  return new Set(keyUsageBits.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

function readBasicConstraints(node: Asn1Node): { readonly ca: boolean; readonly pathLength: number } {
  const fields = node.sequence();
  const ca = fields.optional("boolean")?.boolean() ?? false;
  const length = fields.optional("integer")?.integer();
  fields.end();
  if (length !== undefined && length < 0n) {
    throw new Asn1Error("a negative path length");
  }
  return { ca, pathLength: length === undefined || length > 1000n ? Infinity : Number(length) };
}

function readNameConstraints(node: Asn1Node): NameConstraints {
  const fields = node.sequence();
  const permitted = fields.optionalContext(0);
  const excluded = fields.optionalContext(1);
  fields.end();
  let unsupported = false;
  const subtrees = (list: Asn1Node | undefined): GeneralName[] | undefined =>
    list?.children().map((subtree) => {
      const parts = subtree.sequence();
      const base = readGeneralName(parts.next(), "constraint");
      const minimum = parts.optionalContext(0);
      const maximum = parts.optionalContext(1);
      parts.end();
      unsupported ||= (minimum?.content().some((byte) => byte !== 0) ?? false) || maximum !== undefined;
      return base;
    });
  return { permitted: subtrees(permitted), excluded: subtrees(excluded), unsupported };
}

function readAuthorityKeyIdentifier(node: Asn1Node): { readonly keyIdentifier?: Buffer; readonly serial?: bigint } {
  const fields = node.sequence();
  const keyIdentifier = fields.optionalContext(0)?.content();
  fields.optionalContext(1);
  const serial = fields.optionalContext(2)?.content();
  fields.end();
  return {
    ...(keyIdentifier === undefined ? {} : { keyIdentifier }),
    ...(serial === undefined || serial.length === 0
      ? {}
      : { serial: BigInt.asIntN(serial.length * 8, BigInt(`0x${serial.toString("hex")}`)) }),
  };
}

function readPolicies(node: Asn1Node): { readonly ids: readonly string[]; readonly qualified: boolean } {
  let qualified = false;
  const ids = rest(node).map((information) => {
    const fields = information.sequence();
    const id = fields.next().oid();
    const qualifiers = fields.optional("sequence")?.sequence();
    fields.end();
    qualified ||= qualifiers !== undefined;
    return id;
  });
  return { ids, qualified };
}

function readPolicyMappings(node: Asn1Node): true {
  for (const mapping of rest(node)) {
    const fields = mapping.sequence();
    fields.next().oid();
    fields.next().oid();
    fields.end();
  }
  return true;
}

function readPolicyConstraints(node: Asn1Node): { readonly requireExplicit?: number } {
  const fields = node.sequence();
  const explicit = fields.optionalContext(0)?.content();
  fields.optionalContext(1);
  fields.end();
  return explicit === undefined ? {} : { requireExplicit: explicit.length === 1 ? (explicit[0] ?? 0) : 255 };
}
