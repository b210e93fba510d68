/** A family of public keys, by OpenSSH's names: keys of two families are never the same. */
export type KeyFamily = "rsa" | "dsa" | "ecdsa" | "ed25519" | "ecdsa-sk" | "ed25519-sk";

/** A public key as SSH writes it, read completely. */
export interface PublicKey {
  /** Its type: what stands first in it, such as "ssh-ed25519". */
  readonly type: string;
  readonly bytes: Buffer;
  readonly family: KeyFamily;
  /** Of an ECDSA key, such as "nistp256". */
  readonly curve?: string;
  /** Equal for equal keys, whatever leading zeros their numbers have; of a certificate that of the key in it. */
  readonly identity: string;
  /** Absent: it is a plain key. */
  readonly certificate?: Certificate;
}

/** What an authority says about a key, its signature verified. */
export interface Certificate {
  readonly kind: "user" | "host";
  readonly id: string;
  /** Names of users or of hosts. */
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  readonly criticalOptions: readonly string[];
  readonly authority: PublicKey;
  readonly signatureType: string;
}
