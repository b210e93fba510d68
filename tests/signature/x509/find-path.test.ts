import { collectAnchors } from "../../../provider/signature/trust/trust-anchors";
import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { findPath } from "../../../provider/signature/x509/find-path";
import type { PathRules } from "../../../provider/signature/x509/validate-path";
import { extension, issue, type Issued } from "../../../scripts/signature/build/certificates";
import { implicit, octetString, sequence } from "../../../scripts/signature/build/der";

const at = new Date("2026-11-24");
const disabled = (): undefined => undefined;
const rules: PathRules = {
  constraints: { disabled, disabledKey: disabled },
  blocked: new Set(),
  date: at.getTime(),
  algorithmDate: at.getTime(),
};

describe("which anchor a chain leads to", () => {
  const top = issue({ subject: "CN=Top", ca: "ca" });
  const middle = issue({ subject: "CN=Middle", ca: "ca", issuer: top });
  const leaf = issue({ subject: "CN=Leaf", issuer: middle });
  /** The same name and key as the one in between, from its own hand. */
  const twin = issue({ subject: "CN=Middle", ca: "ca", keyName: "CN=Middle" });
  const stranger = issue({ subject: "CN=Middle", ca: "ca", keyName: "stranger" });
  const outsider = issue({ subject: "CN=Outsider", ca: "ca" });
  const expired = issue({ subject: "CN=Leaf", issuer: middle, to: "2021-01-01" });
  const server = issue({ subject: "CN=Leaf", issuer: middle, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] });
  const unfit = issue({ subject: "CN=Top", ca: "not-ca", keyName: "CN=Top" });
  const topByOther = issue({ subject: "CN=Top", ca: "ca", keyName: "CN=Top", issuer: outsider });

  const sameAsSigner = issue({ subject: "CN=Leaf", keyName: "CN=Leaf", ca: "ca" });
  /** A chain that an unknown one ends, behind so many authorities of which the root issued the last. */
  const longChain = (authorities: number): readonly Issued[] => {
    const between: Issued[] = [];
    for (let index = 0; index < authorities; index++) {
      between.unshift(issue({ subject: `CN=${index}`, ca: "ca", issuer: between[0] ?? top }));
    }
    return [issue({ subject: "CN=Leaf", issuer: between[0] ?? top }), ...between, outsider];
  };

  const find = (chain: readonly Issued[], trusted: readonly Issued[], purpose: "code-signing" | "time-stamping" = "code-signing") => {
    const anchors = trusted.map(({ der }) => ({ certificate: parseCertificate(der), jdk: false }));
    const certificates = chain.map(({ der }) => parseCertificate(der));
    return findPath(certificates, collectAnchors([{ anchors, others: [] }]), purpose, rules);
  };

  test.each<[string, readonly Issued[], readonly Issued[], string]>([
    ["the signer itself, whatever it is for", [server], [server], "fine"],
    ["the signer itself, whenever it is from", [expired, middle], [expired], "fine"],
    ["no chain at all", [], [top], "fine"],
    ["the issuer of the last", [leaf, middle], [top], "fine"],
    ["the last one", [leaf, middle, top], [top], "fine"],
    ["one in the middle, and nothing behind it counts", [leaf, middle, outsider], [middle], "fine"],
    ["one of the same name and key as the middle", [leaf, middle, outsider], [twin], "fine"],
    ["one of the same name and another key", [leaf, middle, top], [stranger], "no-anchor"],
    ["one of two of a name that has the middle's key", [leaf, middle, outsider], [stranger, twin], "fine"],
    ["the right one of two of a name", [leaf], [stranger, middle], "fine"],
    ["the right one of two of a name, in another order", [leaf], [middle, stranger], "fine"],
    ["nobody", [leaf, middle, top], [], "no-anchor"],
    ["nobody who has a name in it", [leaf, middle, top], [outsider], "no-anchor"],
    ["the issuer of one on the way", [leaf, middle, topByOther], [top], "fine"],
    ["the issuer of one on the way, before one that nobody knows", [leaf, middle, outsider], [top], "fine"],
    ["the issuer of the last, of the same name and key as the signer", [expired, middle], [sameAsSigner, top], "expired"],
    ["one in the middle, and another of the name and key of the signer", [expired, middle, outsider], [sameAsSigner, middle], "expired"],
    ["the issuer of one on the way, that is of another key", [leaf, outsider], [stranger], "no-anchor"],
    ["an issuer on the way, where the last one's is known and unfit", [leaf, middle], [unfit], "anchor-unfit"],
    ["a signer that is too old", [expired, middle], [top], "expired"],
    ["a signer for servers", [server, middle], [top], "purpose"],
  ])("%s", (_name, chain, trusted, expected) => {
    expect(find(chain, trusted)?.code ?? "fine").toBe(expected);
  });

  // As Java's PKIXBuilderParameters have it.
  test.each([
    [0, "fine"],
    [1, "fine"],
    [5, "fine"],
    [6, "no-anchor"],
  ])("an anchor that is found on the way stands behind five authorities at most: %d", (authorities, expected) => {
    expect(find(longChain(authorities), [top])?.code ?? "fine").toBe(expected);
  });

  test("what is told", () => {
    expect(find([leaf, middle], [outsider])?.reason).toBe("its chain ends at CN=Top, which is not in the trust store");
    expect(find([leaf, middle, topByOther], [])?.reason).toBe("its chain ends at CN=Outsider, which is not in the trust store");
    expect(find([leaf, middle], [top], "time-stamping")).toEqual({
      code: "purpose",
      reason: "its ExtendedKeyUsage does not include timeStamping",
    });
  });

  test("a problem of one anchor is told before that of one which does not fit at all", () => {
    expect(find([leaf], [stranger])?.code).toBe("signature");
  });
});

