import type { Certificate } from "./certificate";
import { constrains, Incomparable } from "./constrains";
import type { GeneralName } from "./general-name";
import { isIpv4 } from "./host-name";
import { emailAddressOid } from "./name";
import { intersect, reduce, union } from "./subtrees";

/** Constraints gathered along a path (RFC 5280, 6.1.4 g), as Java merges them. */
export interface GatheredConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
  /** Which certificates have set some so far. */
  readonly from: "nobody" | "somebody";
  /** A base distance other than the default: Java refuses every name then. */
  readonly unsupported: boolean;
}

export const noConstraints: GatheredConstraints = { permitted: [], excluded: [], from: "nobody", unsupported: false };

/** Comparisons in all, and bytes in them: ten thousand names in each of two certificates are an attack, not a company. */
const mostNames = 200;

/** @returns undefined where Java ends with an error because it cannot merge what two issuers say. */
export function addConstraints(gathered: GatheredConstraints, certificate: Certificate): GatheredConstraints | undefined {
  const own = certificate.extensions.nameConstraints;
  if (own === undefined) {
    return gathered;
  }
  const { permitted, excluded } = { permitted: own.permitted ?? [], excluded: own.excluded ?? [] };
  const unsupported = gathered.unsupported || own.unsupported;
  if (tooMany(permitted, excluded, gathered.permitted, gathered.excluded)) {
    return undefined;
  }
  if (gathered.from === "nobody") {
    return { permitted, excluded, from: "somebody", unsupported };
  }
  return unlessIncomparable(() => {
    const allExcluded =
      gathered.excluded.length === 0 ? excluded : own.excluded === undefined ? gathered.excluded : union(gathered.excluded, excluded);
    if (own.permitted === undefined) {
      return { permitted: reduce(gathered.permitted, allExcluded), excluded: allExcluded, from: "somebody", unsupported };
    }
    const both = intersect(gathered.permitted, permitted);
    const widened = both.excluded.length === 0 ? allExcluded : union(allExcluded, both.excluded);
    return { permitted: reduce(both.permitted, widened), excluded: widened, from: "somebody", unsupported };
  });
}

/** Whether the names of a certificate are allowed: its subject, its alternative names, and a common name that looks like a host. */
export function allowsNames(constraints: GatheredConstraints, certificate: Certificate): boolean {
  const { permitted, excluded, unsupported } = constraints;
  if (permitted.length === 0 && excluded.length === 0 && !unsupported) {
    return true;
  }
  const allowed = unlessIncomparable(() => {
    const names = namesOf(certificate, [...permitted, ...excluded]);
    return !unsupported && !tooMany(names) && names.every((name) => allows(constraints, name));
  });
  return allowed === true;
}

function allows({ permitted, excluded }: GatheredConstraints, name: GeneralName): boolean {
  if (excluded.some((base) => isExcluded(base, name))) {
    return false;
  }
  let sameKind = false;
  for (const base of permitted) {
    const relation = constrains(base, name);
    if (relation === "match" || relation === "narrows") {
      return true;
    }
    sameKind ||= relation !== "other-kind";
  }
  return !sameKind;
}

/** Newer JDKs also exclude a name with a wildcard that covers an excluded host; so is every wildcard here. */
function isExcluded(base: GeneralName, name: GeneralName): boolean {
  const relation = constrains(base, name);
  return relation === "match" || relation === "narrows" || (base.kind === "dns" && name.kind === "dns" && name.value.includes("*"));
}

function namesOf(certificate: Certificate, bases: readonly GeneralName[]): GeneralName[] {
  const { subject } = certificate;
  const names: GeneralName[] = [...(certificate.extensions.subjectAltName ?? emails(certificate))];
  const { common } = subject;
  if (common !== undefined) {
    for (const name of hostOf(common, names, bases)) names.push(name);
  }
  return subject.parts.length === 0 ? names : [{ kind: "directory", name: subject }, ...names];
}

/** Java skips those that are none, and cannot tell characters apart that are not ASCII. */
function emails(certificate: Certificate): GeneralName[] {
  return certificate.subject.attributes
    .filter(({ oid, text }) => oid === emailAddressOid && !["", "."].includes(text.slice(text.indexOf("@") + 1)))
    .map(({ text }) => ({ kind: "email", value: text }));
}

/** The name or address that a common name is, where there is no alternative name of that kind. */
function hostOf(common: string, names: readonly GeneralName[], bases: readonly GeneralName[]): GeneralName[] {
  const has = (kind: GeneralName["kind"]): boolean => names.some((name) => name.kind === kind);
  const isAddress = isIpv4(common);
  // Java reads "10.1" and addresses of IPv6 in several ways, and its versions do not agree.
  const odd = !isAddress && (/^[0-9.]+$/.test(common) || (common.includes(":") && /^[\w:.%]+$/.test(common)));
  if (odd && bases.some(({ kind }) => kind === "ip" || kind === "dns")) {
    throw new Incomparable("a common name that is an address for some");
  }
  if (isAddress) {
    return has("ip") ? [] : [{ kind: "ip", value: Buffer.from(common.split(".").map(Number)) }];
  }
  return !has("dns") && looksLikeHost(common) ? [{ kind: "dns", value: common }] : [];
}

/** As the most lenient JDK takes it. */
function looksLikeHost(text: string): boolean {
  return /^[A-Za-z0-9*.-]+$/.test(text) && text.split(".").every((label) => label !== "");
}

function tooMany(...lists: readonly (readonly GeneralName[])[]): boolean {
  return lists.reduce((sum, list) => sum + list.length, 0) > mostNames;
}

function unlessIncomparable<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Incomparable) {
      return undefined;
    }
    throw error;
  }
}
