import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { extension, issue, pem, purposes } from "../build/certificates";
import type { Issued } from "../build/certificates";
import { octetString } from "../build/der";
import { latin1, manifestParts, manifestText, signatureFile } from "../build/jar";
import { startTimestampServer } from "../tsa";
import { defaultStore, files, jar } from "./case";
import type { Case } from "./case";
import { intermediate, root, timestampRoot } from "./pki";

const run = promisify(execFile);
const password = "changeit";
const keyKinds = { rsa: "rsa:2048", ec: "ec:prime256v1", p384: "ec:secp384r1", dsa: "dsa:2048", ed25519: "ed25519" } as const;

/** Packages that jarsigner, keytool, jar and openssl made, with a time-stamping authority of openssl's. */
export async function realToolCases(work: string, jdk: string): Promise<Case[]> {
  const folder = join(work, "tools");
  mkdirSync(folder);
  const bin = (tool: string): string => join(jdk, "bin", tool);
  const authority = issue({
    subject: "CN=Loopback Authority",
    issuer: timestampRoot,
    keyUsage: [0],
    extendedKeyUsage: [],
    extensions: [timeStampingOnly],
  });
  const server = await startTimestampServer(folder, authority, [authority, timestampRoot]);
  try {
    const tools = new Tools(folder, bin, server.url);
    return [...(await jarsignerCases(tools)), ...(await keytoolCases(tools)), ...(await opensslCases(tools))];
  } finally {
    await server.close();
  }
}

/** RFC 3161, 2.3: critical, and nothing else; openssl insists on it. */
const timeStampingOnly = extension("2.5.29.37", Buffer.from("300a06082b06010505070308", "hex"), "critical");

const keyIdentifier = extension("2.5.29.14", octetString(Buffer.alloc(20, 7)));

