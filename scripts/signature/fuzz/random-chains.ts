import { extension, generalName, issue, name as distinguishedName } from "../build/certificates";
import type { CertificateSpec, Issued } from "../build/certificates";
import { bitString, context, ia5String, implicit, oid, sequence, utf8String } from "../build/der";
import { jar, usual } from "../cases/case";
import { intermediate, root } from "../cases/pki";
import type { Mutant } from "./mutants";
import type { Random } from "./random";

const hosts = [
  "example.com", "www.example.com", "a.www.example.com", "example.org", "other.example", ".example.com", "example.com.", "com", "", ".", "..", "a..b", "-a.example.com", "a-.example.com",
  "a_b.example.com", "*.example.com", "w*.example.com", "*", "EXAMPLE.com", "xn--bcher-kva.example.com", "1.example.com", "example.1", "1a", "127.0.0.1", "10.1", "2130706433", "0x7f.1", "::1",
  "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%eth0]", "[::1", "example.com:443", "user@example.com", "exa mple.com", "example.com/path", `${"x".repeat(64)}.com`, `${"x".repeat(63)}.com`,
  `${"a.".repeat(126)}b`, `${"a.".repeat(127)}b`, "ex\u00e4mple.com", "example.com\u0000.evil", "%65xample.com", "example%2ecom", "localhost", "a.b.c.d.e",
] as const; // prettier-ignore
const schemes = [
  "http://",
  "https://",
  "ldap:///",
  "ldap://",
  "urn:",
  "mailto:",
  "spiffe://",
  "http:",
  "http:/",
  "//",
  "",
  "HTTP://",
  "1http://",
  "file:///",
  "a+b-c.d://",
  "http:///",
] as const;
const ports = ["", "", "", ":80", ":", ":99999", ":999999999999", ":-1", ":a"] as const;
const paths = [
  "",
  "",
  "/",
  "/path",
  "?query",
  "#fragment",
  "/a b",
  "/%zz",
  "/%20",
  "/[x]",
  "?[x]",
  "#a#b",
  "/\u00e4",
  "/{x}",
  "/a;b=c",
] as const;
const mails = [
  "a@example.com",
  "example.com",
  ".example.com",
  "a@",
  "@",
  "@example.com",
  "",
  ".",
  "a@.",
  "A@EXAMPLE.com",
  "a@b@example.com",
  "a@www.example.com",
  "a b@example.com",
  "\u00e4@example.com",
  "a@other.example",
] as const;
const addresses = [
  "7f000001",
  "0a000001",
  "0a000000ff000000",
  "0a010000ffff0000",
  "0a0100000000ffff",
  "00000000000000000000000000000001",
  "00000000000000000000ffff7f000001",
  "fe80000000000000000000000000000100000000000000000000000000000000",
  "00000000000000000000ffff0a000000ffffffffffffffffffffffffff000000",
  "0000000000000000",
  "",
  "7f",
  "7f00000100",
  "ffffffffffffffff",
  "0a000001ff000000",
] as const;
const directories = [
  "O=Acme",
  "O=Acme,CN=Leaf",
  "O=acme",
  "CN=Leaf",
  "O=Elsewhere",
  "",
  "O=Acme,OU=Unit",
  "E=a@example.com",
  "O=Acme ,CN=x",
] as const;
const commonNames = [
  "Leaf",
  "www.example.com",
  "example.com",
  "*.example.com",
  "other.example",
  "127.0.0.1",
  "10.1",
  "2130706433",
  "10.0.0.1",
  "::1",
  "a..b",
  "a-",
  "-a",
  "host_name",
  "1.2.3.4.5",
  "fe80::1%1",
  "a:b",
  "x".repeat(64),
  "",
] as const;
const kinds = ["dns", "uri", "email", "ip", "directory", "other"] as const;
type Kind = (typeof kinds)[number];
type Place = "name" | "constraint";

/** A package whose certificates have random names and constraints, most of them of one kind so that they meet. */
export function makeChain(random: Random): Mutant {
  const focus = random.pick(kinds);
  const depth = random.below(3);
  let issuer: Issued = random.below(3) === 0 ? root : intermediate;
  const between: Issued[] = issuer === root ? [] : [intermediate];
  for (let level = 0; level < depth; level++) {
    const subject = random.below(6) === 0 ? "O=Acme" : `O=Acme,CN=Level ${level}`;
    issuer = issue({ subject, keyName: `level ${level}`, ca: "ca", issuer, extensions: extensions(focus, random, "issuer") });
    between.unshift(issuer);
  }
  const leaf = issue({ ...leafSubject(random), keyName: "leaf", issuer, extensions: extensions(focus, random, "leaf") });
  const certificates = random.below(8) === 0 ? [...between, root, leaf] : [leaf, ...between, root];
  return { kind: `chain-${focus}`, taco: jar({ blocks: [{ signers: [usual({ certificate: leaf })], certificates }] }) };
}

