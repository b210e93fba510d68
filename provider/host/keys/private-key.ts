import { createPrivateKey, type KeyObject } from "node:crypto";
import type { ParsedKey } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import type { Endpoint } from "../host";
import { keyOfLine } from "./known-hosts";
import { type PrivateKeyText, privateKeyText } from "./private-key-text";
import { readPublicKey } from "./public-key";
import { readSmallFile } from "../read-small-file";
import { ssh2 } from "../ssh/ssh2-library";
import { type LoginKey, publicBytes } from "./user-key";

/**
 * The endpoint's private key, if it names one.
 *
 * @throws TableauError (argument-invalid) if it cannot be used. Neither key nor passphrase is in the error.
 */
export async function privateKey(node: string, endpoint: Endpoint): Promise<LoginKey | undefined> {
  const path = endpoint.privateKey === undefined ? endpoint.privateKeyPath : undefined;
  const origin = path === undefined ? "the connection's privateKey" : `the file ${path}`;
  try {
    const text = endpoint.privateKey?.reveal() ?? (path === undefined ? undefined : await keyFile(path));
    if (text === undefined) return undefined;
    const found = privateKeyText(text);
    if ("instead" in found) throw new Unusable(found.instead, found.next);
    const secret = secretOf(found, endpoint.privateKeyPassword?.reveal());
    const bytes = publicBytes(secret);
    if (bytes === undefined) {
      throw new Unusable(`its type (${secret.asymmetricKeyType ?? "unknown"}) cannot log in to an SSH server`, makeAnother);
    }
    const line = path === undefined ? found.after : await readSmallFile(`${path}-cert.pub`).catch(() => "");
    return { secret, bytes, ...certificateFor(bytes, line) };
  } catch (error) {
    throw error instanceof Unusable ? unusable(node, origin, error) : error;
  }
}

/** Why a key cannot be used; its message is the reason. */
class Unusable extends Error {
  readonly next: string;

  constructor(reason: string, next: string) {
    super(reason);
    this.next = next;
  }
}

const makeAnother = 'Use an Ed25519, ECDSA or RSA key ("ssh-keygen -t ed25519").';

async function keyFile(path: string): Promise<string> {
  try {
    return await readSmallFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Unusable(`it cannot be read (${code ?? message})`, "Check privateKeyPath, and who may read the file.");
  }
}

function secretOf({ pem, label }: Extract<PrivateKeyText, { pem: string }>, passphrase: string | undefined): KeyObject {
  if (label === "OPENSSH PRIVATE KEY") return openSshKey(pem, passphrase);
  try {
    return createPrivateKey({ key: pem, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    const encrypted = label.startsWith("ENCRYPTED") || pem.includes("4,ENCRYPTED");
    throw encrypted ? locked(passphrase) : damaged(label);
  }
}

function openSshKey(pem: string, passphrase: string | undefined): KeyObject {
  const parsed: ParsedKey | Error | readonly (ParsedKey | Error)[] = ssh2().utils.parseKey(pem, passphrase);
  const key = Array.isArray(parsed) ? (parsed as readonly (ParsedKey | Error)[])[0] : parsed;
  if (key !== undefined && !(key instanceof Error)) return createPrivateKey(key.getPrivatePEM());
  // ssh2's own texts are matched, never shown: they are not promised to be free of what was read.
  const why = key?.message ?? "";
  if (/no passphrase given/i.test(why) || (/passphrase|integrity check|decrypt/i.test(why) && passphrase !== undefined)) {
    throw locked(passphrase);
  }
  if (/cipher/i.test(why)) {
    throw new Unusable("it is encrypted with a cipher that is not supported", 'Encrypt it anew: "ssh-keygen -p -Z aes256-ctr -f KEY".');
  }
  if (/unsupported|unexpected/i.test(why)) {
    throw new Unusable(
      "it is a key of a type that is not supported, such as DSA or one that needs a security key",
      `${makeAnother} Security keys work through an SSH agent.`,
    );
  }
  throw damaged("OPENSSH PRIVATE KEY");
}

function locked(passphrase: string | undefined): Unusable {
  return passphrase === undefined
    ? new Unusable(
        "it is encrypted and there is no privateKeyPassword",
        "Give its passphrase as privateKeyPassword, or load the key into an SSH agent.",
      )
    : new Unusable("the privateKeyPassword does not open it", "Check privateKeyPassword.");
}

function damaged(label: string): Unusable {
  return new Unusable(
    `it has "BEGIN ${label}" and "END", but what is between them is damaged or cut`,
    "Copy the private key file anew, whole.",
  );
}

function certificateFor(bytes: Buffer, line: string): Pick<LoginKey, "certificate"> {
  const key = keyOfLine(line.trim());
  const fits = key?.certificate?.kind === "user" && key.identity === readPublicKey(bytes).identity;
  return fits ? { certificate: key.bytes } : {};
}

function unusable(node: string, origin: string, why: Unusable): TableauError {
  return new TableauError("argument-invalid", {
    node,
    message: `The private key in ${origin} cannot be used: ${why.message}.`,
    next: why.next,
  });
}
