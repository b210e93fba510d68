import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils } from "ssh2";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { hostKeyCheck } from "../../../provider/host/keys/host-key-check";
import { knownKeys, type KnownHostsFile } from "../../../provider/host/keys/known-hosts";
import { fingerprint } from "../../../provider/host/keys/public-key";
import { wireString } from "../../../provider/host/keys/wire";
import { needs } from "../support/needs";
import { publicLine } from "../support/ssh-server";

const line = publicLine(soundKeyPair().private);
const other = publicLine(soundKeyPair().private);
const ecdsa = publicLine(utils.generateKeyPairSync("ecdsa", { bits: 256 }).private);
// A type and four numbers.
const dss = Buffer.concat([wireString("ssh-dss"), ...Array.from({ length: 4 }, () => wireString(Buffer.from([1])))]).toString("base64");
const blob = (key: string): Buffer => Buffer.from(key.split(" ")[1] ?? "", "base64");
const files = (text: string): readonly KnownHostsFile[] => [{ path: "known_hosts", text }];
const judge = (text: string, host: string, port: number, presented = line) =>
  hostKeyCheck("node1", { host, port }, files(text)).judge(blob(presented))?.code ?? "accepted";

/** With the keys of this run, which have no place in the name of a test. */
function written(text: string): string {
  const [type = "", base64 = ""] = line.split(" ");
  const curve = ecdsa.split(" ")[1] ?? "";
  const keys: Readonly<Record<string, string>> = {
    KEY: line,
    OTHER: other,
    ECDSA: ecdsa,
    TYPE: type,
    BASE64: base64,
    CURVE: curve,
    PADDED: dss,
    LEFTOVER: dss.replace("AQ==", "AR=="),
  };
  return text.replace(/\b(?:KEY|OTHER|ECDSA|TYPE|BASE64|CURVE|PADDED|LEFTOVER)\b/g, (word) => keys[word] ?? "");
}

