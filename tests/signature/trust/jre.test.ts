import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTrustStores, verifyTaco } from "../../../provider/signature";
import { readBlockedCerts } from "../../../provider/signature/trust/open-trust-stores";
import { readJavaSecurity } from "../../../provider/signature/trust/java-security";
import { corpus, readCorpusFiles } from "../corpus";

let files: ReadonlyMap<string, Buffer>;
let home: string;

beforeAll(async () => {
  files = await readCorpusFiles();
  home = mkdtempSync(join(tmpdir(), "jre-"));
  mkdirSync(join(home, "lib", "security"), { recursive: true });
  mkdirSync(join(home, "conf", "security"), { recursive: true });
  writeFileSync(join(home, "lib", "security", "cacerts"), files.get("store-0.pem") ?? "");
});
afterAll(() => rmSync(home, { recursive: true }));

const verify = async () =>
  verifyTaco(files.get("good.taco") ?? Buffer.alloc(0), {
    trust: await openTrustStores({ cacerts: [join(home, "lib", "security", "cacerts")] }),
    at: new Date(corpus.at),
  });

describe("a trust store inside a JRE", () => {
  it("brings its disabled algorithms and blocked certificates along", async () => {
    const { accepted, signers } = await verify();
    expect(accepted).toBe(true);

    writeFileSync(join(home, "lib", "security", "blocked.certs"), `Algorithm=SHA-256\n${signers[0]?.sha256.toUpperCase() ?? ""}\n`);
    expect((await verify()).findings.map(({ code }) => code)).toContain("certificate-blocked");
    writeFileSync(join(home, "lib", "security", "blocked.certs"), "");

    writeFileSync(join(home, "conf", "security", "java.security"), "jdk.jar.disabledAlgorithms=MD5, \\\n   SHA256, EC keySize < 257\n");
    expect((await verify()).findings.map(({ code }) => code)).toContain("algorithm-disabled");
  });
});

describe("readJavaSecurity", () => {
  it("joins lines, takes the last value, and falls back to JDK 17's", () => {
    const { jar, certPath } = readJavaSecurity(
      "# jdk.jar.disabledAlgorithms=X\njdk.jar.disabledAlgorithms=A\njdk.jar.disabledAlgorithms=B, \\\r\n  C\n",
    );
    expect(jar).toBe("B, C");
    expect(certPath).toContain("RSA keySize < 1024");
  });
});

describe("readBlockedCerts", () => {
  it("takes digests and passes over comments", () => {
    expect(readBlockedCerts(`Algorithm=SHA-256\n# x\n${"AB".repeat(32)}\n`)).toEqual(new Set(["ab".repeat(32)]));
  });

  it("refuses digests of another kind", () => {
    expect(() => readBlockedCerts("Algorithm=SHA-1\n")).toThrow(/SHA-1/);
  });
});
