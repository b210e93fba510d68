import type { Algorithms } from "ssh2";

/**
 * What is offered to a server: of ssh2's algorithms those that OpenSSH's client offers by default. The order is ssh2's, which puts
 * first what is fastest in Node.js.
 *
 * @see https://github.com/openssh/openssh-portable/blob/V_9_2_P1/myproposal.h
 */
export const openSshAlgorithms = {
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
  compress: ["none", "zlib@openssh.com"],
} satisfies Algorithms;
