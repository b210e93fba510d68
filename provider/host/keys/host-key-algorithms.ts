import type { KeyFamily, PublicKey } from "./public-key.types";

export interface HostKeyAlgorithm {
  readonly name: string;
  readonly family: KeyFamily;
  readonly curve?: string;
  readonly proves: "certificate" | "key";
}

const keys: readonly Omit<HostKeyAlgorithm, "proves">[] = [
  { name: "ssh-ed25519", family: "ed25519" },
  { name: "ecdsa-sha2-nistp256", family: "ecdsa", curve: "nistp256" },
  { name: "ecdsa-sha2-nistp384", family: "ecdsa", curve: "nistp384" },
  { name: "ecdsa-sha2-nistp521", family: "ecdsa", curve: "nistp521" },
  { name: "rsa-sha2-512", family: "rsa" },
  { name: "rsa-sha2-256", family: "rsa" },
];

/**
 * OpenSSH's HostKeyAlgorithms in their order, without those of security keys, which no server has. "ssh-rsa", the signature with SHA-1,
 * is not among them: https://www.openssh.com/txt/release-8.8
 */
const offered: readonly HostKeyAlgorithm[] = [
  ...keys.map((each) => ({ ...each, name: `${each.name}-cert-v01@openssh.com`, proves: "certificate" }) as const),
  ...keys.map((each) => ({ ...each, proves: "key" }) as const),
];

/** The algorithms by which a server can prove that it has this very key; empty if there is none. */
export function algorithmsOf(key: PublicKey): readonly HostKeyAlgorithm[] {
  return key.certificate === undefined ? offered.filter((each) => each.proves === "key" && isOf(each, key)) : [];
}

/**
 * All algorithms in the order in which OpenSSH offers them to a server: as they are where the first one is for a key that is known,
 * else those for known keys first, and those for certificates where an authority is known.
 *
 * @see https://github.com/openssh/openssh-portable/blob/V_9_2_P1/sshconnect2.c order_hostkeyalgs
 */
export function orderedAlgorithms(known: {
  readonly hasKey: (is: (key: PublicKey) => boolean) => boolean;
  readonly hasAuthority: boolean;
}): readonly HostKeyAlgorithm[] {
  const isKnown = (algorithm: HostKeyAlgorithm): boolean => known.hasKey((key) => key.certificate === undefined && isOf(algorithm, key));
  const [best] = offered;
  if (best !== undefined && isKnown(best)) return offered;
  const first = offered.filter((each) => isKnown(each) || (each.proves === "certificate" && known.hasAuthority));
  return [...first, ...offered.filter((each) => !first.includes(each))];
}

function isOf(algorithm: HostKeyAlgorithm, key: PublicKey): boolean {
  return algorithm.family === key.family && algorithm.curve === key.curve;
}
