import { TableauError } from "../error";
import type { AnswerRecord } from "../host/host";

/**
 * The error for the record `unsafe PATH FOLDER OWNER MODE`, by which a script refuses to work in a folder (scripts/folders.sh); undefined
 * where there is none.
 */
export function unsafeFolder(node: string, records: readonly AnswerRecord[]): TableauError | undefined {
  const [, path = "", folder = "", owner = "", mode = ""] = records.find(([key]) => key === "unsafe") ?? [];
  if (path === "") return undefined;
  const whose = owner === "" ? "cannot be told to be safe" : `belongs to ${owner} and has mode ${mode}`;
  const lies = folder === path ? path : `${path} lies behind ${folder}, which`;
  return new TableauError("host-folder-unsafe", {
    node,
    message: `${lies} ${whose}: somebody else could exchange what lies there while this package works on it.`,
    next: `Let ${folder} belong to root (or, with privilege: "none", to the login user) and take the right to write there from group and others (chown, chmod go-w), or name another folder.`,
  });
}
