import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingKinds, judgeTaco, openTrustStores, unpackTaco, verifyTaco } from "../../provider/signature";
import type { Verdict, VerifyOptions } from "../../provider/signature";
import { ManifestSections } from "../../provider/signature/jar/manifest-sections";
import { Lines } from "../../provider/signature/jar/lines";
import { parseManifestText } from "../../provider/signature/jar/manifest-text";
import { jar } from "../../scripts/signature/cases/case";
import { buildZip } from "../taco/zip-builder";
import { corpus, readCorpusFiles } from "./corpus";

let files: ReadonlyMap<string, Buffer>;
let trust: VerifyOptions["trust"];
const at = new Date(corpus.at);
const taco = (name: string): Buffer => files.get(`${name}.taco`) ?? Buffer.alloc(0);
const codes = ({ findings }: Verdict): string[] => findings.map(({ code }) => code);

beforeAll(async () => {
  files = await readCorpusFiles();
  trust = await openTrustStores({ keystores: [{ name: "store", bytes: files.get("store-0.pem") ?? Buffer.alloc(0) }] });
});

describe("verifyTaco", () => {
  it("tells who signed, when, and how far the signature reaches", async () => {
    const verdict = await verifyTaco(taco("good"), { trust: trust ?? {}, at });
    expect(verdict).toMatchObject({
      accepted: true,
      jarsigner: { result: "verified", exitCode: 0 },
      findings: [],
      timestamp: { time: "2024-06-01T12:00:00.000Z", trusted: true, authority: { subject: "C=DE, O=Clock, CN=Time Authority" } },
    });
    expect(verdict.signers).toMatchObject([
      {
        block: "META-INF/VENDOR.EC",
        algorithms: ["SHA-256", "SHA256withECDSA"],
        key: "EC prime256v1",
        entries: 3,
        trusted: true,
        chain: [{}, {}],
      },
    ]);
  });

  it("gives the same verdict for a path as for bytes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "verify-"));
    try {
      writeFileSync(join(folder, "a.taco"), taco("good"));
      expect(await verifyTaco({ path: join(folder, "a.taco") }, { trust: trust ?? {}, at })).toEqual(
        await verifyTaco(taco("good"), { trust: trust ?? {}, at }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("gives the same verdicts for a package that was unpacked once", async () => {
    const unpacked = await unpackTaco(taco("good"));
    for (const options of [{ at }, { trust: trust ?? {}, at }, { trust: trust ?? {}, at, tableauVersion: "2024.2" }]) {
      expect(await judgeTaco(unpacked, options)).toEqual(await verifyTaco(taco("good"), options));
    }
    expect(await judgeTaco(await unpackTaco(Buffer.from("no zip")), { at })).toEqual(await verifyTaco(Buffer.from("no zip"), { at }));
  });

  it("does not accept anything without a trust store, and says so", async () => {
    const verdict = await verifyTaco(taco("good"), { at });
    expect(verdict).toMatchObject({
      accepted: false,
      jarsigner: { result: "signer-errors", exitCode: 68 },
      signers: [{ trusted: null, timestamp: { trusted: null } }],
    });
    expect(verdict.findings.filter(({ severity }) => severity === "refuse").map(({ code, category }) => [code, category])).toEqual([
      ["trust-unknown", "trust"],
    ]);
  });

  it("refuses a release that is none, of which the error says only the beginning", async () => {
    const tableauVersion = `v${"1".repeat(100_000)}`;
    const error = await verifyTaco(taco("good"), { at, tableauVersion }).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: `tableauVersion is "v${"1".repeat(59)}", expected a release such as "2024.2".` });
  });

  it("wants a certificate of the chain in a keystore, but not in cacerts", async () => {
    const store = { name: "store", bytes: files.get("store-0.pem") ?? Buffer.alloc(0) };
    const asKeystore = await verifyTaco(taco("chain-deep"), { trust: { keystores: [store] }, at });
    expect(asKeystore.jarsigner).toEqual({ result: "signer-errors", exitCode: 32 });
    expect(codes(asKeystore)).toEqual(["not-in-trust-store"]);
    const asCacerts = await verifyTaco(taco("chain-deep"), { trust: { cacerts: [store] }, at });
    expect(asCacerts).toMatchObject({ accepted: true, jarsigner: { result: "verified", exitCode: 0 }, findings: [] });
  });

  it.each<[string, string]>([
    ["2026-11-24", "accepted"],
    ["2119-06-01", "accepted"],
    ["2120-06-01", "refused"],
  ])("judges by the moment that it is given: %s", async (moment, expected) => {
    const { accepted } = await verifyTaco(taco("good"), { trust: trust ?? {}, at: new Date(moment) });
    expect(accepted ? "accepted" : "refused").toBe(expected);
  });

  it("warns in days before a certificate or a timestamp ends", async () => {
    const soon = await verifyTaco(taco("good-without-timestamp"), { trust: trust ?? {}, at: new Date("2119-12-02") });
    expect(soon.findings.find(({ code }) => code === "certificate-expires-soon")?.message).toMatch(/expires in 30 days, on 2120-01-01/);
    const stamped = await verifyTaco(taco("good"), { trust: trust ?? {}, at: new Date("2119-12-02") });
    expect(codes(stamped)).toEqual(["timestamp-expires-soon"]);
  });

  it("takes other lists of disabled algorithms, and blocked certificates", async () => {
    const disabled = await verifyTaco(taco("good"), { trust: trust ?? {}, at, disabledAlgorithms: { jar: "SHA256" } });
    expect(disabled.jarsigner.result).toBe("treated-unsigned-weak");
    const { signers } = await verifyTaco(taco("good"), { trust: trust ?? {}, at });
    const blocked = await verifyTaco(taco("good"), { trust: trust ?? {}, at, blockedCerts: new Set([signers[0]?.sha256 ?? ""]) });
    expect(codes(blocked)).toContain("certificate-blocked");
  });

  it("passes the file system's error on", async () => {
    await expect(verifyTaco({ path: "/does/not/exist.taco" })).rejects.toMatchObject({ code: "ENOENT" });
    await expect(verifyTaco({ path: tmpdir() })).rejects.toThrow();
  });

  it.each(Object.keys(corpus.packages).filter((_, index) => index % 20 === 0))(
    "keeps what depends on trust, and what depends on the day, apart from the rest: %s",
    async (name) => {
      const rest = async (options: VerifyOptions): Promise<string[]> =>
        (await verifyTaco(taco(name), options)).findings
          .filter(({ category }) => category === "integrity" || category === "signature")
          .map(({ message }) => message);
      expect(await rest({ at })).toEqual(await rest({ trust: trust ?? {}, at: new Date("2027-11-24") }));
    },
  );
});

describe("Tableau's own rules", () => {
  it.each<[string, string, readonly string[]]>([
    ["good", "2019.3", ["tableau-not-packaged"]],
    ["good", "2019.4", ["tableau-does-not-verify"]],
    ["good", "2024.2", []],
    ["good", "2025.1", ["tableau-root-embedded"]],
    ["good-without-timestamp", "2024.2", ["tableau-timestamp-missing"]],
    ["good-without-timestamp", "2019.4", ["tableau-does-not-verify"]],
  ])("%s on %s", async (name, tableauVersion, expected) => {
    const verdict = await verifyTaco(taco(name), { trust: trust ?? {}, at, tableauVersion });
    expect(verdict.findings.filter(({ category }) => category === "tableau").map(({ code }) => code)).toEqual(expected);
  });

  it("does not change jarsigner's verdict or the other findings", async () => {
    for (const name of ["good", "good-without-timestamp", "tampered-entry", "chain-untrusted", "date-expired"]) {
      const without = await verifyTaco(taco(name), { trust: trust ?? {}, at });
      const { jarsigner, findings } = await verifyTaco(taco(name), { trust: trust ?? {}, at, tableauVersion: "2025.1" });
      expect(jarsigner).toEqual(without.jarsigner);
      expect(findings.filter(({ category }) => category !== "tableau")).toEqual(without.findings);
      expect(without).not.toHaveProperty("tableau");
    }
  });

  it.each<[string, RegExp]>([
    ["good-without-timestamp", /Taco signature verification failed/],
    ["unsigned-with-manifest", /^\.taco is not signed\./],
    ["added-added-js", /There are unsigned files in the \.taco\./],
    ["chain-untrusted", /The signer certificate chain is not validated\./],
    ["date-expired", /The signer certificate has expired\./],
    ["date-not-yet-valid", /The signer certificate is not yet valid\./],
    ["chain-leaf-eku-server", /Bad key usage/],
  ])("says what the log would say about %s", async (name, line) => {
    const { tableau } = await verifyTaco(taco(name), { trust: trust ?? {}, at, tableauVersion: "2024.2" });
    expect(tableau).toMatchObject({ version: "2024.2", loads: false });
    expect(tableau?.log.join("\n")).toMatch(line);
  });

  it("says that a good package is verified, and by whom it is signed", async () => {
    const { tableau } = await verifyTaco(taco("good"), { trust: trust ?? {}, at, tableauVersion: "2024.2" });
    expect(tableau).toEqual({ version: "2024.2", loads: true, log: [".taco verified.", "Signed by: C=DE, O=Vendor, CN=Connector Vendor"] });
  });
});

describe("hostile signatures cost bounded work", () => {
  afterEach(() => jest.restoreAllMocks());

  const manifest = (text: string): Buffer =>
    buildZip([{ name: "META-INF/MANIFEST.MF", data: text, method: 0 }, { name: "META-INF/A.SF" }, { name: "META-INF/A.RSA" }]);

  it("refuses thousands of blocks without reading all of them", async () => {
    const entries = Array.from({ length: 3000 }, (_, index) => ({ name: `META-INF/${index}.RSA`, data: "x" }));
    const verdict = await verifyTaco(buildZip([{ name: "META-INF/MANIFEST.MF", data: "Manifest-Version: 1.0\r\n\r\n" }, ...entries]), {
      at,
    });
    expect(verdict.accepted).toBe(false);
    expect(verdict.findings.length).toBeLessThan(60);
  });

  it("refuses a manifest larger than it reads", async () => {
    const verdict = await verifyTaco(manifest("A: b\r\n".repeat(1_500_000)), { at });
    expect(codes(verdict)).toContain("manifest-malformed");
  });

  it("reads many sections of one name, and one name of many folds, in one pass", () => {
    const sections = Buffer.from(`A: b\n\n${"Name: x\nB: c\n\n".repeat(100_000)}`);
    expect([...parseManifestText(sections).sections]).toHaveLength(1);
    expect(new ManifestSections(sections).get("x")).toHaveLength(100_000);
    const folded = Buffer.from(`A: b\n\nName: ${"x\n ".repeat(200_000)}\nB: c\n\n`);
    expect([...parseManifestText(folded).sections].map(([name]) => name)).toEqual(["x".repeat(200_000)]);
    expect(new ManifestSections(folded).get("x".repeat(200_000))).toHaveLength(1);
  });

  it("makes no text of 10,000 sections and their attributes but what is asked for", () => {
    const section = (index: number): string => `Name: ${index}\nA: b\nC-Digest: d\n\n`;
    const bytes = Buffer.from(`A: b\n\n${Array.from({ length: 10_000 }, (_, index) => section(index)).join("")}`);
    const texts = jest.spyOn(Buffer.prototype, "toString");
    const { sections } = parseManifestText(bytes);
    expect(texts).not.toHaveBeenCalled();
    const found = sections.among(new Set(["7", "none"]));
    expect(texts).toHaveBeenCalledTimes(10_000);
    expect(found.size).toBe(1);
    expect(found.get("7")?.get("C-DIGEST")?.value).toBe("d");
    expect(texts).toHaveBeenCalledTimes(10_000 + 3);
  });

  it("makes no text of the values of 10,000 attributes that nobody asked for", () => {
    const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, index) => `A${index}: b\n c\n`).join(""));
    const texts = jest.spyOn(Buffer.prototype, "toString");
    const { main } = parseManifestText(bytes);
    expect(texts).not.toHaveBeenCalled();
    expect(main.get("A9999")).toEqual({ name: "A9999", value: "bc" });
    expect(texts).toHaveBeenCalledTimes(10_000 + 1);
  });

  it("reads the section of 500 entries of one name as often as that of one", async () => {
    const attributes = Array.from({ length: 1000 }, (_, index) => `A${index}: b\n`).join("");
    const lines = jest.spyOn(Lines.prototype, "next");
    const linesRead = async (entries: number): Promise<number> => {
      const others = Array.from({ length: entries }, () => ({ name: "x", data: "x" }));
      const first = { name: "META-INF/MANIFEST.MF", data: `A: b\n\nName: x\n${attributes}\n` };
      lines.mockClear();
      // A name that is there twice, in both packages: the manifest of such a zip is read once more.
      const verdict = await verifyTaco(buildZip([first, ...others, { name: "y" }, { name: "y" }]), { at });
      expect(codes(verdict)).toContain("zip-duplicate-name");
      return lines.mock.calls.length;
    };
    const once = await linesRead(1);
    expect(once).toBeGreaterThan(1000);
    expect(await linesRead(500)).toBe(once);
  });

  it("names some of 100,000 missing entries that were signed, and counts the others", async () => {
    const missing = Array.from({ length: 100_000 }, (_, index): [string, string] => [`gone-${index}`, "AAAA"]);
    const spec = { signatureFile: { sections: (own: readonly (readonly [string, string])[]) => [...own, ...missing] } };
    const verdict = await verifyTaco(jar({ blocks: [spec] }), { trust: trust ?? {}, at });
    const messages = verdict.findings.filter(({ code }) => code === "entry-missing").map(({ message }) => message);
    expect(messages).toHaveLength(21);
    expect(messages[19]).toContain('"gone-19"');
    expect(messages[20]).toContain("There are 99980 more findings of this kind.");
  });
});

describe("findingKinds", () => {
  it("is a closed list, each with what to do", () => {
    expect(Object.entries(findingKinds).map(([code, { category, severity }]) => `${code}: ${category}, ${severity}`)).toMatchSnapshot();
    for (const { advice } of Object.values(findingKinds)) {
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });
});
