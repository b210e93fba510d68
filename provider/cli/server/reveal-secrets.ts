import { UsageError } from "../command";

/** @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * A value of `pulumi stack export --show-secrets` without the envelopes that Pulumi puts around secrets, at any depth: the decrypted form is
 * a JSON text, which may hold further envelopes.
 *
 * @throws UsageError if Pulumi left a secret encrypted.
 */
export function revealSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealSecrets);
  if (typeof value !== "object" || value === null) return value;
  const properties = value as Readonly<Record<string, unknown>>;
  if (properties[signature] === secretSignature) return revealSecrets(plaintextOf(properties));
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, revealSecrets(inner)]));
}

/** A value of `pulumi stack export` without what is secret in it, at any depth. */
export function hideSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideSecrets);
  if (typeof value !== "object" || value === null) return value;
  const properties = value as Readonly<Record<string, unknown>>;
  if (properties[signature] === secretSignature) return undefined;
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, hideSecrets(inner)]));
}

function plaintextOf({ plaintext }: Readonly<Record<string, unknown>>): unknown {
  try {
    if (typeof plaintext === "string") return JSON.parse(plaintext);
  } catch {
    // Told below: the text itself is a secret and must not appear in an error.
  }
  throw new UsageError(
    "Pulumi did not decrypt the secrets of this stack. Run `pulumi stack export --show-secrets` in this folder and follow its error, or use --server-file.\n",
  );
}
