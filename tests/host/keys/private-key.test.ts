import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../../provider/vocabulary/secret";
import { privateKey } from "../../../provider/host/keys/private-key";
import { needs } from "../support/needs";
import { node } from "../support/node";

const folder = mkdtempSync(join(tmpdir(), "private-key-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (text: string, passphrase?: string): Promise<Buffer | undefined> => {
  const rest = passphrase === undefined ? {} : { privateKeyPassword: new Secret(passphrase) };
  return (await privateKey("node1", node(22, { privateKey: new Secret(text), ...rest }).connection))?.bytes;
};

async function refusal(text: string, passphrase?: string): Promise<Error> {
  return read(text, passphrase).then(
    () => Promise.reject(new Error("it was taken")),
    (error: unknown) => error as Error,
  );
}

const lines = (text: string): string[] => text.trimEnd().split("\n");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What happens to a key between its file and this package, each of it certain to be undone. */
const mishaps: readonly (readonly [what: string, how: (key: string) => string])[] = [
  ["nothing", (key) => key],
  ["no line end at the end", (key) => key.trimEnd()],
  ["line ends of Windows", (key) => key.replaceAll("\n", "\r\n")],
  ["line ends of old Macs", (key) => key.replaceAll("\n", "\r")],
  ["escaped line ends", (key) => key.replaceAll("\n", "\\n")],
  ["escaped line ends of Windows", (key) => key.replaceAll("\n", "\\r\\n")],
  ["line ends escaped twice", (key) => key.replaceAll("\n", "\\\\n")],
  ["JSON", (key) => JSON.stringify(key)],
  ["single quotes", (key) => `'${key}'`],
  ["double quotes", (key) => `"${key}"\n`],
  [
    "indentation",
    (key) =>
      lines(key)
        .map((line) => `      ${line}`)
        .join("\n"),
  ],
  [
    "tabs and blanks at the ends of lines",
    (key) =>
      lines(key)
        .map((line) => `\t${line}  `)
        .join("\n"),
  ],
  ["blanks in place of line ends", (key) => lines(key).join(" ")],
  ["no line ends at all", (key) => lines(key).join("")],
  ["empty lines", (key) => lines(key).join("\n\n")],
  ["a byte order mark", (key) => `\uFEFF${key}`],
  ["words around it", (key) => `Here is the key:\n\n${key}\n-- \nme\n`],
  ["a heredoc", (key) => `<<EOT\n${key}EOT\n`],
  ["Base64 of the whole", base64],
  ["Base64 of the whole in lines", (key) => base64(key).replace(/(.{76})/g, "$1\n")],
  ["Base64 of the whole with quotes", (key) => `"${base64(key)}"`],
  ["dashes that an editor has joined", (key) => key.replaceAll("-----", "–––")],
  ["long lines", (key) => `${lines(key)[0] ?? ""}\n${lines(key).slice(1, -1).join("")}\n${lines(key).at(-1) ?? ""}`],
];

needs(["ssh-keygen"], () => {
  const kinds: readonly (readonly [name: string, args: readonly string[]])[] = [
    ["ed25519", ["-t", "ed25519"]],
    ["rsa", ["-t", "rsa", "-b", "2048"]],
    ["ecdsa", ["-t", "ecdsa", "-b", "384"]],
    ["rsa-pem", ["-t", "rsa", "-b", "2048", "-m", "PEM"]],
    ["ecdsa-pem", ["-t", "ecdsa", "-b", "256", "-m", "PEM"]],
    ["rsa-pkcs8", ["-t", "rsa", "-b", "2048", "-m", "PKCS8"]],
  ];
  const keys = new Map<string, { readonly text: string; readonly locked: string; readonly bytes: Buffer }>();
  beforeAll(() => {
    for (const [name, args] of kinds) {
      const file = join(folder, name);
      execFileSync("ssh-keygen", ["-q", "-N", "", "-C", "me", ...args, "-f", file]);
      const text = readFileSync(file, "utf8");
      const bytes = Buffer.from(readFileSync(`${file}.pub`, "utf8").split(" ")[1] ?? "", "base64");
      execFileSync(
        "ssh-keygen",
        ["-q", "-p", "-a", "1", "-P", "", "-N", "marker-pp", ...(args.includes("-m") ? args.slice(-2) : []), "-f", file],
        {
          stdio: "ignore",
        },
      );
      keys.set(name, { text, bytes, locked: readFileSync(file, "utf8") });
    }
  });

  describe.each(kinds.map(([name]) => name))("a key of the kind %s", (name) => {
    test.each(mishaps)("is read with %s, and with a passphrase", async (_what, how) => {
      const { text, locked, bytes } = keys.get(name) ?? { text: "", locked: "", bytes: undefined };
      expect(await read(how(text))).toEqual(bytes);
      expect(await read(how(locked), "marker-pp")).toEqual(bytes);
    });

    test("is refused without its passphrase, and with another", async () => {
      const { locked = "" } = keys.get(name) ?? {};
      expect((await refusal(locked)).message).toMatch(/it is encrypted and there is no privateKeyPassword\. Give its passphrase/);
      expect((await refusal(locked, "marker-wrong")).message).toMatch(/the privateKeyPassword does not open it/);
    });

    test("is refused when it is cut or damaged, with what was found", async () => {
      const { text = "" } = keys.get(name) ?? {};
      const all = lines(text);
      expect((await refusal(all.slice(0, -1).join("\n"))).message).toMatch(/it is cut: there is "BEGIN [A-Z ]*PRIVATE KEY", but no "END/);
      const damaged = [...all.slice(0, 2), ...all.slice(3)].join("\n");
      expect((await refusal(damaged)).message).toMatch(/is damaged or cut/);
    });
  });

  test("the body alone of an OpenSSH key is one", async () => {
    const { text, bytes } = keys.get("ed25519") ?? { text: "", bytes: undefined };
    expect(await read(lines(text).slice(1, -1).join("\n"))).toEqual(bytes);
  });
});

test("an Ed25519 key of OpenSSL is read", async () => {
  const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  expect((await read(key.export({ type: "pkcs8", format: "pem" }).toString()))?.subarray(-32)).toEqual(raw);
});

const dsa = (): string =>
  generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const certificate = "-----BEGIN CERTIFICATE-----\nmarkerMIIB\n-----END CERTIFICATE-----\n";

test.each<[string, string, RegExp, RegExp]>([
  ["nothing", " \n", /it is empty/, /the whole private key file/],
  ["a public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAImarker me", /it is a public key/, /the file of the same name without "\.pub"/],
  [
    "a public key in PEM",
    "-----BEGIN PUBLIC KEY-----\nmarker\n-----END PUBLIC KEY-----",
    /label "PUBLIC KEY", a public key/,
    /without "\.pub"/,
  ],
  ["a public key of SSH.com", "---- BEGIN SSH2 PUBLIC KEY ----\nmarker\n---- END SSH2 PUBLIC KEY ----", /public key/, /without "\.pub"/],
  ["a certificate", certificate, /an X\.509 certificate/, /the whole private key file/],
  [
    "a PuTTY key",
    "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nmarker",
    /a PuTTY key \(version 3\)/,
    /puttygen KEY\.ppk -O private-openssh/,
  ],
  ["a path", "~/.ssh/id_marker", /it is a path/, /privateKeyPath/],
  ["a path of Windows", "C:\\Users\\marker\\id_rsa", /it is a path/, /privateKeyPath/],
  ["binary data", "\0\0\x01marker\uFFFD", /binary data/, /the whole private key file/],
  ["a DSA key", dsa(), /its type \(dsa\) cannot log in/, /ssh-keygen -t ed25519/],
  ["words", "marker-nonsense", /nothing in it says "BEGIN … PRIVATE KEY"/, /the whole private key file/],
  ["Base64 of something else", base64("marker, and nothing of a key at all"), /nothing in it says/, /the whole private key file/],
])("%s in place of a key is told, and nothing of it is shown", async (_what, text, message, next) => {
  const error = await refusal(text, "marker-pp");
  expect(error).toMatchObject({
    code: "argument-invalid",
    node: "node1",
    message: expect.stringMatching(message),
    next: expect.stringMatching(next),
  });
  expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toMatch(/marker|bWFya2Vy/);
});

test("a file that is no key is told with its name", async () => {
  const file = join(folder, "id.pub");
  writeFileSync(file, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAImarker me\n");
  await expect(privateKey("node1", node(22, { privateKeyPath: file }).connection)).rejects.toThrow(
    /id\.pub cannot be used: it is a public key/,
  );
});

test("long hostile texts take no time that grows faster than they do", async () => {
  for (const piece of [
    "-----BEGIN ",
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "Proc-Type: 4,ENCRYPTED\n",
    "\\n",
    "\\\\",
    " ",
    "A",
    "\n",
    "–",
    "'",
    "DEK-Info: ",
  ]) {
    await expect(read(`-----BEGIN RSA PRIVATE KEY-----\n${piece.repeat(100_000)}\n-----END RSA PRIVATE KEY-----`)).rejects.toThrow();
  }
});