describe("identifiers of an issuer", () => {
  const keyOf = (id: number): Buffer => extension("2.5.29.14", octetString(Buffer.from([id])));
  const issuedBy = (...parts: readonly Buffer[]): Buffer => extension("2.5.29.35", sequence(...parts));
  const keyId = (id: number): Buffer => implicit(0, Buffer.from([id]));
  const serial = (number: number): Buffer => implicit(2, Buffer.from([number]));

  test.each<[string, readonly Buffer[], 1 | 3, readonly Buffer[], boolean]>([
    ["neither says anything", [], 3, [], true],
    ["the key fits", [keyOf(1)], 3, [issuedBy(keyId(1))], true],
    ["the key does not fit", [keyOf(1)], 3, [issuedBy(keyId(2))], false],
    ["the anchor alone says something of its key", [keyOf(1)], 3, [], true],
    ["the anchor says nothing of its key", [], 3, [issuedBy(keyId(2))], true],
    ["the number fits", [], 3, [issuedBy(serial(7))], true],
    ["the number does not fit", [], 3, [issuedBy(serial(8))], false],
    ["the number does not fit, and the anchor is of version 1", [], 1, [issuedBy(serial(8))], true],
    ["the key fits, and the number does not", [keyOf(1)], 3, [issuedBy(keyId(1), serial(8))], false],
    ["the number fits, and the key does not", [keyOf(1)], 3, [issuedBy(keyId(2), serial(7))], false],
  ])("%s", (_name, own, version, issued, expected) => {
    const anchor = issue({ subject: "CN=Anchor", ca: "ca", serial: 7n, version, extensions: own });
    const certificate = parseCertificate(issue({ subject: "CN=Issued", issuer: anchor, extensions: issued }).der);
    const anchors = collectAnchors([{ anchors: [{ certificate: parseCertificate(anchor.der), jdk: false }], others: [] }]);
    expect(findPath([certificate], anchors, "code-signing", rules)?.code ?? "fine").toBe(expected ? "fine" : "no-anchor");
  });
});
