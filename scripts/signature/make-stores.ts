import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildZip } from "../../tests/taco/zip-builder";
import { issue, pem } from "./build/certificates";
import { intermediate, root } from "./cases/pki";

const password = "changeit";

/** What a store is expected to give: the subjects of its anchors. */
interface ExpectedStore {
  readonly password?: string;
  readonly anchors: readonly string[];
  readonly others: number;
}

/** Makes trust stores of every kind with keytool and openssl, for the tests of their readers. */
export function makeStores(work: string, folder: string, jdk: string): void {
  const tool = (name: string): string => join(jdk, "bin", name);
  const path = (name: string): string => join(work, name);
  const made = new Map<string, ExpectedStore>();
  const rsaRoot = issue({ subject: "CN=RSA Root,O=Acme", ca: "ca", key: "rsa:2048" });
  const both = ["CN=Test Root", "CN=RSA Root"];
  writeFileSync(path("root.pem"), pem(root));
  writeFileSync(path("rsa.pem"), pem(rsaRoot));

  const withKeytool = (name: string, options: readonly string[], expected: ExpectedStore): void => {
    for (const alias of ["root", "rsa"]) {
      execFileSync(
        tool("keytool"),
        [...options.filter((option) => option.startsWith("-J")), "-importcert", "-noprompt", "-keystore", path(name), "-storepass", password, "-alias", alias, "-file", path(`${alias}.pem`),
          ...options.filter((option) => !option.startsWith("-J"))],
        { stdio: "ignore" },
      ); // prettier-ignore
    }
    made.set(name, expected);
  };
  withKeytool("jks.jks", ["-storetype", "JKS"], { password, anchors: both, others: 0 });
  withKeytool("modern.p12", ["-storetype", "PKCS12"], { password, anchors: both, others: 0 });
  withKeytool("legacy.p12", ["-J-Dkeystore.pkcs12.legacy", "-storetype", "PKCS12"], { password, anchors: both, others: 0 });
  withKeytool(
    "passwordless.p12",
    ["-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE", "-J-Dkeystore.pkcs12.macAlgorithm=NONE", "-storetype", "PKCS12"],
    { anchors: both, others: 0 },
  );

  const openssl = (name: string, options: readonly string[], expected: ExpectedStore): void => {
    execFileSync("openssl", ["pkcs12", "-export", "-out", path(name), "-passout", `pass:${password}`, ...options], { stdio: "ignore" });
    made.set(name, expected);
  };
  const key = (name: string, pair: typeof root): string => {
    writeFileSync(path(`${name}.key`), pair.key.privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(path(`${name}-chain.pem`), pem(pair));
    return path(`${name}.key`);
  };
  openssl("openssl-no-keys.p12", ["-nokeys", "-in", path("root.pem")], { password, anchors: [], others: 0 });
  openssl("openssl-self-signed-key.p12", ["-inkey", key("own", root), "-in", path("own-chain.pem")], {
    password,
    anchors: ["CN=Test Root"],
    others: 0,
  });
  openssl("openssl-issued-key.p12", ["-inkey", key("issued", intermediate), "-in", path("issued-chain.pem")], {
    password,
    anchors: [],
    others: 1,
  });
  openssl("openssl-legacy.p12", ["-legacy", "-inkey", key("old", rsaRoot), "-in", path("old-chain.pem")], {
    password,
    anchors: ["CN=RSA Root"],
    others: 0,
  });

  writeFileSync(path("bundle.pem"), `# roots\n${pem(root)}\nbetween\n${pem(rsaRoot)}`);
  made.set("bundle.pem", { anchors: both, others: 0 });
  writeFileSync(
    join(folder, "stores.zip"),
    buildZip([...made.keys()].map((name) => ({ name, data: readFileSync(path(name)), method: 0 }))),
  );
  writeFileSync(join(folder, "stores.json"), `${JSON.stringify(Object.fromEntries(made), null, 1)}\n`);
}
