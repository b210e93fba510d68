import { utils } from "ssh2";

/** A key pair as OpenSSH writes it. */
export interface SshKeyPair {
  readonly private: string;
  readonly public: string;
}

/**
 * A new Ed25519 key pair that can be read again: about one in three hundred that ssh2 1.17 makes cannot, neither by
 * itself nor by OpenSSH ("error in libcrypto").
 */
export function soundKeyPair(
  encryption: { readonly passphrase: string; readonly cipher: string; readonly rounds: number } | "none" = "none",
): SshKeyPair {
  for (;;) {
    const made = encryption === "none" ? utils.generateKeyPairSync("ed25519") : utils.generateKeyPairSync("ed25519", encryption);
    const read = encryption === "none" ? utils.parseKey(made.private) : utils.parseKey(made.private, encryption.passphrase);
    if (!(read instanceof Error)) return made;
  }
}
