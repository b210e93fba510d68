import { createHash } from "node:crypto";
import { Secret } from "../vocabulary/secret";
import type { NodeAddress } from "./host";

/** A key that is equal for equal addresses, credentials included. It is a digest, so it may be printed. */
export function addressKey(address: NodeAddress): string {
  return createHash("sha256")
    .update(JSON.stringify(plain(address)))
    .digest("hex");
}

function plain(value: unknown): unknown {
  if (value instanceof Secret) return ["secret", value.reveal()];
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, plain(each)]);
}
