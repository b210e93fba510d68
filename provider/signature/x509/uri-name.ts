import { Asn1Error } from "../asn1/asn1-error";
import { isHostName, isIpv4, isPlainIpv6 } from "./host-name";

/** A URI in a certificate, as far as name constraints look at it. */
export interface UriName {
  readonly value: string;
  /** Undefined where it has none: Java then fails as soon as it compares it with a constraint. */
  readonly host: string | undefined;
  /** Whether the host is a name, not an address: only names can be inside a domain. */
  readonly named: boolean;
}

/** RFC 2396, 2: what may stand in a URI as it is, and what only escaped. java.net.URI also takes letters of other scripts; IA5String has none. */
const legal = /^(?:[A-Za-z0-9\-_.!~*'();:@&=+$,/?#[\]]|%[0-9A-Fa-f]{2})*$/;
const authority = /^(?:[A-Za-z0-9\-_.!~*'();:&=+$,%]*@)?(\[[^\][]*\]|[^:@[\]]*)(?::[0-9]{0,5})?$/;

/**
 * A URI in an alternative name, by the rules of Java's URIName (java.net.URI, RFC 2396 and 2732): absolute, and its host, where it has one, a
 * name or an address. Where Java falls back to an authority of another kind ("registry-based") it is refused.
 *
 * @throws Asn1Error
 */
export function readUri(text: string): UriName {
  const colon = text.indexOf(":");
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(text.slice(0, Math.max(colon, 0)))) {
    throw new Asn1Error("a URI without a scheme");
  }
  const [rest = "", fragment, ...more] = text.slice(colon + 1).split("#");
  if (rest === "" || more.length > 0 || !legal.test(rest) || !legal.test(fragment ?? "")) {
    throw new Asn1Error("a URI of wrong form");
  }
  if (!rest.startsWith("//")) {
    if (/[[\]]/.test(rest)) {
      throw new Asn1Error("a URI with brackets outside a host");
    }
    return { value: text, host: undefined, named: false };
  }
  const end = rest.slice(2).search(/[/?]/);
  const between = end < 0 ? rest.slice(2) : rest.slice(2, 2 + end);
  const path = end < 0 ? "" : rest.slice(2 + end);
  if (between === "" && path === "") {
    throw new Asn1Error("a URI without an authority");
  }
  // Java passes over brackets in a query, but not in a path.
  if (/[[\]]/.test(path)) {
    throw new Asn1Error("a URI with brackets outside a host");
  }
  return { value: text, ...(between === "" ? { host: undefined, named: false } : readHost(between)) };
}

function readHost(text: string): { readonly host: string; readonly named: boolean } {
  const host = authority.exec(text)?.[1] ?? "";
  if (host.startsWith("[") ? isPlainIpv6(host.slice(1, -1)) : isIpv4(host)) {
    return { host, named: false };
  }
  // The last label of a host starts with a letter; what does not is no host for java.net.URI.
  if (!isHostName(host) || !/(?:^|\.)[A-Za-z][^.]*$/.test(host)) {
    throw new Asn1Error("a URI whose host is neither a name nor an address");
  }
  return { host, named: true };
}

/**
 * A URI in a name constraint: a host or, behind a dot, a domain (RFC 5280, 4.2.1.10); Java refuses a scheme, a port and whatever is no host name.
 *
 * @throws Asn1Error
 */
export function readUriConstraint(text: string): UriName {
  if (!isHostName(text.startsWith(".") ? text.slice(1) : text)) {
    throw new Asn1Error("a name constraint for URIs that is no host");
  }
  return { value: text, host: text, named: true };
}
