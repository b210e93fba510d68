import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { Secret } from "../../../provider/vocabulary/secret";
import type { Dialed } from "../../../provider/host/ssh/dialed";
import { waits } from "../../../provider/host/limits";
import { connectOnce } from "../../../provider/host/ssh/connect";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import type { KeyPool, KnownHostsCase } from "./known-hosts-cases";

const sshdPath = "/usr/sbin/sshd";

export interface Verdict {
  readonly accepted: boolean;
  readonly words: string;
}

/** Servers of OpenSSH with host keys and certificates of many kinds, each started anew for one connection, and OpenSSH's client. */
export class KnownHostsWorld {
  readonly directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
  readonly pool: KeyPool;
  readonly #userKey = new Secret(soundKeyPair().private);
  #cases = 0;

  constructor() {
    mkdirSync("/run/sshd", { recursive: true });
    for (const [name, type] of Object.entries(keys)) this.#keygen("-t", ...type.split(" "), "-f", this.#file(name));
    for (const { name, key, options } of certificates) this.#certify(name, key, options);
    const own = [...Object.keys(keys).filter((name) => !name.startsWith("ca-")), ...certificates.map(({ name }) => `${name}-cert`)];
    this.pool = {
      servers: Object.fromEntries(
        Object.entries(servers).map(([name, lines]) => [
          name,
          lines.filter((line) => !line.startsWith("cert:")).map((line) => this.#line(line)),
        ]),
      ),
      own: own.map((name) => this.#line(name)),
      authorities: Object.keys(keys)
        .filter((name) => name.startsWith("ca-"))
        .map((name) => this.#line(name)),
    };
    for (const [name, lines] of Object.entries(servers)) {
      const files = lines.map((line) => `${line.startsWith("cert:") ? "HostCertificate" : "HostKey"} ${this.#served(line)}`);
      const rest = ["UsePAM no", "PidFile none", "LogLevel QUIET", "StrictModes no", `AuthorizedKeysFile ${this.#file("nobody")}`];
      writeFileSync(this.#file(`${name}.conf`), [...files, ...rest].join("\n"));
    }
  }

  /** What OpenSSH's client makes of a case. */
  async bySsh(each: KnownHostsCase): Promise<Verdict> {
    const files = this.#written(each);
    const options = [
      "BatchMode=yes",
      "StrictHostKeyChecking=yes",
      `UserKnownHostsFile=${files.slice(0, 2).join(" ")}`,
      `GlobalKnownHostsFile=${files.slice(2).join(" ")}`,
      `ProxyCommand=${sshdPath} -i -f ${this.#file(`${each.server}.conf`)}`,
      "PreferredAuthentications=none",
      "IdentityAgent=none",
      "ConnectTimeout=60",
    ];
    const args = ["-F", "none", ...options.flatMap((option) => ["-o", option]), "-p", String(each.port), each.host, "true"];
    const words = await new Promise<string>((resolve) => {
      const child = spawn("ssh", args, { stdio: ["ignore", "ignore", "pipe"] });
      let text = "";
      child.stderr.on("data", (piece: Buffer) => (text += piece.toString("latin1")));
      child.on("close", () => resolve(text));
    });
    if (words.includes("Permission denied (")) return { accepted: true, words };
    if (words.includes("Host key verification failed.")) return { accepted: false, words };
    throw new Error(`ssh says neither: ${words}`);
  }

  /** What this package makes of it, through a whole key exchange. */
  async byUs(each: KnownHostsCase): Promise<Verdict> {
    const child = spawn(sshdPath, ["-i", "-f", this.#file(`${each.server}.conf`)], { stdio: ["pipe", "pipe", "ignore"] });
    const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    stream.on("error", () => undefined);
    // A jump host hands on such a stream.
    const client = {
      forwardOut: (...args: readonly unknown[]) =>
        (args.at(-1) as (error: undefined, to: Duplex) => void)(undefined, Object.assign(stream, { close: () => stream.destroy() })),
    };
    const jump = { client, software: "", socket: new Socket(), close: () => undefined } as unknown as Dialed;
    const endpoint = { host: each.host, port: each.port, user: "root", privateKey: this.#userKey, dialErrorLimit: 1, perDialTimeout: 60 };
    const counts = { connections: 0, sessions: 0, scripts: 0, bytesSent: 0, bytesReceived: 0 };
    const context = {
      readKnownHosts: () => Promise.resolve(each.files.map((text, index) => ({ path: `file${String(index)}`, text }))),
      agentOfEnvironment: undefined,
      counts,
      sessionsPerConnection: 1,
      waits,
    };
    try {
      const dialed = await connectOnce("node", endpoint, context, new AbortController().signal, jump);
      dialed.close();
      throw new Error("the login was not refused");
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      if (code === "host-login-refused") return { accepted: true, words: message };
      if (code === "host-key-unknown" || code === "host-key-mismatch") return { accepted: false, words: message };
      throw error;
    } finally {
      stream.destroy();
      child.kill("SIGTERM");
      await gone;
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  #written({ files }: KnownHostsCase): readonly string[] {
    this.#cases += 1;
    return files.map((text, index) => {
      const path = this.#file(`known${String(this.#cases)}-${String(index)}`);
      writeFileSync(path, text, "latin1");
      return path;
    });
  }

  #served(line: string): string {
    return this.#file(line.startsWith("cert:") ? `${line.slice("cert:".length)}-cert.pub` : line);
  }

  // ssh-keygen names the certificate after the key, of which there are several.
  #certify(name: string, key: string, options: readonly string[]): void {
    writeFileSync(this.#file(`${name}.pub`), readFileSync(this.#file(`${key}.pub`)));
    this.#keygen(
      "-I",
      name,
      "-h",
      ...options.map((option) => (option.startsWith("ca-") ? this.#file(option) : option)),
      this.#file(`${name}.pub`),
    );
  }

  #keygen(...args: readonly string[]): void {
    execFileSync("ssh-keygen", ["-q", ...(args[0] === "-t" ? ["-N", "", "-C", ""] : []), ...args], { stdio: "ignore" });
  }

  #line(name: string): string {
    return readFileSync(this.#file(`${name}.pub`), "latin1")
      .split(" ")
      .slice(0, 2)
      .join(" ")
      .trim();
  }

  #file(name: string): string {
    return join(this.directory, name);
  }
}

const keys: Readonly<Record<string, string>> = {
  ed: "ed25519",
  ed2: "ed25519",
  rsa: "rsa -b 2048",
  rsa2: "rsa -b 2048",
  ec256: "ecdsa -b 256",
  ec384: "ecdsa -b 384",
  ec521: "ecdsa -b 521",
  "ca-ed": "ed25519",
  "ca-rsa": "rsa -b 2048",
  "ca-ec": "ecdsa -b 384",
};

const everywhere = "node1,a.b.example.com,10.0.0.7,fe80::17,x_y-z,n1";
const certificates: readonly { readonly name: string; readonly key: string; readonly options: readonly string[] }[] = [
  { name: "ed-good", key: "ed", options: ["-s", "ca-ed", "-n", everywhere] },
  { name: "rsa-good", key: "rsa", options: ["-s", "ca-rsa", "-n", everywhere] },
  { name: "ec-good", key: "ec256", options: ["-s", "ca-ec", "-n", everywhere] },
  { name: "ed-expired", key: "ed", options: ["-s", "ca-ed", "-n", everywhere, "-V", "20200101:20210101"] },
  { name: "ed-future", key: "ed", options: ["-s", "ca-rsa", "-n", everywhere, "-V", "20990101:21000101"] },
  { name: "ed-other", key: "ed", options: ["-s", "ca-ec", "-n", "other,Node1"] },
  { name: "rsa-sha1", key: "rsa", options: ["-s", "ca-rsa", "-t", "ssh-rsa", "-n", everywhere] },
  { name: "ec-critical", key: "ec384", options: ["-s", "ca-ed", "-n", everywhere, "-O", "critical:x@example.com=1"] },
];

/** Host keys and "cert:NAME" of each server. */
const servers: Readonly<Record<string, readonly string[]>> = {
  all: ["ed", "rsa", "ec256"],
  ed: ["ed"],
  rsa: ["rsa"],
  ecdsa: ["ec384", "ec521"],
  certified: ["ed", "rsa", "ec256", "cert:ed-good", "cert:rsa-good", "cert:ec-good"],
  "certified-rsa": ["ed", "rsa", "cert:rsa-good"],
  "certified-ec": ["ec256", "cert:ec-good"],
  expired: ["ed", "ec256", "cert:ed-expired"],
  future: ["ed", "cert:ed-future"],
  other: ["ed", "rsa", "cert:ed-other"],
  sha1: ["rsa", "cert:rsa-sha1"],
  critical: ["ec384", "ed", "cert:ec-critical"],
};
