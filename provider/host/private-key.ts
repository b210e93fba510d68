import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ParsedKey } from "ssh2";
import { TableauError } from "../error";
import type { Endpoint } from "./host";
import { ssh2 } from "./ssh2-library";
import { traditionalPem } from "./traditional-pem";

/**
 * The endpoint's private key, if it names one.
 *
 * @throws TableauError (argument-invalid) if it cannot be read. Neither key nor passphrase is in the error.
 */
export async function privateKey(node: string, endpoint: Endpoint): Promise<ParsedKey | undefined> {
  const origin = endpoint.privateKey === undefined ? `the file ${endpoint.privateKeyPath}` : "the connection's privateKey";
  const text = endpoint.privateKey?.reveal() ?? (await keyFile(node, endpoint.privateKeyPath));
  if (text === undefined) return undefined;
  const passphrase = endpoint.privateKeyPassword?.reveal();
  const parsed = ssh2().utils.parseKey(traditionalPem(text, passphrase), passphrase);
  const key = Array.isArray(parsed) ? (parsed as ParsedKey[])[0] : parsed;
  if (key === undefined || key instanceof Error) throw unusable(node, origin, reason(key?.message ?? "", endpoint));
  if (!key.isPrivateKey()) throw unusable(node, origin, "it is a public key");
  return key;
}

async function keyFile(node: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path.startsWith("~/") ? join(homedir(), path.slice(2)) : path, "utf8");
  } catch (cause) {
    throw unusable(node, `the file ${path}`, `it cannot be read (${(cause as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

// ssh2's own texts are matched, never shown: they are not promised to be free of what was read.
function reason(text: string, endpoint: Endpoint): string {
  if (/no passphrase given/i.test(text)) return "it is encrypted and there is no privateKeyPassword";
  if (/passphrase|integrity check|decrypt/i.test(text) && endpoint.privateKeyPassword !== undefined)
    return "the privateKeyPassword does not open it";
  return "it is no private key in OpenSSH, PEM or PuTTY form";
}

function unusable(node: string, origin: string, why: string): TableauError {
  return new TableauError("argument-invalid", {
    node,
    message: `The private key in ${origin} cannot be used: ${why}.`,
    next: 'Give an OpenSSH private key (its first line is "-----BEGIN OPENSSH PRIVATE KEY-----") and its passphrase if it has one.',
  });
}
