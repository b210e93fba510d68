import { isIP } from "node:net";
import type { Certificate } from "./certificate";
import type { GeneralName } from "./general-name";
import type { NameConstraints } from "./extensions";
import { commonNameOid, emailAddressOid } from "./name";

/** Constraints gathered along a path (RFC 5280, 6.1.4 g): every list of permitted names has to be met, no excluded one. */
export interface GatheredConstraints {
  readonly permitted: readonly (readonly GeneralName[])[];
  readonly excluded: readonly GeneralName[];
  readonly unsupported: boolean;
}

export const noConstraints: GatheredConstraints = { permitted: [], excluded: [], unsupported: false };

export function addConstraints(gathered: GatheredConstraints, certificate: Certificate): GatheredConstraints {
  const own = certificate.extensions.nameConstraints;
  return own === undefined
    ? gathered
    : {
        permitted: own.permitted === undefined ? gathered.permitted : [...gathered.permitted, own.permitted],
        excluded: [...gathered.excluded, ...(own.excluded ?? [])],
        unsupported: gathered.unsupported || own.unsupported || !canBeMerged(gathered, own),
      };
}

/**
 * Java ends with an error where it cannot merge what two issuers say: subtrees of one kind that have nothing in common, the two families
 * of addresses beside each other, and an empty DNS name. Whether the signer has a name of that kind does not matter then.
 */
function canBeMerged(gathered: GatheredConstraints, own: NameConstraints): boolean {
  if (gathered === noConstraints) {
    return true;
  }
  const bases = [...gathered.permitted.flat(), ...gathered.excluded, ...(own.permitted ?? []), ...(own.excluded ?? [])];
  const lengths = new Set(bases.flatMap((base) => (base.kind === "ip" ? [base.value.length] : [])));
  return (
    lengths.size < 2 &&
    !bases.some(isEmptyDns) &&
    gathered.permitted.every((list) => list.every(({ kind }) => haveSomethingInCommon(list, own.permitted ?? [], kind)))
  );
}

function haveSomethingInCommon(one: readonly GeneralName[], other: readonly GeneralName[], kind: GeneralName["kind"]): boolean {
  const [left, right] = [one, other].map((list) => list.filter((base) => base.kind === kind)) as [GeneralName[], GeneralName[]];
  return right.length === 0 || left.some((base) => right.some((second) => within(base, second) || within(second, base)));
}

function isEmptyDns(base: GeneralName): boolean {
  return base.kind === "dns" && base.value === "";
}

/** Whether the names of a certificate are allowed: its subject, its alternative names, and a common name that looks like a host. */
export function allowsNames(constraints: GatheredConstraints, certificate: Certificate): boolean {
  if (constraints.permitted.length === 0 && constraints.excluded.length === 0 && !constraints.unsupported) {
    return true;
  }
  return !constraints.unsupported && namesOf(certificate).every((name) => allows(constraints, name));
}

function namesOf(certificate: Certificate): GeneralName[] {
  const { subject } = certificate;
  const names: GeneralName[] = [...(certificate.extensions.subjectAltName ?? emails(certificate))];
  const common = subject.attributes.filter(({ oid }) => oid === commonNameOid).at(-1)?.text;
  if (common !== undefined) {
    const kind = isIP(common) === 0 ? "dns" : "ip";
    if (!names.some((name) => name.kind === kind) && (kind === "ip" || isHostName(common))) {
      names.push(kind === "ip" ? { kind, value: address(common) } : { kind, value: common });
    }
  }
  return subject.parts.length === 0 ? names : [{ kind: "directory", name: subject }, ...names];
}

function emails(certificate: Certificate): GeneralName[] {
  return certificate.subject.attributes.filter(({ oid }) => oid === emailAddressOid).map(({ text }) => ({ kind: "email", value: text }));
}

function isHostName(text: string): boolean {
  return /^[A-Za-z0-9*]([A-Za-z0-9*-]*[A-Za-z0-9*])?(\.[A-Za-z0-9*]([A-Za-z0-9*-]*[A-Za-z0-9*])?)*$/.test(text);
}

function address(text: string): Buffer {
  return text.includes(":") ? Buffer.alloc(16, 0xff) : Buffer.from(text.split(".").map(Number));
}

function allows(constraints: GatheredConstraints, name: GeneralName): boolean {
  if ([...constraints.permitted.flat(), ...constraints.excluded].some((base) => cannotBeCompared(name, base))) {
    return false;
  }
  if (constraints.excluded.some((base) => base.kind === name.kind && within(name, base))) {
    return false;
  }
  return constraints.permitted.every((list) => {
    const sameKind = list.filter((base) => base.kind === name.kind);
    return sameKind.length === 0 || sameKind.some((base) => within(name, base));
  });
}

/** Java compares an address with a network of the other family byte by byte, or ends with an error. */
function cannotBeCompared(name: GeneralName, base: GeneralName): boolean {
  return name.kind === "ip" && base.kind === "ip" ? base.value.length !== name.value.length * 2 : name.kind === "dns" && isEmptyDns(base);
}

function within(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === "directory" && base.kind === "directory") {
    return base.name.parts.every((part, index) => name.name.parts[index] === part);
  }
  if (name.kind === "ip" && base.kind === "ip") {
    return withinNetwork(name.value, base.value);
  }
  if ((name.kind === "dns" || name.kind === "email" || name.kind === "uri") && name.kind === base.kind) {
    return withinDomain(name.kind, name.value.toLowerCase(), base.value.toLowerCase());
  }
  return name.kind === "other" && base.kind === "other" && name.value === base.value;
}

function withinNetwork(value: Buffer, network: Buffer): boolean {
  if (value.length === network.length) {
    const half = value.length / 2;
    const narrower = value.subarray(half).every((byte, at) => (byte & (network[half + at] ?? 0)) === network[half + at]);
    return narrower && withinNetwork(value.subarray(0, half), network);
  }
  return network.length === value.length * 2 && value.every((byte, at) => (byte & (network[value.length + at] ?? 0)) === network[at]);
}

function withinDomain(kind: "dns" | "email" | "uri", value: string, base: string): boolean {
  const host = kind === "uri" ? (/^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]*)/.exec(value)?.[1] ?? value) : value;
  if (base === "" || host === base) {
    return true;
  }
  if (kind === "email") {
    const domain = host.slice(host.lastIndexOf("@") + 1);
    return base.includes("@") ? false : domain === base || (base.startsWith(".") && domain.endsWith(base));
  }
  return base.startsWith(".") ? host.endsWith(base) : kind === "dns" && host.endsWith(`.${base}`);
}
