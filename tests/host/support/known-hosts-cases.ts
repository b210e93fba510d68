import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { wireString } from "../../../provider/host/keys/wire";

/** Files of known_hosts and a server that is looked up in them. */
export interface KnownHostsCase {
  readonly host: string;
  readonly port: number;
  /** Which of the world's servers answers. */
  readonly server: string;
  /** Two of the user, then two of the system. */
  readonly files: readonly [string, string, string, string];
}

/** Public lines ("TYPE BASE64") by what they are. */
export interface KeyPool {
  /** Host keys of each server. */
  readonly servers: Readonly<Record<string, readonly string[]>>;
  /** Of the servers: host keys, and certificates. */
  readonly own: readonly string[];
  readonly authorities: readonly string[];
}

const hosts = ["node1", "Node1", "a.b.example.com", "10.0.0.7", "fe80::17", "x_y-z", "n1"];

const number = (bytes: readonly number[]): Buffer => wireString(Buffer.from(bytes));
const keyLine = (type: string, ...parts: readonly Buffer[]): string =>
  `${type} ${Buffer.concat([wireString(type), ...parts]).toString("base64")}`;

// Keys that no server here has: of types that ssh2 does not know, or damaged in ways that a reader may overlook.
const oddKeys = [
  keyLine("ssh-dss", number([1, 2]), number([3]), number([4]), number([5])),
  keyLine("sk-ssh-ed25519@openssh.com", wireString(Buffer.alloc(32, 7)), wireString("ssh:")),
  keyLine("ssh-ed25519", wireString(Buffer.alloc(31, 7))),
  keyLine("ssh-ed25519", wireString(Buffer.alloc(32, 9)), Buffer.from([0])),
  keyLine("ssh-ed25519", wireString(Buffer.alloc(32, 9))),
  keyLine("ssh-rsa", number([1, 0, 1]), number([0x7f, ...Array.from({ length: 127 }, () => 3)])),
  keyLine("ssh-rsa", number([1, 0, 1]), number([0, 0xff, ...Array.from({ length: 127 }, () => 3)])),
  keyLine("ssh-rsa", number([1, 0, 1]), number([0xff, ...Array.from({ length: 127 }, () => 3)])),
  keyLine("ecdsa-sha2-nistp256", wireString("nistp256"), wireString(Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]))),
  keyLine("ssh-unknown", wireString(Buffer.alloc(32, 9))),
  `ssh-ed25519 ${keyLine("ED25519", wireString(Buffer.alloc(32, 9))).split(" ")[1] ?? ""}`,
  "1024 65537 1234567890123",
];

/** The files and servers of a differential test, about half of them accepted. */
export function knownHostsCase(pool: KeyPool): fc.Arbitrary<KnownHostsCase> {
  return fc
    .record({
      host: fc.constantFrom(...hosts),
      port: fc.oneof({ weight: 2, arbitrary: fc.constant(22) }, { weight: 3, arbitrary: fc.constantFrom(2222, 22022) }),
      server: fc.constantFrom(...Object.keys(pool.servers)),
    })
    .chain(({ host, port, server }) => {
      const line = fc.oneof(
        { weight: 8, arbitrary: lineFor(host, port, pool, pool.servers[server] ?? []) },
        { weight: 1, arbitrary: fc.constantFrom("", "# comment", " \t# x", host, `${host} `, `\0${host} x`, "@revoked", "@", "|1|", "\r") },
      );
      const file = fc
        .tuple(fc.array(line, { minLength: 1, maxLength: 7 }), fc.constantFrom("\n", "\n", "\n", "\r\n"), fc.constantFrom("\n", "", "\n\n"))
        .map(([lines, end, last]) => lines.join(end) + last);
      const rarely = fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: file });
      return fc.record({
        host: fc.constant(host),
        port: fc.constant(port),
        server: fc.constant(server),
        files: fc.tuple(file, rarely, rarely, rarely),
      });
    });
}

function lineFor(host: string, port: number, pool: KeyPool, served: readonly string[]): fc.Arbitrary<string> {
  const blank = fc.oneof({ weight: 6, arbitrary: fc.constant(" ") }, { weight: 1, arbitrary: fc.constantFrom("\t", "  ", " \t ") });
  const marker = fc.oneof(
    { weight: 30, arbitrary: fc.constant("") },
    { weight: 2, arbitrary: fc.constantFrom("@revoked ", "@revoked\t", "@revoked   ") },
    { weight: 4, arbitrary: fc.constantFrom("@cert-authority ", "@cert-authority\t") },
    { weight: 1, arbitrary: fc.constantFrom("@Revoked ", "@other ", "@revoked @cert-authority ", "@ ", `@${"x".repeat(40)} `) },
  );
  return fc
    .record({
      lead: fc.oneof({ weight: 9, arbitrary: fc.constant("") }, { weight: 1, arbitrary: fc.constantFrom(" ", "\t") }),
      marker,
      names: namesFor(host, port),
      first: blank,
      second: blank,
      tail: fc.oneof(
        { weight: 3, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom(" me@here", "\t", " # x", "\r", " a b c") },
      ),
    })
    .chain(({ lead, marker: mark, names, first, second, tail }) =>
      keyFor(mark.startsWith("@cert") ? pool.authorities : served, pool).map((key) => {
        const [type = "", ...rest] = key.split(" ");
        return `${lead}${mark}${names}${first}${type}${second}${rest.join(" ")}${tail}`;
      }),
    );
}

