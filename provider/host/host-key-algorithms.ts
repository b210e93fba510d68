// Names of ssh2 1.17 (lib/protocol/constants.js), best first. A key of type ssh-rsa signs with three algorithms:
// https://www.rfc-editor.org/rfc/rfc8332#section-3
const byKeyType: readonly (readonly [keyType: string, algorithms: readonly string[]])[] = [
  ["ssh-ed25519", ["ssh-ed25519"]],
  ["ecdsa-sha2-nistp256", ["ecdsa-sha2-nistp256"]],
  ["ecdsa-sha2-nistp384", ["ecdsa-sha2-nistp384"]],
  ["ecdsa-sha2-nistp521", ["ecdsa-sha2-nistp521"]],
  ["ssh-rsa", ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"]],
];

/** The algorithms by which a server can prove a key of this type; empty if the type is not supported. */
export function algorithmsOf(keyType: string): readonly string[] {
  return byKeyType.find(([type]) => type === keyType)?.[1] ?? [];
}

/** All algorithms, those for the known key types first: a server with several keys then presents the known one. */
export function algorithmsPreferring(knownTypes: readonly string[]): readonly string[] {
  const first = knownTypes.flatMap(algorithmsOf);
  return [...new Set([...first, ...byKeyType.flatMap(([, algorithms]) => algorithms)])];
}
