import { extension, generalName, issue, name as distinguishedName } from "../build/certificates";
import { context, ia5String, implicit, oid, sequence, utf8String } from "../build/der";
import { jar, usual } from "./case";
import type { Case } from "./case";
import { intermediate, root } from "./pki";

type Critical = "critical" | "plain";

const ip = (hex: string): Buffer => implicit(7, Buffer.from(hex, "hex"));
const uri = (text: string): Buffer => generalName("uri", text);
const dns = (text: string): Buffer => generalName("dns", text);
const email = (text: string): Buffer => generalName("email", text);
const directory = (text: string): Buffer => context(4, distinguishedName(text));

/** Names by a label; those of the first list Java takes, most of those of the second one of its classes refuses. */
const odd: Readonly<Record<string, Buffer>> = {
  "uri-usual": uri("https://example.com/path?query#fragment"),
  "uri-port": uri("https://user@example.com:443/"),
  "uri-address": uri("https://127.0.0.1/"),
  "uri-address-six": uri("https://[::1]/"),
  "uri-without-host": uri("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
  "uri-ldap-without-host": uri("ldap:///CN=x"),
  "uri-without-scheme": uri("example.com"),
  "uri-empty": uri(""),
  "uri-scheme-alone": uri("https:"),
  "uri-slashes-alone": uri("https://"),
  "uri-dotted-host": uri("https://.example.com/"),
  "uri-host-ends-with-dot": uri("https://example.com./"),
  "uri-host-empty-label": uri("https://a..b/"),
  "uri-host-underscore": uri("https://a_b.example.com/"),
  "uri-host-hyphen": uri("https://-a.example.com/"),
  "uri-host-number-last": uri("https://example.1/"),
  "uri-address-short": uri("https://10.1/"),
  "uri-brackets-broken": uri("https://[::1/"),
  "uri-brackets-zone": uri("https://[fe80::1%25eth0]/"),
  "uri-space": uri("https://example.com/a b"),
  "uri-escape-broken": uri("https://example.com/%zz"),
  "uri-two-fragments": uri("https://example.com/#a#b"),
  "uri-port-too-large": uri("https://example.com:99999999999/"),
  "uri-not-ascii": uri("https://ex\u00e4mple.com/"),
  "dns-usual": dns("www.example.com"),
  "dns-empty": dns(""),
  "dns-dot": dns("."),
  "dns-blank": dns("a b"),
  "dns-not-ascii": dns("ex\u00e4mple.com"),
  "email-usual": email("a@example.com"),
  "email-empty": email(""),
  "email-at-end": email("a@"),
  "email-dot": email("a@."),
  "email-not-ascii": email("\u00e4@example.com"),
  "ip-usual": ip("7f000001"),
  "ip-six": ip("fe800000000000000000000000000001"),
  "ip-six-of-four": ip("00000000000000000000ffff7f000001"),
  "ip-network": ip("0a000000ff000000"),
  "ip-of-none": ip(""),
  "ip-of-five": ip("7f00000100"),
  "ip-network-six-of-four": ip("00000000000000000000ffff0a000000ffffffffffffffffffffffffff000000"),
  "ip-network-six-of-four-wide": ip("00000000000000000000ffff0a000000ff000000000000000000000000000000"),
  "oid-usual": implicit(8, oid("1.2.3.4").subarray(2)),
  "oid-empty": implicit(8, Buffer.alloc(0)),
  "oid-padded": implicit(8, Buffer.from([0x2a, 0x80, 1])),
  "other-usual": context(0, oid("1.3.6.1.4.1.311.20.2.3"), context(0, utf8String("a@example.com"))),
  "other-of-an-extension": context(0, oid("2.5.29.17"), context(0, utf8String("x"))),
  "other-without-value": context(0, oid("1.2.3.4")),
  "party": context(5, context(1, utf8String("party"))),
  "x400": context(3, sequence()),
  "directory-usual": directory("O=Acme"),
  "directory-empty": directory(""),
  "directory-two": context(4, distinguishedName("O=Acme"), distinguishedName("O=Acme")),
  "constructed-dns": context(2, ia5String("example.com")),
  "unknown-kind": implicit(9, Buffer.from("x")),
}; // prettier-ignore

/** As the base of a constraint. */
const bases: Readonly<Record<string, Buffer>> = {
  "uri-host": uri("example.com"),
  "uri-domain": uri(".example.com"),
  "uri-scheme": uri("https://example.com"),
  "uri-port": uri("example.com:443"),
  "uri-empty": uri(""),
  "uri-dot": uri("."),
  "uri-two-dots": uri("..example.com"),
  "uri-address-six": uri("[::1]"),
  "uri-address": uri("127.0.0.1"),
  "uri-path": uri("example.com/path"),
  "uri-fragment": uri("example.com#x"),
  "uri-escaped": uri("%65xample.com"),
  "uri-label-too-long": uri(`${"x".repeat(64)}.com`),
  "dns-domain": dns(".example.com"),
  "dns-empty": dns(""),
  "dns-wildcard": dns("*.example.com"),
  "email-host": email("example.com"),
  "email-domain": email(".example.com"),
  "email-address": email("a@example.com"),
  "email-empty": email(""),
  "ip-address": ip("7f000001"),
  "ip-network": ip("7f000000ff000000"),
  "ip-network-with-host-bits": ip("7f000001ff000000"),
  "ip-of-five": ip("7f00000100"),
  "ip-network-six-of-four": ip("00000000000000000000ffff7f000000ffffffffffffffffffffffffff000000"),
  "oid": implicit(8, oid("1.2.3.4").subarray(2)),
  "other": context(0, oid("1.2.3.4"), context(0, utf8String("x"))),
}; // prettier-ignore

const everything = [uri("https://www.example.com/"), dns("www.example.com"), email("a@example.com"), ip("7f000001")] as const;
const alternative = (critical: Critical, ...names: readonly Buffer[]): Buffer => extension("2.5.29.17", sequence(...names), critical);
const constraints = (permitted: readonly Buffer[], excluded: readonly Buffer[] = [], critical: Critical = "critical"): Buffer => {
  const list = (tag: number, some: readonly Buffer[]): Buffer[] =>
    some.length === 0 ? [] : [context(tag, ...some.map((base) => sequence(base)))];
  return extension("2.5.29.30", sequence(...list(0, permitted), ...list(1, excluded)), critical);
};
const point = (name: Buffer, critical: Critical): Buffer =>
  extension("2.5.29.31", sequence(sequence(context(0, context(0, name)))), critical);
const access = (name: Buffer, critical: Critical): Buffer =>
  extension("1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.2"), name)), critical);