class Tools {
  constructor(
    readonly folder: string,
    readonly bin: (tool: string) => string,
    readonly tsa: string,
  ) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A PKCS#12 store with one key and its chain, made by openssl. */
  async store(name: string, certificate: Issued, chain: readonly Issued[]): Promise<string> {
    const path = this.path(`${name}.p12`);
    writeFileSync(this.path(`${name}.key`), certificate.key.privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(this.path(`${name}.pem`), [certificate, ...chain].map(pem).join(""));
    await run("openssl", [
      "pkcs12", "-export", "-inkey", this.path(`${name}.key`), "-in", this.path(`${name}.pem`), "-name", "vendor", "-out", path, "-passout", `pass:${password}`,
    ]); // prettier-ignore
    return path;
  }

  /** Signs a package, or one that is signed already. */
  async sign(name: string, store: string, options: readonly string[], from?: Buffer): Promise<Buffer> {
    const path = this.path(`${name}.taco`);
    writeFileSync(path, from ?? (await this.plain()));
    await run(this.bin("jarsigner"), ["-keystore", store, "-storepass", password, ...options, path, "vendor"]);
    return readFileSync(path);
  }

  /** An unsigned package, made by the JDK's jar as Tableau's packager does. */
  async plain(): Promise<Buffer> {
    for (const { name, data } of files) {
      writeFileSync(this.path(name), data);
    }
    await run(this.bin("jar"), ["cf", "plain.taco", ...files.map(({ name }) => name)], { cwd: this.folder });
    return readFileSync(this.path("plain.taco"));
  }
}

async function jarsignerCases(tools: Tools): Promise<Case[]> {
  const cases: Case[] = [{ name: "jar-unsigned", taco: await tools.plain() }];
  for (const [label, key] of Object.entries(keyKinds)) {
    const certificate = issue({ subject: `CN=Real ${label}`, issuer: intermediate, key });
    const store = await tools.store(label, certificate, [intermediate, root]);
    const add = async (name: string, options: readonly string[], from?: Buffer): Promise<Buffer> => {
      const taco = await tools.sign(`${label}-${name}`, store, options, from);
      cases.push({ name: `jarsigner-${label}-${name}`, taco });
      return taco;
    };
    const first = await add("plain", []);
    await add("timestamp", ["-tsa", tools.tsa]);
    if (label === "rsa" || label === "ec") {
      await add("timestamp-sha512", ["-tsa", tools.tsa, "-tsadigestalg", "SHA-512"]);
      await add("sections-only", ["-sectionsonly"]);
      await add("internal-sf", ["-internalsf"]);
      await add("sha512", ["-digestalg", "SHA-512"]);
      await add("sha1", ["-digestalg", "SHA-1"]);
      await add("sigfile", ["-sigfile", "TABLEAU"]);
      await add("signed-twice", ["-sigfile", "AGAIN"], first);
    }
    if (label === "rsa") {
      await add("pss", ["-sigalg", "RSASSA-PSS"]);
      await add("sha1withrsa", ["-sigalg", "SHA1withRSA"]);
      const bare = await tools.store("rsa-bare", certificate, []);
      cases.push({ name: "jarsigner-chain-missing", taco: await tools.sign("bare", bare, ["-tsa", tools.tsa]) });
      const short = await tools.store("rsa-short", certificate, [intermediate]);
      cases.push({
        name: "jarsigner-chain-without-root",
        taco: await tools.sign("short", short, ["-tsa", tools.tsa]),
        store: [...defaultStore, intermediate],
      });
    }
  }
  return cases;
}

async function keytoolCases(tools: Tools): Promise<Case[]> {
  const store = tools.path("keytool.p12");
  await run(tools.bin("keytool"), [
    "-genkeypair", "-keystore", store, "-storepass", password, "-alias", "vendor", "-dname", "CN=Keytool, O=Acme", "-keyalg", "RSA", "-keysize", "3072",
    "-startdate", "2026/01/01", "-validity", "30000", "-ext", "eku=codeSigning", "-ext", "ku=digitalSignature",
  ]); // prettier-ignore
  const { stdout } = await run(tools.bin("keytool"), [
    "-exportcert",
    "-rfc",
    "-keystore",
    store,
    "-storepass",
    password,
    "-alias",
    "vendor",
  ]);
  const der = Buffer.from(stdout.replace(/-----[A-Z ]+-----|\s/g, ""), "base64");
  const own = { ...root, der };
  const taco = await tools.sign("keytool", store, ["-tsa", tools.tsa]);
  return [
    { name: "keytool-self-signed", taco },
    { name: "keytool-self-signed-trusted", taco, store: [own, timestampRoot] },
  ];
}

/** Blocks by `openssl cms`, as scripts around cloud signing services make them. */
async function opensslCases(tools: Tools): Promise<Case[]> {
  const parts = manifestParts(files);
  const file = signatureFile(parts);
  writeFileSync(tools.path("VENDOR.SF"), latin1(file));
  const certificate = issue({
    subject: "CN=OpenSSL Vendor",
    issuer: intermediate,
    key: "rsa:2048",
    extendedKeyUsage: [purposes.codeSigning],
    extensions: [keyIdentifier],
  });
  await tools.store("openssl", certificate, []);
  writeFileSync(tools.path("chain.pem"), [intermediate, root].map(pem).join(""));
  const variants: readonly (readonly [string, readonly string[]])[] = [
    ["cms", []],
    ["cms-no-attributes", ["-noattr"]],
    ["cms-no-capabilities", ["-nosmimecap"]],
    ["cms-attached", ["-nodetach"]],
    ["cms-key-identifier", ["-keyid"]],
    ["cms-sha512", ["-md", "sha512"]],
    ["cms-sha1", ["-md", "sha1"]],
    ["cms-pss", ["-keyopt", "rsa_padding_mode:pss"]],
    ["cms-pss-other-mask", ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_mgf1_md:sha1"]],
    ["cms-pss-long-salt", ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:max"]],
    ["cms-stream", ["-stream", "-nodetach"]],
  ];
  const cases: Case[] = [];
  for (const [name, options] of variants) {
    const block = tools.path(`${name}.der`);
    await run("openssl", [
      "cms", "-sign", "-binary", "-outform", "DER", "-in", tools.path("VENDOR.SF"), "-out", block, "-signer", tools.path("openssl.pem"), "-inkey",
      tools.path("openssl.key"), "-certfile", tools.path("chain.pem"), "-md", "sha256", ...options,
    ]); // prettier-ignore
    cases.push({
      name: `openssl-${name}`,
      taco: jar({
        rawManifest: () => latin1(manifestText(parts)),
        blocks: [{ rawSignatureFile: latin1(file), rawBlock: readFileSync(block), extension: "RSA" }],
      }),
    });
  }
  return cases;
}
