import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strangeAuthority } from "../../simulator/authority/authorities";
import { javaKeystore, readJavaKeystore, simulatedTrustStore } from "../../simulator/authority/trust-store";

const script = join(__dirname, "../../simulator/scripts/keytool.sh");
const real = "/usr/bin/keytool";
const { certificate } = strangeAuthority().root;
const simulated = readJavaKeystore(simulatedTrustStore(), "changeit") ?? {};

describe("keytool of a simulated JRE", () => {
  let folder: string;
  let store: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keytool-"));
    store = join(folder, "cacerts");
    writeFileSync(store, simulatedTrustStore(), { mode: 0o640 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (
    args: readonly string[],
    input: Buffer = Buffer.alloc(0),
    environment: NodeJS.ProcessEnv = {},
  ): { status: number | null; stdout: Buffer } =>
    spawnSync("bash", [script, ...args, "-keystore", store], { input, env: { ...process.env, ...environment } });
  const usual = ["-storepass", "changeit"];

  test("imports, exports and takes out, in place, and leaves everything else as it is", () => {
    expect(run(["-importcert", "-noprompt", "-alias", "Corporate CA", ...usual], certificate).status).toBe(0);
    expect(readJavaKeystore(readFileSync(store), "changeit")).toEqual({ ...simulated, "corporate ca": certificate });
    expect(statSync(store).mode & 0o777).toBe(0o640);
    expect(run(["-exportcert", "-alias", "corporate ca", ...usual]).stdout).toEqual(certificate);
    expect(run(["-importcert", "-noprompt", "-alias", "corporate ca", ...usual], certificate).stdout.toString()).toContain(
      "already exists",
    );
    expect(run(["-delete", "-alias", "corporate ca", ...usual]).status).toBe(0);
    expect(readJavaKeystore(readFileSync(store), "changeit")).toEqual(simulated);
    expect(run(["-delete", "-alias", "corporate ca", ...usual]).status).toBe(1);
  });

  test("takes the password from an argument, a file or the environment, and refuses a wrong one", () => {
    writeFileSync(store, javaKeystore(simulated, "s3 cret"));
    writeFileSync(join(folder, "pass"), "s3 cret\n");
    expect(run(["-list", "-storepass:file", join(folder, "pass")]).stdout.toString()).toContain("simulated root, trustedCertEntry");
    expect(run(["-list", "-storepass:env", "PASS"], undefined, { PASS: "s3 cret" }).status).toBe(0);
    expect(run(["-list", ...usual]).stdout.toString()).toContain("password was incorrect");
  });

  test("makes what the real one reads, where this machine has one", () => {
    if (!existsSync(real)) return;
    run(["-importcert", "-noprompt", "-alias", "corporate ca", ...usual], certificate);
    const exported = execFileSync(real, ["-exportcert", "-alias", "corporate ca", "-keystore", store, ...usual], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(exported).toEqual(certificate);
    execFileSync(real, ["-delete", "-alias", "corporate ca", "-keystore", store, ...usual], { stdio: "ignore" });
    expect(run(["-list", ...usual]).stdout.toString()).toContain("contains 2 entries");
  });
});
