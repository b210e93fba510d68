import type * as Ssh2 from "ssh2";

/** Loads ssh2 only when a connection is first needed: it takes longer than everything else here together. */
export function ssh2(): typeof Ssh2 {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  return require("ssh2") as typeof Ssh2;
}
