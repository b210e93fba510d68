import type { OpenMode } from "../files/open-files";
import type { Disposition } from "../files/windows-files";

const flag = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const;

/** What the flags of an SFTP open ask CreateFile for, as Win32-OpenSSH translates them (fileio.c): who writes shares with no reader. */
export function openOf(flags: number): { readonly disposition: Disposition; readonly mode: OpenMode } {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const disposition = has(flag.create)
    ? has(flag.exclusive)
      ? "create-new"
      : has(flag.truncate)
        ? "create-always"
        : "open-always"
    : has(flag.truncate)
      ? "truncate-existing"
      : "open-existing";
  if (!has(flag.write)) return { disposition, mode: { access: ["read"], share: ["read", "write"] } };
  return { disposition, mode: has(flag.read) ? { access: ["read", "write"], share: [] } : { access: ["write"], share: ["write"] } };
}
