import { type Certificate, parseCertificate } from "../../../provider/signature/x509/certificate";
import type { NameConstraints } from "../../../provider/signature/x509/extensions";
import type { GeneralName } from "../../../provider/signature/x509/general-name";
import { addConstraints, allowsNames, type GatheredConstraints, noConstraints } from "../../../provider/signature/x509/name-constraints";

import { issue } from "../../../scripts/signature/build/certificates";
import { directory, dns, email, ip, oidName, otherName, uri } from "./support/general-names";

const plain = parseCertificate(issue({ subject: "CN=Authority", ca: "ca" }).der);

/** An authority that sets constraints. */
function setting(nameConstraints: Partial<NameConstraints>): Certificate {
  const own = { permitted: undefined, excluded: undefined, unsupported: false, ...nameConstraints };
  return { ...plain, extensions: { ...plain.extensions, nameConstraints: own } };
}

/** What the authorities of a path gather, the first one first. */
function gathered(...all: readonly Partial<NameConstraints>[]): GatheredConstraints | undefined {
  let constraints: GatheredConstraints | undefined = noConstraints;
  for (const one of all) constraints = constraints && addConstraints(constraints, setting(one));
  return constraints;
}

const [com, a, b, org, mail] = [dns("x.com"), dns("a.x.com"), dns("b.x.com"), dns("x.org"), email("x.com")];
const [acme, other] = [directory("c=de", "o=acme"), directory("c=de", "o=other")];

test("who sets none changes nothing", () => {
  const some = gathered({ permitted: [com] }) ?? noConstraints;
  expect(addConstraints(some, plain)).toBe(some);
  expect(addConstraints(noConstraints, plain)).toBe(noConstraints);
});

test.each<[string, readonly Partial<NameConstraints>[], Partial<GatheredConstraints>]>([
  ["what is permitted", [{ permitted: [com] }], { permitted: [com], excluded: [] }],
  ["what is excluded", [{ excluded: [com] }], { permitted: [], excluded: [com] }],
  ["both, as they are", [{ permitted: [com, a], excluded: [a] }], { permitted: [com, a], excluded: [a] }],
  ["a second, narrower", [{ permitted: [com] }, { permitted: [a] }], { permitted: [a], excluded: [] }],
  ["a second, after one that permits all", [{ excluded: [org] }, { permitted: [a] }], { permitted: [a], excluded: [org] }],
  ["a second that only excludes", [{ permitted: [com, org] }, { excluded: [org] }], { permitted: [com], excluded: [org] }],
  ["a second that only permits", [{ permitted: [com], excluded: [a] }, { permitted: [a, b] }], { permitted: [], excluded: [a] }],
  ["exclusions of both", [{ excluded: [a, org] }, { excluded: [com] }], { permitted: [], excluded: [org, com] }],
  ["a second without any list", [{ permitted: [com], excluded: [a] }, {}], { permitted: [com], excluded: [a] }],
  ["a second with an empty list of exclusions", [{ excluded: [a] }, { excluded: [] }], { permitted: [], excluded: [a] }],
  ["a second with an empty list of what is permitted", [{ permitted: [com, acme] }, { permitted: [] }], { permitted: [com, acme], excluded: [] }],
  ["nothing in common", [{ permitted: [acme] }, { permitted: [other] }], { permitted: [], excluded: [directory()] }],
  ["nothing in common, and exclusions", [{ permitted: [acme], excluded: [org] }, { permitted: [other] }], { permitted: [], excluded: [org, directory()] }],
  ["a distance, once set", [{ unsupported: true }, {}], { unsupported: true }],
  ["a distance, set later", [{}, { unsupported: true }], { unsupported: true }],
  ["no distance", [{}, {}], { unsupported: false }],
])("gathers %s", (_name, all, expected) => {
  expect(gathered(...all)).toMatchObject({ from: "somebody", ...expected });
}); // prettier-ignore

test("what cannot be put together ends the path", () => {
  expect(gathered({ permitted: [a] }, { permitted: [b] })).toBeUndefined();
  expect(gathered({ excluded: [otherName] }, { excluded: [otherName] })).toBeUndefined();
});

