import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { certificateLifecycle } from "../../../provider/lifecycle/certificate";
import { connectorLifecycle } from "../../../provider/lifecycle/connector";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import { unknownValue } from "../../../provider/schema/unknown";
import { makeTaco } from "../../../simulator";
import { strangeAuthority } from "../../../simulator/authority/authorities";
import { issueCertificate } from "../../../simulator/authority/issue-certificate";
import { trustDigest } from "../../../provider/actions/trust/trust-files";
import { simulatedTrustStore } from "../../../simulator/authority/trust-store";

const folder = mkdtempSync(join(tmpdir(), "certificate-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const { certificate: root } = strangeAuthority().root;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const request = { organization: "x", key: privateKey, notBefore: new Date("2020-01-01"), notAfter: new Date("2044-01-01") };
const expired = issueCertificate({ ...request, commonName: "Old", purpose: "authority", notAfter: new Date("2021-01-01") }).certificate;
const early = issueCertificate({ ...request, commonName: "Next", purpose: "code-signing", notBefore: new Date("2043-01-01") }).certificate;
const signer = issueCertificate({ ...request, commonName: "Größe & Söhne", purpose: "code-signing" }).certificate;
const pem = (der: Buffer, label = "CERTIFICATE"): string => `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`;

const server = { name: "prod", nodes: [{ name: "node1" }] };
const said: string[] = [];
const note = (_urn: string, sentence: string): void => void said.push(sentence);
const trust = new TrustCache(folder);
const services = { pool: new HostPool(), voice: { say: note, warn: note, progress: note }, cacheDirectory: folder, trust };
const lifecycle = certificateLifecycle(services);

async function check(news: Properties): Promise<{ inputs: Properties; failures: string[] }> {
  said.length = 0;
  const { inputs, failures } = await lifecycle.check({}, { server, ...news, __urn: "urn:pulumi:dev::shop::T::one" });
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

test("text, a PEM file and a DER file are the same certificate, known in preview", async () => {
  const paths = [join(folder, "ca.pem"), join(folder, "ca.der")] as const;
  writeFileSync(paths[0], `some words before\n${pem(root)}`);
  writeFileSync(paths[1], root);
  const all = [];
  for (const certificate of [pem(root), ...paths]) {
    const { inputs, failures } = await check({ certificate });
    expect(failures).toEqual([]);
    const { sha256, alias, subject, notAfter, delivered } = inputs;
    all.push({ sha256, alias, subject, notAfter, delivered });
  }
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(all[0]).toMatchObject({
    alias: expect.stringMatching(/^strange-root-ca-[0-9a-f]{8}$/) as string,
    subject: expect.stringContaining("CN=Strange Root CA") as string,
    notAfter: "2044-01-01T00:00:00.000Z",
  });
  expect(said.join("\n")).toMatch(/The certificate strange-root-ca-.* will be uploaded to node1\. No restart\./);
  expect(said.join("\n")).toMatch(/authority without constraints: .*JDBC/);
});

test.each<[string, Properties, RegExp]>([
  ["has expired", { certificate: pem(expired) }, /^certificate: CN=Old.* has expired on 2021-01-01/],
  ["comes with a private key", { certificate: pem(root) + pem(Buffer.from("key"), "RSA PRIVATE KEY") }, /holds a private key/],
  ["is a chain", { certificate: pem(root) + pem(signer) }, /it holds 2 certificates/],
  [
    "is none",
    { certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" },
    /^certificate: The certificate cannot be used/,
  ],
  ["is no file", { certificate: join(folder, "missing") }, /^certificate: .*missing cannot be read/],
  ["has an alias that keytool would change", { certificate: pem(root), alias: "Corporate CA" }, /^alias: expected 1 to 128 lower-case/],
  ["has an alias that looks like an option", { certificate: pem(root), alias: "-delete" }, /^alias: expected/],
])("one that %s is refused in preview", async (_what, news, words) => {
  expect((await check(news)).failures).toEqual([expect.stringMatching(words)]);
});

test("one that is not valid yet is warned about, and the name of a signer becomes an alias", async () => {
  expect((await check({ certificate: pem(early) })).failures).toEqual([]);
  expect(said.join("\n")).toContain("is not valid before 2043-01-01");
  expect((await check({ certificate: pem(signer) })).inputs["alias"]).toMatch(/^gro-e-so-hne-[0-9a-f]{8}$/);
  expect(said.join("\n")).not.toContain("authority");
});

test("what is not known yet leaves the rest unknown", async () => {
  const { inputs, failures } = await check({ certificate: unknownValue });
  expect([failures, inputs["sha256"], inputs["delivered"]]).toEqual([[], unknownValue, unknownValue]);
});

describe("a connector that the certificate vouches for", () => {
  const source = join(folder, "strange.taco");
  writeFileSync(source, makeTaco({ class: "strange", pluginVersion: "1.0", signed: "untrusted" }));
  const connector = connectorLifecycle(services);
  const failuresOf = async (given: Properties): Promise<readonly string[]> => {
    said.length = 0;
    const { failures } = await connector.check({}, { server, source, ...given, __urn: "urn:pulumi:dev::shop::T::two" });
    return failures.map(({ reason }) => reason);
  };
  const listed = { trust: [{ alias: "a", sha256: "a".repeat(64), pem: pem(root) }] };

  test("is judged by it, with and without a copy of the server's own trust store, and is refused where it is another's", async () => {
    expect(await failuresOf(listed)).toEqual([]);
    // Its timestamp is of another authority, which only the server's own store has.
    expect(said.join("\n")).toContain("is open");
    const files = new Map([["cacerts", simulatedTrustStore()] as const]);
    await trust.keep({ name: "node1" }, { digest: trustDigest(files), path: "/cacerts", release: null, files });
    expect(await failuresOf({})).not.toEqual([]);
    expect(await failuresOf({ trust: [{ ...listed.trust[0], pem: pem(signer) }] })).not.toEqual([]);
    expect(await failuresOf(listed)).toEqual([]);
    expect(await failuresOf({ trust: [{ ...listed.trust[0], pem: unknownValue }] })).toEqual([]);
    expect(await failuresOf({ trust: unknownValue })).toEqual([]);
    expect(said.join("\n")).toContain("a certificate of `trust` is not known yet");
  });
});
