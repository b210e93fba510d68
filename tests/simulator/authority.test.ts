import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyTaco, type Verdict } from "../../provider/signature";
import { verifyOnSimulatedNode } from "../../provider/cli/simulate-daemon";
import { makeTaco, signTaco, simulatedTrustStore, startCluster, tamper, type TacoOptions } from "../../simulator";
import { simulatedAuthority } from "../../simulator/authority/authorities";
import { der } from "../../simulator/authority/der";
import { writeTrust } from "../../simulator/authority/write-trust";
import { buildZip } from "../taco/zip-builder";
import { place, temporaryFolder } from "./support";

type Signed = NonNullable<TacoOptions["signed"]>;

const folder = temporaryFolder();
const jre = join(folder, "jre");
const cacerts = join(jre, "lib/security/cacerts");
mkdirSync(jre);
writeTrust(jre, undefined);
afterAll(() => rmSync(folder, { recursive: true }));

const taco = (signed: Signed, rest: Partial<TacoOptions> = {}): Buffer => makeTaco({ class: "a", pluginVersion: "1.0", signed, ...rest });
const packages = {
  authority: taco("authority"),
  untimestamped: taco("untimestamped"),
  expired: taco("expired"),
  untrusted: taco("untrusted"),
  "root-embedded": taco("root-embedded"),
  none: taco("none"),
  tampered: tamper(taco("authority")),
};

const verify = (bytes: Buffer, tableauVersion = "2025.1"): Promise<Verdict> =>
  verifyTaco(bytes, { trust: { cacerts: [cacerts] }, tableauVersion, at: new Date("2026-06-01T00:00:00Z") });
const refusals = ({ findings }: Verdict): string[] => findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code);

describe("signed packages", () => {
  test.each<[keyof typeof packages, Verdict["jarsigner"], string[]]>([
    ["authority", { result: "verified", exitCode: 0 }, []],
    ["untimestamped", { result: "verified", exitCode: 0 }, ["tableau-timestamp-missing"]],
    ["expired", { result: "signer-errors", exitCode: 4 }, ["certificate-expired", "tableau-timestamp-missing"]],
    ["untrusted", { result: "signer-errors", exitCode: 4 }, ["chain-untrusted"]],
    ["root-embedded", { result: "verified", exitCode: 0 }, ["tableau-root-embedded"]],
    ["none", { result: "unsigned", exitCode: 16 }, ["unsigned"]],
    ["tampered", { result: "exception", exitCode: 1 }, ["entry-tampered"]],
  ])("%s: %j, %j", async (name, jarsigner, codes) => {
    const verdict = await verify(packages[name]);
    expect({ jarsigner: verdict.jarsigner, refusals: refusals(verdict) }).toEqual({ jarsigner, refusals: codes });
  });

  test("what is signed well has no finding at all, and says who signed and when", async () => {
    const { accepted, findings, signers, timestamp } = await verify(packages.authority);
    expect({ accepted, findings }).toEqual({ accepted: true, findings: [] });
    expect(signers).toMatchObject([
      { block: "META-INF/VENDOR.RSA", subject: expect.stringContaining("Simulated Connector Vendor"), trusted: true },
    ]);
    expect(timestamp).toMatchObject({ time: "2026-01-15T12:00:00.000Z", trusted: true });
  });

  test("before 2025.1 the root in the block is no reason for refusing", async () => {
    expect(refusals(await verify(packages["root-embedded"], "2024.2"))).toEqual([]);
  });

  test("the same package always has the same bytes", () => {
    expect(taco("authority").equals(packages.authority)).toBe(true);
    expect(taco("authority", { pluginVersion: "1.1" }).equals(packages.authority)).toBe(false);
  });

  test("signTaco signs what others packed, and signs anew what was signed", async () => {
    const deflated = buildZip([
      { name: "manifest.xml", data: "<x/>", method: 8 },
      { name: "folder/", data: "" },
      { name: "folder/ä ü.txt", data: "text ".repeat(200), method: 8 },
      { name: `${"n".repeat(100)}/${"ö".repeat(60)}`, data: "x" },
      { name: "META-INF/notes.txt", data: "not a signature file" },
    ]);
    for (const bytes of [deflated, packages.none, packages.untrusted, packages.tampered, signTaco(deflated)]) {
      expect((await verify(signTaco(bytes))).findings).toEqual([]);
    }
    expect(signTaco(packages.none).equals(packages.authority)).toBe(true);
    expect(() => signTaco(Buffer.from("no zip"))).toThrow("no zip archive");
  });

  test("tamper changes the file that is named", async () => {
    expect((await verify(tamper(packages.authority, "dialect.tdd"))).findings).toMatchObject([
      { code: "entry-tampered", message: expect.stringContaining("dialect.tdd") },
    ]);
    expect(() => tamper(packages.authority, "missing.txt")).toThrow('no file "missing.txt"');
  });
});

