import { randomBytes } from "node:crypto";

/** What tells one answer from everything else that is printed. */
export function newNonce(): string {
  return randomBytes(8).toString("hex");
}