describe("known_hosts", () => {
  test.each<[string, string, number, string]>([
    [`node1 KEY`, "node1", 22, "accepted"],
    [`node1 KEY a comment here`, "node1", 22, "accepted"],
    [`NODE1 KEY`, "Node1", 22, "accepted"],
    [`\t node1 KEY\r\n`, "node1", 22, "accepted"],
    [`a,node1,b KEY`, "node1", 22, "accepted"],
    [`*.example.com KEY`, "a.b.example.com", 22, "accepted"],
    [`node? KEY`, "node1", 22, "accepted"],
    [`node? KEY`, "node12", 22, "host-key-unknown"],
    [`node* KEY`, "xnode1", 22, "host-key-unknown"],
    [`*,!node1 KEY`, "node1", 22, "host-key-unknown"],
    [`!node1,* KEY`, "node2", 22, "accepted"],
    [`!node2 KEY`, "node1", 22, "host-key-unknown"],
    [`[node1]:2222 KEY`, "node1", 2222, "accepted"],
    [`[node1]:2222 KEY`, "node1", 22, "host-key-unknown"],
    [`[node1]:2222 KEY`, "node1", 2223, "host-key-unknown"],
    [`[node1]:* KEY`, "node1", 2223, "accepted"],
    [`node1 KEY`, "node1", 2222, "accepted"],
    [`[node1]:2222 OTHER\nnode1 KEY`, "node1", 2222, "host-key-mismatch"],
    [`[node1]:2222 ECDSA\nnode1 KEY`, "node1", 2222, "host-key-mismatch"],
    [`[node1]:2222 nonsense\nnode1 KEY`, "node1", 2222, "accepted"],
    [`[node1]:2222 OTHER`, "node1", 2222, "host-key-mismatch"],
    [`node1 OTHER`, "node1", 2222, "host-key-unknown"],
    [`node1 OTHER`, "node1", 22, "host-key-mismatch"],
    [`node1 OTHER\nnode1 KEY`, "node1", 22, "accepted"],
    [`node1 ECDSA`, "node1", 22, "host-key-mismatch"],
    [`# node1 KEY`, "node1", 22, "host-key-unknown"],
    [`@revoked * KEY\nnode1 KEY`, "node1", 22, "host-key-mismatch"],
    [`@cert-authority * KEY`, "node1", 22, "host-key-unknown"],
    [`@something node1 KEY`, "node1", 22, "host-key-unknown"],
    [`node1 ssh-rsa BASE64`, "node1", 22, "host-key-unknown"],
    [`node1 ssh-ed25519 !!!`, "node1", 22, "host-key-unknown"],
    [`node1`, "node1", 22, "host-key-unknown"],
    [`::1 KEY`, "::1", 22, "accepted"],
    [`[::1]:2222 KEY`, "::1", 2222, "accepted"],
    [`@revoked\tnode1 KEY\nnode1 KEY`, "node1", 22, "accepted"],
    [`@revoked node1 KEY\n[node1]:2222 KEY`, "node1", 2222, "accepted"],
    [`node1 KEY\0`, "node1", 22, "accepted"],
    [`node1\0 KEY`, "node1", 22, "host-key-unknown"],
    [`node1 TYPE \rBASE64`, "node1", 22, "accepted"],
    [`${"x".repeat(1023)},node1 KEY`, "node1", 22, "host-key-unknown"],
    [`node1,${"x".repeat(1022)} KEY`, "node1", 22, "accepted"],
    [`n(o[d.e+1 KEY`, "node1", 22, "host-key-unknown"],
    [`|1|x|y KEY`, "node1", 22, "host-key-unknown"],
    ["", "node1", 22, "host-key-unknown"],
  ])("%j for %s:%d: %s", (text, host, port, expected) => {
    expect(judge(written(text), host, port)).toBe(expected);
  });

  needs(["ssh-keygen"], () => {
    test.each(["node1", "[node1]:2222"])(`reads the hashed names that ssh-keygen writes: %s`, (name) => {
      const directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
      try {
        const file = join(directory, "known_hosts");
        writeFileSync(file, `${name} ${line}\n`);
        execFileSync("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
        const text = readFileSync(file, "utf8");
        expect(text).toMatch(/^\|1\|/);
        expect(judge(text, "node1", name === "node1" ? 22 : 2222)).toBe("accepted");
        expect(judge(text, "node2", name === "node1" ? 22 : 2222)).toBe("host-key-unknown");
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
  });

  test.each<[string, number, readonly string[]]>([
    ["", 22, ["ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com"]],
    [`node1 ECDSA`, 22, ["ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "ssh-ed25519-cert-v01@openssh.com"]],
    [`node1 KEY\nnode1 ECDSA`, 22, ["ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com"]],
    [`@revoked node1 ECDSA\nnode1 ECDSA`, 22, ["ssh-ed25519-cert-v01@openssh.com"]],
    [`node1 ECDSA`, 2222, ["ssh-ed25519-cert-v01@openssh.com"]],
  ])("orders the algorithms as ssh does: %j, port %d", (text, port, first) => {
    const algorithms = hostKeyCheck("n", { host: "node1", port }, files(written(text))).algorithms.map(({ name }) => name);
    expect(algorithms.slice(0, first.length)).toEqual(first);
    expect(algorithms).toHaveLength(12);
    expect(algorithms).not.toContain("ssh-rsa");
  });

  test("tells the fingerprint, the key and how to accept it", () => {
    const error = hostKeyCheck("node1", { host: "h", port: 2200 }, []).judge(blob(line));
    expect(error?.message).toContain(fingerprint(blob(line)));
    expect(error?.message).toContain(`hostKey: "${line}"`);
    expect(error?.message).toContain(`[h]:2200 ${line}`);
  });

  test.each<[string, readonly string[]]>([
    ["\n# a\nnode1 KEY\nnode2 KEY\nnode1 OTHER", ["none known_hosts:3", "none known_hosts:5"]],
    ["@revoked node1 KEY", ["revoked known_hosts:1"]],
    ["@revoked   node1 KEY", ["revoked known_hosts:1"]],
    ["@cert-authority node1 KEY", ["authority known_hosts:1"]],
    ["@revoked\tnode1\tTYPE\tBASE64", ["revoked known_hosts:1"]],
    ["@revoked\tnode1 KEY", []],
    ["@revoked node1", []],
    ["@revoked", []],
    ["@Revoked node1 KEY", []],
    ["@ node1 KEY", []],
    ["@revoked @cert-authority node1 KEY", []],
    ["@revoked node1@ KEY", []],
    ["node1@ KEY", []],
    ["node1 KEY @", ["none known_hosts:1"]],
    ["node1 KEY #", ["none known_hosts:1"]],
    ["@revoked node1 KEY @", ["revoked known_hosts:1"]],
    ["#node1 KEY", []],
    ["#node1,node1 KEY", []],
    ["node1 #KEY", []],
    ["node1 # KEY", []],
    ["node1 ", []],
    ["node1 TYPE", []],
    ["node1 TYPE ", []],
    ["node1\tTYPE\tBASE64", ["none known_hosts:1"]],
    ["node1 \t TYPE \t BASE64", ["none known_hosts:1"]],
    [",node1 KEY", ["none known_hosts:1"]],
    ["node1, KEY", ["none known_hosts:1"]],
    ["node1,! KEY", ["none known_hosts:1"]],
    ["node1! KEY", []],
    ["node1,!NODE1 KEY", []],
    ["node2 KEY", []],
    ["node KEY", []],
    ["node11 KEY", []],
    ["node1* KEY", ["none known_hosts:1"]],
    ["*node1 KEY", ["none known_hosts:1"]],
    ["n*1 KEY", ["none known_hosts:1"]],
    ["n**1 KEY", ["none known_hosts:1"]],
    ["n*2 KEY", []],
    ["?ode? KEY", ["none known_hosts:1"]],
    ["?node1 KEY", []],
    ["node1? KEY", []],
    ["node1 ssh-dss BASE64", []],
    ["node1 ssh-rsa BASE64", []],
    ["node1 ecdsa-sha2-nistp256 BASE64", []],
    ["node1 ssh-ed25519-cert-v01@openssh.com BASE64", []],
    ["node1 ecdsa-sha2-nistp256 CURVE", ["none known_hosts:1"]],
    ["node1 ecdsa-sha2-nistp384 CURVE", []],
    ["node1 ssh-ed25519 CURVE", []],
    ["node1 TYPE \vBASE64", ["none known_hosts:1"]],
    ["node1 TYPE BASE64\f", ["none known_hosts:1"]],
    ["node1 TYPE BASE64=", []],
    ["node1 TYPE BASE64====", []],
    ["node1 TYPE -BASE64", []],
    ["node1 TYPE AAAA", []],
    ["node1 ssh-other BASE64", []],
    ["a,,node1 KEY", ["none known_hosts:1"]],
    ["node1 ssh-dss PADDED", ["none known_hosts:1"]],
    ["node1 ssh-dss LEFTOVER", []],
  ])("%j for node1 is %j", (text, expected) => {
    expect(knownKeys(files(written(text)), "node1").map(({ marker, place }) => `${marker} ${place}`)).toEqual(expected);
  });

  test.each<[string, string, string, boolean]>([
    ["a hashed name", "node1", "|1|SALT|HASH", true],
    ["the same of another name", "node2", "|1|SALT|HASH", false],
    ["the same, written differently", "node1", "|1|SALT|HASHx", false],
    ["the same of another scheme", "node1", "|2|SALT|HASH", false],
    ["the same without an end of its salt", "node1", "|1|SALT", false],
    ["the same behind another name", "node1", "|1|SALT|HASH,node1", false],
    ["a salt that is no base64", "node1", "|1|!|HASH", false],
    ["a name like a hash", "|1|a", "|1|a", false],
  ])("%s", (_name, host, names, expected) => {
    const salt = Buffer.alloc(20, 1);
    const hash = createHmac("sha1", salt).update("node1").digest("base64");
    const text = names.replace("SALT", salt.toString("base64")).replace("HASH", hash);
    expect(knownKeys(files(`${text} ${line}`), host)).toHaveLength(expected ? 1 : 0);
  });

  test("a name may have one letter", () => {
    expect(knownKeys(files(`n ${line}`), "n")).toHaveLength(1);
    expect(knownKeys(files(`* ${line}`), "n")).toHaveLength(1);
  });

  needs(["ssh-keygen"], () => {
    test("a certificate stands under the name of one, and under no other", () => {
      const directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
      try {
        for (const name of ["ca", "key"]) {
          execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", join(directory, name)]);
        }
        execFileSync("ssh-keygen", ["-q", "-h", "-I", "id", "-s", join(directory, "ca"), join(directory, "key.pub")], { stdio: "ignore" });
        const [type = "", base64 = ""] = readFileSync(join(directory, "key-cert.pub"), "utf8").split(" ");
        expect(type).toBe("ssh-ed25519-cert-v01@openssh.com");
        expect(knownKeys(files(`node1 ${type} ${base64}`), "node1")).toHaveLength(1);
        expect(knownKeys(files(`node1 ssh-ed25519 ${base64}`), "node1")).toEqual([]);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
  });

  test("the salt of a hashed name has 20 bytes", () => {
    const salt = Buffer.alloc(19, 1);
    const hash = createHmac("sha1", salt).update("node1").digest("base64");
    expect(knownKeys(files(`|1|${salt.toString("base64")}|${hash} ${line}`), "node1")).toEqual([]);
  });

  test("letters of ASCII alone are the same in either case", () => {
    expect(knownKeys(files(`NODEZ ${line}\nnodea ${line}`), "NodeZ")).toHaveLength(1);
    const upper = Buffer.from("Ä", "utf8").toString("latin1");
    expect(knownKeys(files(`${upper} ${line}`), "Ä")).toHaveLength(1);
    expect(knownKeys(files(`${upper} ${line}`), "ä")).toEqual([]);
  });

  test("holds up against a long pattern", () => {
    expect(knownKeys(files(`${"*a".repeat(500)}b ${line}`), "a".repeat(200))).toEqual([]);
  });
});

describe("hostKey", () => {
  const check = (hostKey: string) => hostKeyCheck("node1", { host: "h", port: 22, hostKey }, []);
  test.each(["KEY", "KEY a comment", "  KEY\n", "node1.example.com KEY"])("accepts %j, and only that algorithm", (text) => {
    const hostKey = written(text);
    expect(check(hostKey).algorithms.map(({ name }) => name)).toEqual(["ssh-ed25519"]);
    expect(check(hostKey).judge(blob(line))).toBeUndefined();
    expect(check(hostKey).judge(blob(other))?.code).toBe("host-key-mismatch");
    expect(check(hostKey).noCommonType().code).toBe("host-key-mismatch");
  });

  test.each([
    "",
    "nonsense",
    "ssh-ed25519",
    "ssh-ed25519 AAAA",
    "ssh-rsa BASE64",
    "SHA256:abc",
    "@revoked * KEY",
    "@cert-authority * KEY",
    `ssh-dss ${Buffer.from("\0\0\0\x07ssh-dssxxxx").toString("base64")}`,
    `ssh-dss ${dss}`,
  ])("refuses %j", (hostKey) => {
    expect(() => check(written(hostKey))).toThrow(/hostKey is (?:no public key|a key of the type ssh-dss|a line with the marker)/);
  });

  needs(["ssh-keygen"], () => {
    test(`prints fingerprints as ssh-keygen does`, () => {
      for (const each of [line, ecdsa]) {
        const printed = execFileSync("ssh-keygen", ["-lf", "-"], { input: `${each}\n` }).toString();
        expect(printed).toContain(fingerprint(blob(each)));
      }
    });
  });
});
