import { extension, generalName, issue, name as distinguishedName } from "../build/certificates";
import type { Issued } from "../build/certificates";
import { context, implicit, oid, sequence } from "../build/der";
import { entry } from "../build/jar";
import { files, jar, usual } from "./case";
import type { Case } from "./case";
import { intermediate, root } from "./pki";

const ip = (hex: string): Buffer => implicit(7, Buffer.from(hex, "hex"));
const directory = (text: string): Buffer => context(4, distinguishedName(text));
const anyIpv4 = ip("0000000000000000");
const anyIpv6 = implicit(7, Buffer.alloc(32));
const constraints = (permitted: readonly Buffer[], excluded: readonly Buffer[] = []): Buffer => {
  const list = (tag: number, bases: readonly Buffer[]): Buffer[] =>
    bases.length === 0 ? [] : [context(tag, ...bases.map((base) => sequence(base)))];
  return extension("2.5.29.30", sequence(...list(0, permitted), ...list(1, excluded)), "critical");
};
const names = (...values: readonly Buffer[]): Buffer => extension("2.5.29.17", sequence(...values));
const policies = (...ids: readonly string[]): Buffer => extension("2.5.29.32", sequence(...ids.map((id) => sequence(oid(id)))));
const demand = (after: number): Buffer => extension("2.5.29.36", sequence(implicit(0, Buffer.from([after]))), "critical");

/** A signer under two authorities, each with extensions of its own. */
const under = (label: string, first: readonly Buffer[], second: readonly Buffer[], own: readonly Buffer[], subject = "O=Acme"): Case => {
  const upper = issue({ subject: `O=Acme,CN=Upper ${label}`, ca: "ca", issuer: root, extensions: first });
  const lower = issue({ subject: `O=Acme,CN=Lower ${label}`, ca: "ca", issuer: upper, extensions: second });
  return chain(label, issue({ subject, issuer: lower, extensions: own }), [lower, upper]);
};
const chain = (label: string, leaf: Issued, between: readonly Issued[]): Case => ({
  name: `merged-${label}`,
  taco: jar({ blocks: [{ signers: [usual({ certificate: leaf })], certificates: [leaf, ...between, root] }] }),
});
const keyed = (label: string, key: string): Case =>
  chain(label, issue({ subject: `CN=${label}`, issuer: intermediate, key }), [intermediate]);

/** Rules that two authorities set together, and others that were found by comparing at random. */
export function mergedCases(): Case[] {
  return [
    under("names-same", [constraints([directory("O=Acme")])], [constraints([directory("O=Acme")])], []),
    under("names-narrower", [constraints([generalName("dns", "example.com")])], [constraints([generalName("dns", "www.example.com")])], []),
    under("names-disjoint-dns", [constraints([generalName("dns", "example.com")])], [constraints([generalName("dns", "example.org")])], []),
    under("names-disjoint-email", [constraints([generalName("email", "acme.com")])], [constraints([generalName("email", "acme.org")])], []),
    under("names-disjoint-uri", [constraints([generalName("uri", "a.com")])], [constraints([generalName("uri", "b.com")])], []),
    under("names-disjoint-ip", [constraints([ip("0a000000ff000000")])], [constraints([ip("0b000000ff000000")])], []),
    under("names-narrower-ip", [constraints([ip("0a000000ff000000")])], [constraints([ip("0a010000ffff0000")])], []),
    under("names-two-families", [constraints([anyIpv4])], [constraints([anyIpv6])], []),
    under("names-two-families-excluded", [constraints([anyIpv6])], [constraints([], [ip("0a010000ffff0000")])], []),
    under("names-two-families-of-one", [constraints([], [anyIpv4, anyIpv6])], [], []),
    under("names-excluded-other-family", [constraints([], [anyIpv4])], [], [names(implicit(7, Buffer.alloc(16)))]),
    under("names-permitted-other-family", [constraints([anyIpv6, anyIpv4])], [], [names(ip("0a010203"))]),
    under("names-empty-dns", [constraints([generalName("dns", "")])], [], [], "O=Acme,CN=host"),
    under("names-empty-dns-excluded", [constraints([], [generalName("dns", "")])], [], [], "O=Acme,CN=host"),
    under("names-empty-dns-no-host", [constraints([generalName("dns", "")])], [], []),
    under("policy-demanded-later", [policies("1.2.3"), demand(2)], [policies("1.2.3")], []),
    under("policy-demanded-too-late", [policies("1.2.3"), demand(3)], [policies("1.2.3")], []),
    under("policy-demanded-at-once", [policies("1.2.3"), demand(0)], [policies("1.2.3")], [policies("1.2.3")]),
    under("policy-demanded-below", [policies("1.2.3")], [policies("1.2.3"), demand(1)], []),
    under("policy-demanded-by-signer", [], [], [demand(0)]),
    under("policy-demanded-by-signer-later", [], [], [demand(1)]),
    keyed("curve-written-out", "ec-explicit:prime256v1"),
    keyed("curve-written-out-384", "ec-explicit:secp384r1"),
    ...["META-\u0131NF/MANIFEST.MF", "META-INF/\u0131.RSA", "META-INF/.SF"].map((name, index) => ({ name: `merged-odd-name-${index}`, taco: jar({ entries: (entries) => [...entries, entry(name, "odd\n")] }) })),
    ...["META-INF/X.RSA", "META-INF/X.SF"].map((name, index) => ({ name: `merged-signed-signature-file-${index}`, taco: jar({ files: [...files, { name, data: "odd\n" }] }) })),
    { name: "merged-signed-signature-file-tampered", taco: jar({ files: [...files, { name: "META-INF/X.RSA", data: "odd\n" }], entries: (entries) => entries.map((one) => (one.name === "META-INF/X.RSA" ? { ...one, data: "other\n" } : one)) }) },
  ]; // prettier-ignore
}
