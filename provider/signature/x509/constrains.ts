import type { GeneralName } from "./general-name";

/**
 * What a name is to a base, in the words of Java's GeneralNameInterface: of another kind, the same, below it, above it, or of its kind but beside it.
 */
export type Relation = "other-kind" | "match" | "narrows" | "widens" | "same-kind";

/** Where Java ends with an error, or where its versions differ: the path is refused then. */
export class Incomparable extends Error {}

/** `base.constrains(name)` of Java, for names and bases alike. */
export function constrains(base: GeneralName, name: GeneralName): Relation {
  if (base.kind === "directory" && name.kind === "directory") {
    return relateParts(base.name.parts, name.name.parts);
  }
  if (base.kind === "dns" && name.kind === "dns") {
    return relateHosts(base.value, name.value);
  }
  if (base.kind === "email" && name.kind === "email") {
    return relateMail(base.value.toLowerCase(), name.value.toLowerCase());
  }
  if (base.kind === "uri" && name.kind === "uri") {
    return relateUris(base, name);
  }
  if (base.kind === "ip" && name.kind === "ip") {
    return relateAddresses(base.value, name.value);
  }
  if (base.kind === "oid" && name.kind === "oid" && base.value === name.value) {
    return "match";
  }
  if (base.kind === name.kind) {
    throw new Incomparable("names that cannot be compared");
  }
  return "other-kind";
}

function relateParts(base: readonly string[], name: readonly string[]): Relation {
  const isBelow = (inner: readonly string[], outer: readonly string[]): boolean => outer.every((part, index) => inner[index] === part);
  if (isBelow(name, base)) {
    return base.length === name.length ? "match" : "narrows";
  }
  return isBelow(base, name) ? "widens" : "same-kind";
}

function relateHosts(base: string, name: string): Relation {
  const [one, other] = [base.toLowerCase(), name.toLowerCase()];
  if (one === other) {
    return "match";
  }
  if (one === "" || other === "") {
    throw new Incomparable("an empty host name");
  }
  if (!one.endsWith(other) && !other.endsWith(one)) {
    return "same-kind";
  }
  if (one.startsWith(".") || other.startsWith(".")) {
    throw new Incomparable("a domain with a dot before it, under which newer JDKs find hosts and older ones do not");
  }
  if (one.endsWith(other)) {
    return one.at(-other.length - 1) === "." ? "widens" : "same-kind";
  }
  return other.at(-one.length - 1) === "." ? "narrows" : "same-kind";
}

function relateMail(base: string, name: string): Relation {
  if (base === name) {
    return "match";
  }
  if (base.endsWith(name)) {
    return within(base, name) ? "widens" : "same-kind";
  }
  return name.endsWith(base) && within(name, base) ? "narrows" : "same-kind";
}

/** Of an address that ends with that domain (or that other address). */
function within(address: string, domain: string): boolean {
  return !domain.includes("@") && (domain.startsWith(".") || address.at(-domain.length - 1) === "@");
}

type Uri = Extract<GeneralName, { readonly kind: "uri" }>;

function relateUris(base: Uri, name: Uri): Relation {
  if (base.host === undefined || name.host === undefined) {
    throw new Incomparable("a URI without a host");
  }
  if (base.host.toLowerCase() === name.host.toLowerCase()) {
    return "match";
  }
  if (!base.named || !name.named) {
    return "same-kind";
  }
  const [baseIsDomain, nameIsDomain] = [base.host.startsWith("."), name.host.startsWith(".")];
  // The dot of a domain does not belong to the name that is compared.
  const relation = relateHosts(base.host.replace(/^\./, ""), name.host.replace(/^\./, ""));
  if (!baseIsDomain && !nameIsDomain) {
    return "same-kind";
  }
  if (relation === "match") {
    return baseIsDomain ? "widens" : "narrows";
  }
  return relation;
}

/** 4 and 16 bytes are an address, 8 and 32 a network. */
function relateAddresses(base: Buffer, name: Buffer): Relation {
  const isAddress = (value: Buffer): boolean => value.length === 4 || value.length === 16;
  if (base.length === name.length) {
    return isAddress(base) ? (base.equals(name) ? "match" : "same-kind") : relateNetworks(base, name);
  }
  if (isAddress(name) && base.length === name.length * 2) {
    return isIn(name, base) ? "narrows" : "same-kind";
  }
  if (isAddress(base) && name.length === base.length * 2) {
    return isIn(base, name) ? "widens" : "same-kind";
  }
  throw new Incomparable("addresses of two families");
}

function isIn(address: Buffer, network: Buffer): boolean {
  return address.every((byte, at) => (byte & (network[address.length + at] ?? 0)) === network[at]);
}

function relateNetworks(base: Buffer, name: Buffer): Relation {
  const half = base.length / 2;
  const [baseMask, nameMask] = [base.subarray(half), name.subarray(half)];
  const masked = (network: Buffer, mask: Buffer): Buffer =>
    Buffer.from(network.subarray(0, half).map((byte, at) => byte & (mask[at] ?? 0)));
  if (baseMask.equals(nameMask) && masked(base, baseMask).equals(masked(name, nameMask))) {
    return "match";
  }
  // A network with bits outside its mask holds no address.
  const baseEmpty = !masked(base, baseMask).equals(base.subarray(0, half));
  const nameEmpty = !masked(name, nameMask).equals(name.subarray(0, half));
  if (baseEmpty || nameEmpty) {
    return baseEmpty ? (nameEmpty ? "match" : "widens") : "narrows";
  }
  const holds = (outer: Buffer, outerMask: Buffer, inner: Buffer, innerMask: Buffer): boolean =>
    outerMask.every((byte, at) => (byte & (innerMask[at] ?? 0)) === byte) && masked(outer, outerMask).equals(masked(inner, outerMask));
  if (holds(base, baseMask, name, nameMask)) {
    return "narrows";
  }
  return holds(name, nameMask, base, baseMask) ? "widens" : "same-kind";
}