function leafSubject(random: Random): Pick<CertificateSpec, "subject"> {
  const parts = [
    ...(random.below(3) === 0 ? [] : ["O=Acme"]),
    ...(random.below(6) === 0 ? [`E=${random.pick(mails).replace(/[,=]/g, "")}`] : []),
    ...(random.below(8) === 0 ? ["CN=first"] : []),
    `CN=${random.below(2) === 0 ? "Leaf" : random.pick(commonNames)}`,
  ];
  return { subject: parts.join(",") };
}

function extensions(focus: Kind, random: Random, of: "issuer" | "leaf"): Buffer[] {
  const critical = (): "critical" | "plain" => (random.below(2) === 0 ? "critical" : "plain");
  const plain = (): "critical" | "plain" => (random.below(12) === 0 ? "critical" : "plain");
  const found: Buffer[] = [];
  if (random.below(of === "leaf" ? 2 : 4) === 0) {
    found.push(extension("2.5.29.17", names(focus, random), critical()));
  }
  if (random.below(of === "leaf" ? 6 : 2) === 0) {
    found.push(extension("2.5.29.30", constraints(focus, random), critical()));
  }
  if (random.below(6) === 0) {
    found.push(extension("2.5.29.18", names(focus, random), plain()));
  }
  if (random.below(6) === 0) {
    found.push(extension(random.pick(["2.5.29.31", "2.5.29.46"]), sequence(distributionPoint(focus, random)), plain()));
  }
  if (random.below(6) === 0) {
    const access = sequence(oid("1.3.6.1.5.5.7.48.2"), one(random.below(3) === 0 ? focus : "uri", random, "name"));
    found.push(extension(random.pick(["1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.11"]), sequence(access), plain()));
  }
  return found;
}

function distributionPoint(focus: Kind, random: Random): Buffer {
  const list = context(0, one(random.below(3) === 0 ? focus : "uri", random, "name"));
  return sequence(context(0, list), ...(random.below(4) === 0 ? [context(2, one("directory", random, "name"))] : []));
}

function names(focus: Kind, random: Random): Buffer {
  return sequence(
    ...Array.from({ length: random.below(8) === 0 ? random.below(5) : 1 + random.below(2) }, () =>
      one(kindOf(focus, random), random, "name"),
    ),
  );
}

function constraints(focus: Kind, random: Random): Buffer {
  const list = (tag: number, few: number): Buffer[] =>
    few === 0 && random.below(12) !== 0
      ? []
      : [
          context(
            tag,
            ...Array.from({ length: few }, () => sequence(one(kindOf(focus, random), random, "constraint"), ...distance(random))),
          ),
        ];
  return sequence(...list(0, random.below(3)), ...list(1, random.below(2)));
}

function distance(random: Random): Buffer[] {
  return random.below(40) === 0 ? [implicit(random.below(2), Buffer.from([random.below(2)]))] : [];
}

function kindOf(focus: Kind, random: Random): Kind {
  return random.below(5) === 0 ? random.pick(kinds) : focus;
}

function one(kind: Kind, random: Random, place: Place): Buffer {
  const sensible = random.below(2) === 0;
  switch (kind) {
    case "dns":
      return generalName("dns", sensible ? random.pick(hosts.slice(0, 6)) : random.pick(hosts));
    case "uri":
      return generalName("uri", uri(random, place, sensible ? "sensible" : "odd"));
    case "email":
      return generalName("email", sensible ? random.pick(mails.slice(0, 3)) : random.pick(mails));
    case "ip":
      return implicit(7, Buffer.from(sensible ? random.pick(addresses.slice(0, 4)) : random.pick(addresses), "hex"));
    case "directory":
      return context(4, distinguishedName(sensible ? random.pick(directories.slice(0, 3)) : random.pick(directories)));
    case "other":
      return unusual(random);
  }
}

function uri(random: Random, place: Place, choice: "sensible" | "odd"): string {
  if (choice === "sensible") {
    return place === "constraint" ? random.pick(hosts.slice(0, 6)) : `https://${random.pick(hosts.slice(0, 5))}/path`;
  }
  return place === "constraint" && random.below(2) === 0
    ? random.pick(hosts)
    : `${random.pick(schemes)}${random.pick(hosts)}${random.pick(ports)}${random.pick(paths)}`;
}

/** Names that hardly anybody uses, and some that are none. */
function unusual(random: Random): Buffer {
  switch (random.below(8)) {
    case 0:
      return context(0, oid(random.pick(["1.3.6.1.4.1.311.20.2.3", "2.5.29.17", "1.2.3.4"])), context(0, utf8String("a@example.com")));
    case 1:
      return context(3, sequence());
    case 2:
      return context(5, random.pick([context(1, utf8String("party")), implicit(1, utf8String("party"))]));
    case 3:
    case 4:
      return implicit(8, random.pick([oid("1.2.3.4").subarray(2), oid("1.2.3.5").subarray(2), Buffer.alloc(0), Buffer.from([0x80, 1])]));
    case 5:
      return implicit(9 + random.below(4), Buffer.from("x"));
    case 6:
      return random.pick([ia5String("x"), bitString(Buffer.from([1])), implicit(0, Buffer.from("x")), implicit(4, Buffer.from("x"))]);
    default:
      return context(1 + random.below(7), ia5String("example.com"));
  }
} // prettier-ignore