/** A signer under as many authorities as there are lists of extensions, the upper one first. */
function under(label: string, upper: readonly (readonly Buffer[])[], own: readonly Buffer[], subject = "O=Acme"): Case {
  let issuer = intermediate;
  const between = [intermediate];
  for (const [level, extensions] of upper.entries()) {
    issuer = issue({ subject: `O=Acme,CN=Level ${level} of ${label}`, keyName: `level ${level}`, ca: "ca", issuer, extensions });
    between.unshift(issuer);
  }
  const leaf = issue({ subject, keyName: "leaf of names", issuer, extensions: own });
  return {
    name: `names-${label}`,
    taco: jar({ blocks: [{ signers: [usual({ certificate: leaf })], certificates: [leaf, ...between, root] }] }),
  };
}

/** Names in certificates that one of Java's classes refuses, and how it compares and merges them. */
export function nameCases(): Case[] {
  const [www, org] = [dns("www.example.com"), dns("www.example.org")];
  return [
    ...Object.entries(odd).flatMap(([label, name]) => [
      under(`alternative-${label}`, [], [alternative("plain", name)]),
      under(`alternative-${label}-critical`, [], [alternative("critical", name)]),
      under(`alternative-${label}-constrained`, [[constraints([], [directory("O=Elsewhere"), uri("example.net"), email("example.net")])]], [alternative("critical", name)]),
    ]),
    ...Object.entries(bases).flatMap(([label, base]) => [
      under(`permitted-${label}`, [[constraints([base])]], [alternative("plain", ...everything)]),
      under(`excluded-${label}`, [[constraints([], [base])]], [alternative("plain", ...everything)]),
      under(`permitted-${label}-plain`, [[constraints([base], [], "plain")]], []),
    ]),
    ...["uri-host-underscore", "uri-without-scheme", "uri-usual", "ip-of-five", "unknown-kind"].flatMap((label) => {
      const name = odd[label] ?? uri("");
      return (["plain", "critical"] as const).flatMap((critical) => [
        under(`issuer-alternative-${label}-${critical}`, [], [extension("2.5.29.18", sequence(name), critical)]),
        under(`distribution-point-${label}-${critical}`, [], [point(name, critical)]),
        under(`access-${label}-${critical}`, [], [access(name, critical)]),
      ]);
    }),
    ...["www.example.com", "*.example.com", "10.1", "2130706433", "127.0.0.1", "::1", "a..b", "a-", "host_name"].map((common, index) => under(`common-name-${index}`, [[constraints([dns("example.com"), ip("7f000000ff000000")])]], [], `O=Acme,CN=${common}`)),
    under("wildcard-excluded", [[constraints([], [www])]], [alternative("plain", dns("*.example.com"))]),
    under("two-common-names", [[constraints([dns("example.com")])]], [], "CN=www.example.org,CN=www.example.com"),
    under("merged-one-of-two", [[constraints([dns("example.com")])], [constraints([www, dns("a.example.com")])]], [alternative("plain", dns("a.example.com"))]),
    under("merged-widened", [[constraints([www])], [constraints([dns("example.com")])]], [alternative("plain", dns("a.example.com"))]),
    under("merged-other-kind", [[constraints([dns("example.com")])], [constraints([email("example.com")])]], [alternative("plain", www, email("a@example.org"))]),
    under("merged-directory-disjoint", [[constraints([directory("O=Elsewhere")])], [constraints([directory("O=Acme")])]], []),
    under("merged-excluded-both", [[constraints([], [www])], [constraints([], [org])]], [alternative("plain", org)]),
    under("merged-permitted-and-excluded", [[constraints([dns("example.com")])], [constraints([], [www])]], [alternative("plain", www)]),
    under("merged-in-the-leaf", [[constraints([dns("example.com")])]], [constraints([dns("example.org")])]),
    under("merged-in-the-leaf-fitting", [[constraints([dns("example.com")])]], [constraints([www])]),
    under("merged-uri-without-host", [[constraints([uri("example.com")])]], [alternative("plain", uri("urn:x:y"))]),
    under("many", [[constraints(Array.from({ length: 300 }, (_, at) => dns(`${at}.example.com`)))]], [alternative("plain", dns("1.example.com"))]),
  ]; // prettier-ignore
}
