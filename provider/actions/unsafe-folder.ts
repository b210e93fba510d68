import { TableauError } from "../vocabulary/error";
import { path as absolutePath, phrase } from "../host/fields";

/** The line by which a script refuses to work in a folder, or in one on the way there (scripts/folders.sh). */
export const unsafeLine = { path: absolutePath, folder: absolutePath, owner: phrase(256), mode: phrase(16) } as const;

export interface UnsafeFolder {
  readonly path: string;
  readonly folder: string;
  /** "": that cannot be told. */
  readonly owner: string;
  readonly mode: string;
}

/** The error for a folder that a script refuses to work in. */
export function unsafeFolder(node: string, { path, folder, owner, mode }: UnsafeFolder): TableauError {
  const whose = owner === "" ? "cannot be told to be safe" : `belongs to ${owner} and has mode ${mode}`;
  const lies = folder === path ? path : `${path} lies behind ${folder}, which`;
  return new TableauError("host-folder-unsafe", {
    node,
    message: `${lies} ${whose}: somebody else could exchange what lies there while this package works on it.`,
    next: `Let ${folder} belong to root (or, with privilege: "none", to the login user) and take the right to write there from group and others (chown, chmod go-w), or name another folder.`,
  });
}