function keyFor(preferred: readonly string[], pool: KeyPool): fc.Arbitrary<string> {
  const good = fc.constantFrom(...preferred);
  return fc.oneof(
    { weight: 14, arbitrary: good },
    { weight: 3, arbitrary: fc.constantFrom(...pool.own) },
    { weight: 1, arbitrary: fc.constantFrom(...pool.authorities) },
    { weight: 2, arbitrary: fc.constantFrom(...oddKeys) },
    { weight: 3, arbitrary: fc.tuple(good, fc.constantFrom(...spoilings)).map(([key, spoil]) => spoil(key)) },
  );
}

const parts = (key: string): readonly [string, string] => [key.split(" ")[0] ?? "", key.split(" ")[1] ?? ""];
const spoilings: readonly ((key: string) => string)[] = [
  (key) => key.toUpperCase(),
  (key) => parts(key)[1],
  (key) => parts(key)[0],
  (key) => key.slice(0, -3),
  (key) => `${key}=`,
  (key) => `${key}==`,
  (key) => `${key}!`,
  (key) => key.replace(" AAAA", " AA\rAA"),
  (key) => key.replace(" AAAA", " AA\vAA"),
  (key) => key.replace(" AAAA", " \rAAAA"),
  (key) => key.replace("AAAA", "AA-A"),
  (key) => `#${key}`,
  (key) => `${parts(key)[0]}\0 ${parts(key)[1]}`,
  (key) => key.replace(/^\S+/, "ssh-ed25519"),
  (key) => key.replace(/^\S+/, "rsa-sha2-512"),
  (key) => key.replace(/^\S+/, "rsa-sha2-256"),
  (key) => key.replace(/^\S+/, "ecdsa-sha2-nistp256"),
  (key) => key.replace(/^\S+/, "ssh-rsa-cert-v01@openssh.com"),
  leadingZeros,
];

// The same number, written with zeros before it.
function leadingZeros(key: string): string {
  const [type, base64] = parts(key);
  const bytes = Buffer.from(base64, "base64");
  if (type !== "ssh-rsa") return key;
  const exponent = bytes.readUInt32BE(11);
  const from = 15 + exponent;
  return keyLine(type, wireString(bytes.subarray(15, from)), wireString(Buffer.concat([Buffer.alloc(2), bytes.subarray(from + 4)])));
}

function hashed(name: string): string {
  const salt = Buffer.from(name.padEnd(20, "s").slice(0, 20));
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

function namesFor(host: string, port: number): fc.Arbitrary<string> {
  const lower = host.toLowerCase();
  const withPort = `[${host}]:${String(port)}`;
  const hit = fc.constantFrom(
    ...[
      host,
      host,
      withPort,
      withPort,
      withPort,
      lower,
      host.toUpperCase(),
      `[${lower}]:*`,
      `${host.slice(0, -1)}?`,
      `${host.slice(0, 2)}*`,
      "*",
    ],
    ...[hashed(lower), hashed(`[${lower}]:${String(port)}`), `[${host}]:22`],
  );
  const miss = fc.constantFrom(
    ...[
      "other",
      "node2",
      "[node1]:2223",
      `${host}x`,
      `x${host}`,
      "?",
      "",
      ",",
      "!",
      "node",
      `[${host}]`,
      hashed(host.toUpperCase()),
      hashed("other"),
    ],
    ...[
      hashed(lower).slice(0, -1),
      `${hashed(lower)}x`,
      hashed(lower).replace("|1|", "|2|"),
      hashed(lower).replace("|1|", "|1|A"),
      `${host}:${String(port)}`,
    ],
    ...["y".repeat(1022), "y".repeat(1023), "*a*a*a*a*a*a*b", `#${host}`, "[node1]:*,!*"],
  );
  const negated = hit.map((name) => `!${name}`);
  return fc.oneof(
    { weight: 6, arbitrary: hit },
    { weight: 1, arbitrary: miss },
    { weight: 1, arbitrary: fc.tuple(hit, miss).map((both) => both.join(",")) },
    { weight: 1, arbitrary: fc.tuple(miss, hit).map((both) => both.join(",")) },
    { weight: 1, arbitrary: fc.tuple(hit, negated).map((both) => both.join(",")) },
    { weight: 1, arbitrary: fc.tuple(negated, fc.oneof(hit, miss)).map((both) => both.join(",")) },
  );
}
