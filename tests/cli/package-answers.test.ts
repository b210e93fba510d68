import { answersOf } from "../../provider/cli/package-answers";
import type { CertificateReport, SignerReport } from "../../provider/signature";
import type { Taco } from "../../provider/taco";

const certificate = (subject: string, notAfter: string, issuer = "CN=Authority"): CertificateReport => ({
  subject,
  issuer,
  serial: "01",
  sha256: "00",
  notBefore: "2020-01-01T00:00:00.000Z",
  notAfter: `${notAfter}T00:00:00.000Z`,
});
const signer = (notAfter: string, more: Partial<SignerReport> = {}): SignerReport => ({
  ...certificate("CN=Vendor", notAfter),
  block: "META-INF/VENDOR.RSA",
  algorithms: [],
  key: "RSA 3072",
  chain: [],
  entries: 1,
  trusted: true,
  timestamp: null,
  ...more,
});
const stamped = (until: string): Partial<SignerReport> => ({
  timestamp: { time: "2025-05-05T00:00:00.000Z", authority: certificate("CN=Clock", until), trusted: true },
});
const taco: Taco = {
  sha256: "00",
  size: 1,
  kind: "connector",
  pluginClass: "a_jdbc",
  superclass: "jdbc",
  pluginVersion: "1.0.0",
  hasVendorInformation: true,
  signed: true,
  entries: [],
};

const told = (signers: readonly SignerReport[], package_: Taco | null = taco): Record<string, string> =>
  Object.fromEntries(answersOf(signers, package_));

describe("until when a signature is valid", () => {
  test.each<[string, readonly SignerReport[], RegExp]>([
    ["without a timestamp until its certificate ends", [signer("2027-03-01")], /^2027-03-01, .*no timestamp$/],
    ["or an authority's of its chain, if that is earlier", [signer("2027-03-01", { chain: [certificate("CN=Authority", "2026-12-31", "CN=Root")] })], /^2026-12-31/],
    ["but not a root's, which nobody asks", [signer("2027-03-01", { chain: [certificate("CN=Root", "2026-12-31", "CN=Root")] })], /^2027-03-01/],
    ["with a timestamp as long as the timestamp's authority", [signer("2027-03-01", stamped("2035-01-01"))], /^2035-01-01, by its timestamp of 2025-05-05; its certificate ends 2027-03-01$/],
    ["which takes nothing away where it ends earlier", [signer("2027-03-01", stamped("2026-01-01"))], /^2027-03-01, when its certificate ends$/],
    ["the first end of several signers counts", [signer("2031-01-01", stamped("2032-01-01")), signer("2029-01-01")], /^2029-01-01/],
  ])("%s", (_name, signers, expected) => {
    expect(told(signers)["valid until"]).toMatch(expected);
  }); // prettier-ignore

  it("is not told of what nobody signed", () => {
    expect(told([])).toMatchObject({ "signed by": "nobody" });
    expect(told([])).not.toHaveProperty("valid until");
  });
});

describe("which releases load it", () => {
  const good = signer("2030-01-01", stamped("2035-01-01"));
  test.each<[string, readonly SignerReport[], Taco | null, string]>([
    ["all that load packages", [good], taco, "Tableau 2019.4 or later"],
    ["from its own first one on", [good], { ...taco, minVersionTableau: "2021.4" }, "Tableau 2021.4 or later"],
    ["none that refuses roots", [{ ...good, chain: [certificate("CN=R", "2040-01-01", "CN=R")] }], { ...taco, minVersionTableau: "2021.4" }, "Tableau 2021.4 or later, before 2025.1: from then on it is refused since its signature holds a root certificate"],
    ["none at all, where only later ones would", [{ ...good, chain: [certificate("CN=R", "2040-01-01", "CN=R")] }], { ...taco, minVersionTableau: "2025.2" }, "none: it is for 2025.2 and later, which refuse it since its signature holds a root certificate"],
    ["without a timestamp only one that does not verify", [signer("2030-01-01")], taco, "Tableau 2019.4 or later, before 2020.1: from then on it is refused since its signature has no timestamp"],
    ["the same without vendor information", [good], { ...taco, hasVendorInformation: false }, "Tableau 2019.4 or later, before 2020.1: from then on it is refused since it has no vendor information"],
    ["which a web data connector needs not", [good], { ...taco, kind: "web-data-connector", hasVendorInformation: false }, "Tableau 2019.4 or later"],
    ["unsigned", [], { ...taco, minVersionTableau: "2021.4" }, "none: it is for 2021.4 and later, which refuse it since it is not signed"],
    ["not known", [good], null, "not known, since its manifest cannot be read"],
  ])("%s", (_name, signers, package_, expected) => {
    expect(told(signers, package_)["releases"]).toBe(expected);
  }); // prettier-ignore
});
