import { createPrivateKey, type KeyObject } from "node:crypto";

/**
 * Rewrites a PKCS#8 key ("BEGIN PRIVATE KEY", as openssl and cloud consoles write it), which ssh2 does not read, in the
 * traditional form for RSA and EC. Any other text, and what does not parse, is returned as it is.
 */
export function traditionalPem(text: string, passphrase: string | undefined): string {
  if (!/-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(text)) return text;
  try {
    return exported(createPrivateKey({ key: text, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) })) ?? text;
  } catch {
    return text;
  }
}

function exported(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs1", format: "pem" }).toString();
  if (key.asymmetricKeyType === "ec") return key.export({ type: "sec1", format: "pem" }).toString();
  return undefined;
}