// Java looks only at what it has to put together: names that it could not compare are no error there.
const apart = [oidName("1.2.3"), oidName("1.2.4")];
test.each<[string, readonly Partial<NameConstraints>[], Partial<GatheredConstraints>]>([
  ["what the first permits, where the second permits nothing", [{ permitted: apart }, {}], { permitted: apart, excluded: [] }],
  ["what the first excludes, where the second excludes nothing", [{ excluded: apart }, {}], { permitted: [], excluded: apart }],
  ["what the second excludes, where the first excludes nothing", [{}, { excluded: apart }], { permitted: [], excluded: apart }],
  [
    "what the first excludes, where something is permitted in common",
    [{ permitted: [com], excluded: apart }, { permitted: [a] }],
    { permitted: [a], excluded: apart },
  ],
])("gathers %s, as it is", (_name, all, expected) => {
  expect(gathered(...all)).toMatchObject({ from: "somebody", ...expected });
});

const many = (count: number): readonly GeneralName[] => Array.from({ length: count }, (_, at) => dns(`h${at}.example`));

test("so many names are compared, and not more", () => {
  expect(gathered({ permitted: many(100), excluded: many(100) })).toMatchObject({ from: "somebody" });
  expect(gathered({ permitted: many(101), excluded: many(100) })).toBeUndefined();
  expect(gathered({ permitted: [com], excluded: many(100) }, { permitted: many(100) })).toBeUndefined();
  expect(gathered({ permitted: many(198) }, { excluded: many(2) })).toMatchObject({ from: "somebody" });
  expect(gathered({ permitted: many(199) }, { excluded: many(2) })).toBeUndefined();
  const names = (count: number): Certificate => ({
    ...plain,
    extensions: { ...plain.extensions, subjectAltName: many(count).map(() => mail) },
  });
  // Where nothing is constrained, nobody compares.
  expect(allowsNames(noConstraints, names(1000))).toBe(true);
  // The subject is a name as well, and so is the common name in it, which looks like a host.
  expect(allowsNames({ ...noConstraints, permitted: [email("x.com")] }, names(198))).toBe(true);
  expect(allowsNames({ ...noConstraints, permitted: [email("x.com")] }, names(199))).toBe(false);
});

/** A certificate of a subject, with alternative names. */
function named(subject: string, ...names: readonly GeneralName[]): Certificate {
  const certificate = parseCertificate(issue({ subject: subject === "" ? "CN=x" : subject }).der);
  const { canonical: _canonical, ...rest } = certificate.subject;
  const own = subject === "" ? { canonical: "", parts: [], text: "", attributes: [] } : { canonical: "", ...rest };
  const alternative = names.length === 0 ? {} : { subjectAltName: names };
  return { ...certificate, subject: own, extensions: { ...certificate.extensions, ...alternative } };
}

const permitting = (...permitted: readonly GeneralName[]): GatheredConstraints => ({ ...noConstraints, permitted, from: "somebody" });
const excluding = (...excluded: readonly GeneralName[]): GatheredConstraints => ({ ...noConstraints, excluded, from: "somebody" });

