const megabyte = 1024 * 1024;

/**
 * The most bytes that a file of each kind may have, by path and by https alike: it is held in memory while it is verified and sent.
 * Packages are some megabytes at most (https://tableau.github.io/connector-plugin-sdk), public JDBC drivers go up to 105 MB, and a
 * `cacerts` has a few hundred kilobytes. docs/hosts.md has the same table.
 */
export const fileLimits = {
  package: 256 * megabyte,
  folder: 64 * megabyte,
  driver: 512 * megabyte,
  trustStore: 16 * megabyte,
  certificate: megabyte,
} as const;

export type FileKind = keyof typeof fileLimits;

const names: Readonly<Record<FileKind, string>> = {
  package: "a package (.taco)",
  folder: "a folder of a connector",
  driver: "a driver (.jar)",
  trustStore: "a trust store",
  certificate: "a certificate",
};

/** Why a file of that size is not taken; `found`: what is known of its size. */
export function tooLarge(kind: FileKind, found: { readonly size: number } | { readonly moreThan: number }): string {
  const size = "size" in found ? `has ${found.size} bytes` : `has more than ${found.moreThan} bytes`;
  return `it ${size}, and ${names[kind]} may have at most ${fileLimits[kind]} (${fileLimits[kind] / megabyte} MB)`;
}
