import type { Algorithms } from "ssh2";

/** What ssh2 offers by default and OpenSSH's client does not. */
export const algorithmsToConnect: Algorithms = {
  kex: { remove: ["diffie-hellman-group15-sha512", "diffie-hellman-group17-sha512"], append: [], prepend: [] },
  compress: { remove: ["zlib"], append: [], prepend: [] },
};

/**
 * What is left, all of which OpenSSH's client offers by default, too. A test compares it with what is really sent.
 *
 * @see https://github.com/openssh/openssh-portable/blob/V_9_2_P1/myproposal.h
 */
export const offeredAlgorithms = {
  kex: [
    "curve25519-sha256@libssh.org",
    "curve25519-sha256",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group-exchange-sha256",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
  ],
  cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr", "chacha20-poly1305@openssh.com"],
  hmac: [
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha1-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha2-512",
    "hmac-sha1",
  ],
} as const;