describe("the simulated authority", () => {
  const { root, issuing, signer, expiredSigner, timestamping } = simulatedAuthority();
  const read = ({ certificate }: { certificate: Buffer }): X509Certificate => new X509Certificate(certificate);

  test("certificates are issued by one another", () => {
    expect(read(root).verify(read(root).publicKey)).toBe(true);
    for (const [certificate, issuer] of [
      [issuing, root],
      [timestamping, root],
      [signer, issuing],
      [expiredSigner, issuing],
    ] as const) {
      expect(read(certificate).checkIssued(read(issuer))).toBe(true);
      expect(read(certificate).verify(read(issuer).publicKey)).toBe(true);
    }
  });

  test("their purposes and days", () => {
    expect(read(signer).keyUsage).toEqual(["1.3.6.1.5.5.7.3.3"]);
    expect(read(timestamping).keyUsage).toEqual(["1.3.6.1.5.5.7.3.8"]);
    expect([root, issuing, signer].map((one) => read(one).ca)).toEqual([true, true, false]);
    expect([signer, expiredSigner].map((one) => read(one).validTo)).toEqual(["Jan  1 00:00:00 2044 GMT", "Jan  1 00:00:00 2025 GMT"]);
    expect(read(root).subject).toContain("for simulations only");
  });

  test("a trust store that was there stays, unless one is given", () => {
    const other = join(folder, "other");
    writeTrust(other, Buffer.from("given"));
    writeTrust(other, undefined);
    expect(readFileSync(join(other, "lib/security/cacerts"), "utf8")).toBe("given");
    expect(statSync(cacerts).mode & 0o777).toBe(0o644);
  });
});

describe("a simulated server judges by its nodes' own trust store", () => {
  test("at sign-in", async () => {
    const cluster = await startCluster({
      directory: join(folder, "cluster"),
      nodes: 1,
      version: "2025.1",
      transport: "builtin",
      jobMilliseconds: 5,
      verifyPackage: verifyOnSimulatedNode,
    });
    try {
      expect(readFileSync(cluster.trustStore).equals(simulatedTrustStore())).toBe(true);
      for (const [name, bytes] of Object.entries(packages)) {
        const named = name === "tampered" ? bytes : taco(name as Signed, { class: name.replace("-", "_") });
        place(cluster, "node1", `/opt/tableau/connectors/${name}.taco`, named);
      }
      await cluster.stopServer();
      await cluster.startServer();
      const loaded = (await cluster.state()).nodes[0]?.loaded ?? [];
      const reasons = Object.fromEntries(
        loaded.map(({ file, usable, reason }) => [file.replace(/.*\/|\.taco$/g, ""), usable ? "usable" : reason]),
      );
      expect(reasons).toEqual({
        authority: "usable",
        untimestamped: expect.stringContaining("without a timestamp"),
        expired: expect.stringContaining("expired on 2025-01-01"),
        untrusted: expect.stringContaining("is not trusted"),
        "root-embedded": expect.stringContaining("with the root certificate in it"),
        none: "not signed",
        tampered: expect.stringContaining("changed after signing"),
      });
    } finally {
      await cluster.stop();
    }
  });
});

// A digest that begins with zeros is a number all the same, and Java reads no longer form of it.
test.each([
  ["00000000", "020100"],
  ["000000ff", "020200ff"],
  ["0000007f", "02017f"],
  ["80", "02020080"],
])("the number %s is written as %s", (bytes, written) => {
  expect(der.integer(Buffer.from(bytes, "hex")).toString("hex")).toBe(written);
});

const jvm = spawnSync("jarsigner", ["-J-version"], { encoding: "utf8" });
const hasJdk17 = `${jvm.stdout}${jvm.stderr}`.includes('version "17.');

(hasJdk17 ? describe : describe.skip)("jarsigner of JDK 17 (skipped where it is not on the PATH)", () => {
  test.each<[keyof typeof packages, number, string]>([
    ["authority", 0, "jar verified."],
    ["untimestamped", 0, "jar verified."],
    ["expired", 4, "jar verified, with signer errors."],
    ["untrusted", 36, "jar verified, with signer errors."],
    ["root-embedded", 0, "jar verified."],
    ["none", 16, "jar is unsigned."],
    ["tampered", 1, "SHA-256 digest error for connection-dialog.tcd"],
  ])("%s: exit code %i, %s", (name, status, line) => {
    const file = join(folder, `${name}.taco`);
    writeFileSync(file, packages[name]);
    const run = spawnSync("jarsigner", ["-verify", "-strict", "-keystore", cacerts, file], { encoding: "utf8" });
    expect(run.stdout + run.stderr).toContain(line);
    expect(run.status).toBe(status);
  });
});
