import { execFileSync } from "node:child_process";
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

describe("known_hosts", () => {
  test.each<[string, string, number, string]>([
    [`node1 ${line}`, "node1", 22, "accepted"],
    [`node1 ${line} a comment here`, "node1", 22, "accepted"],
    [`NODE1 ${line}`, "Node1", 22, "accepted"],
    [`\t node1 ${line}\r\n`, "node1", 22, "accepted"],
    [`a,node1,b ${line}`, "node1", 22, "accepted"],
    [`*.example.com ${line}`, "a.b.example.com", 22, "accepted"],
    [`node? ${line}`, "node1", 22, "accepted"],
    [`node? ${line}`, "node12", 22, "host-key-unknown"],
    [`node* ${line}`, "xnode1", 22, "host-key-unknown"],
    [`*,!node1 ${line}`, "node1", 22, "host-key-unknown"],
    [`!node1,* ${line}`, "node2", 22, "accepted"],
    [`!node2 ${line}`, "node1", 22, "host-key-unknown"],
    [`[node1]:2222 ${line}`, "node1", 2222, "accepted"],
    [`[node1]:2222 ${line}`, "node1", 22, "host-key-unknown"],
    [`[node1]:2222 ${line}`, "node1", 2223, "host-key-unknown"],
    [`[node1]:* ${line}`, "node1", 2223, "accepted"],
    [`node1 ${line}`, "node1", 2222, "accepted"],
    [`[node1]:2222 ${other}\nnode1 ${line}`, "node1", 2222, "host-key-mismatch"],
    [`[node1]:2222 ${ecdsa}\nnode1 ${line}`, "node1", 2222, "host-key-mismatch"],
    [`[node1]:2222 nonsense\nnode1 ${line}`, "node1", 2222, "accepted"],
    [`[node1]:2222 ${other}`, "node1", 2222, "host-key-mismatch"],
    [`node1 ${other}`, "node1", 2222, "host-key-unknown"],
    [`node1 ${other}`, "node1", 22, "host-key-mismatch"],
    [`node1 ${other}\nnode1 ${line}`, "node1", 22, "accepted"],
    [`node1 ${ecdsa}`, "node1", 22, "host-key-mismatch"],
    [`# node1 ${line}`, "node1", 22, "host-key-unknown"],
    [`@revoked * ${line}\nnode1 ${line}`, "node1", 22, "host-key-mismatch"],
    [`@cert-authority * ${line}`, "node1", 22, "host-key-unknown"],
    [`@something node1 ${line}`, "node1", 22, "host-key-unknown"],
    [`node1 ssh-rsa ${line.split(" ")[1]}`, "node1", 22, "host-key-unknown"],
    [`node1 ssh-ed25519 !!!`, "node1", 22, "host-key-unknown"],
    [`node1`, "node1", 22, "host-key-unknown"],
    [`::1 ${line}`, "::1", 22, "accepted"],
    [`[::1]:2222 ${line}`, "::1", 2222, "accepted"],
    [`@revoked\tnode1 ${line}\nnode1 ${line}`, "node1", 22, "accepted"],
    [`@revoked node1 ${line}\n[node1]:2222 ${line}`, "node1", 2222, "accepted"],
    [`node1 ${line}\0`, "node1", 22, "accepted"],
    [`node1\0 ${line}`, "node1", 22, "host-key-unknown"],
    [`node1 ${line.replace(" ", " \r")}`, "node1", 22, "accepted"],
    [`${"x".repeat(1023)},node1 ${line}`, "node1", 22, "host-key-unknown"],
    [`node1,${"x".repeat(1022)} ${line}`, "node1", 22, "accepted"],
    [`n(o[d.e+1 ${line}`, "node1", 22, "host-key-unknown"],
    [`|1|x|y ${line}`, "node1", 22, "host-key-unknown"],
    ["", "node1", 22, "host-key-unknown"],
  ])("%j for %s:%d: %s", (text, host, port, expected) => {
    expect(judge(text, host, port)).toBe(expected);
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
    [`node1 ${ecdsa}`, 22, ["ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "ssh-ed25519-cert-v01@openssh.com"]],
    [`node1 ${line}\nnode1 ${ecdsa}`, 22, ["ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com"]],
    [`@revoked node1 ${ecdsa}\nnode1 ${ecdsa}`, 22, ["ssh-ed25519-cert-v01@openssh.com"]],
    [`node1 ${ecdsa}`, 2222, ["ssh-ed25519-cert-v01@openssh.com"]],
  ])("orders the algorithms as ssh does: %j, port %d", (text, port, first) => {
    const algorithms = hostKeyCheck("n", { host: "node1", port }, files(text)).algorithms.map(({ name }) => name);
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

  test("holds up against a long pattern", () => {
    expect(knownKeys(files(`${"*a".repeat(500)}b ${line}`), "a".repeat(200))).toEqual([]);
  });
});

describe("hostKey", () => {
  const check = (hostKey: string) => hostKeyCheck("node1", { host: "h", port: 22, hostKey }, []);
  test.each([line, `${line} a comment`, `  ${line}\n`, `node1.example.com ${line}`])("accepts %j, and only that algorithm", (hostKey) => {
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
    `ssh-rsa ${line.split(" ")[1]}`,
    "SHA256:abc",
    `@revoked * ${line}`,
    `@cert-authority * ${line}`,
    `ssh-dss ${Buffer.from("\0\0\0\x07ssh-dssxxxx").toString("base64")}`,
    `ssh-dss ${dss}`,
  ])("refuses %j", (hostKey) => {
    expect(() => check(hostKey)).toThrow(/hostKey is (?:no public key|a key of the type ssh-dss|a line with the marker)/);
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