test.each<[string, GatheredConstraints, Certificate, boolean]>([
  ["no constraints allow all", noConstraints, named("CN=h", otherName), true],
  ["a distance allows none", { ...noConstraints, unsupported: true }, named("CN=Vendor"), false],

  ["a name that is permitted", permitting(com), named("O=v", a), true],
  ["the very name", permitting(a), named("O=v", a), true],
  ["a name above what is permitted", permitting(a), named("O=v", com), false],
  ["a name beside it", permitting(a), named("O=v", b), false],
  ["a name that the second permits", permitting(org, com), named("O=v", a), true],
  ["a name of a kind that nobody speaks of", permitting(com), named("O=v", mail), true],
  ["names of which one is not permitted", permitting(com), named("O=v", a, org), false],
  ["a name of another kind behind one of its own", permitting(org, mail), named("O=v", a), false],

  ["a name that is excluded", excluding(com), named("O=v", a), false],
  ["the very name that is", excluding(a), named("O=v", a), false],
  ["a name above what is", excluding(a), named("O=v", com), true],
  ["a name beside what is", excluding(a), named("O=v", b), true],
  ["a name that is permitted and excluded", { ...permitting(com), excluded: [a] }, named("O=v", a), false],
  ["a wildcard, where any host is excluded", excluding(org), named("O=v", dns("*.x.com")), false],
  ["a wildcard of another kind", excluding(org), named("O=v", uri("a.x.com")), true],
  ["a mail address with a star, where a host is excluded", excluding(org), named("O=v", email("*@x.com")), true],
  ["a host, where a mail address with a star is excluded", excluding(email("*@x.com")), named("O=v", dns("*.x.com")), true],

  ["a subject that is permitted", permitting(directory("c=de")), named("C=DE,O=v"), true],
  ["one that is not", permitting(directory("c=fr")), named("C=DE,O=v"), false],
  ["no subject", permitting(directory("c=fr")), named("", mail), true],
  ["a subject that is excluded", excluding(directory("c=de")), named("C=DE,O=v"), false],

  ["a mail address in the subject", permitting(email("x.com")), named("O=v,E=me@x.com"), true],
  ["one that is not permitted", permitting(email("x.com")), named("O=v,E=me@x.org"), false],
  ["one beside alternative names", permitting(email("x.com")), named("O=v,E=me@x.org", a), true],
  ["one without a domain", permitting(email("x.com")), named("O=v,E=me@"), true],
  ["one whose domain is a dot", permitting(email("x.com")), named("O=v,E=me@."), true],
  ["another attribute like one", permitting(email("x.com")), named("O=me@x.org"), true],

  ["a common name that is a host", permitting(com), named("CN=a.x.com"), true],
  ["one that is not permitted", permitting(com), named("CN=a.x.org"), false],
  ["one with a star", permitting(com), named("CN=*.x.org"), false],
  ["one beside alternative names of hosts", permitting(com), named("CN=a.x.org", a), true],
  ["one beside alternative names of hosts and of another kind", permitting(com), named("CN=a.x.org", a, mail), true],
  ["one beside alternative names of another kind", permitting(com), named("CN=a.x.org", mail), false],
  ["one that is no host", permitting(com), named("CN=Me and you"), true],
  ["one with an empty label", permitting(com), named("CN=a..x.org"), true],
  ["one with a blank behind", permitting(com), named("CN=a.x.org b"), true],
  ["one with a blank before", permitting(com), named("CN=b a.x.org"), true],

  ["a common name that is an address", permitting(ip("0a000000ff000000")), named("CN=10.0.0.1"), true],
  ["one that is not permitted", permitting(ip("0a000000ff000000")), named("CN=11.0.0.1"), false],
  ["one beside alternative addresses", permitting(ip("0a000000ff000000")), named("CN=11.0.0.1", ip("0a000001")), true],
  ["one beside alternative hosts", permitting(ip("0a000000ff000000")), named("CN=11.0.0.1", a), false],
  ["one is no host", permitting(com), named("CN=10.0.0.1"), true],

  ["half an address, where addresses count", permitting(ip("0a000000ff000000")), named("CN=10.1"), false],
  ["half an address, where hosts are excluded", excluding(com), named("CN=10.1"), false],
  ["half an address, where mail and hosts are excluded", excluding(mail, com), named("CN=10.1"), false],
  ["half an address, where mail counts", permitting(mail), named("CN=10.1"), true],
  ["an address of IPv6, where hosts count", permitting(com), named("CN=fe80::1%eth0"), false],
  ["an address of IPv6, where mail counts", permitting(mail), named("CN=fe80::1"), true],
  ["a colon in a name", permitting(com), named("CN=Acme: tools"), true],
  ["a colon at its end", permitting(com), named("CN=Acme tools:1"), true],
  ["a word without a colon", permitting(mail, com), named("CN=a_b"), true],
  ["digits among other signs, behind", permitting(com), named("CN=10 a"), true],
  ["digits among other signs, before", permitting(com), named("CN=a 10"), true],

  ["a name that cannot be compared", excluding(oidName("1.2.3")), named("O=v", oidName("1.2.4")), false],
])("%s", (_name, constraints, certificate, expected) => {
  expect(allowsNames(constraints, certificate)).toBe(expected);
});
