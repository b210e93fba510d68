import { isUnknown, unknownValue } from "../../schema/unknown";

/** What `delivered` reads when every node's store holds that digest; unknown where the nodes are not known yet. */
export function wantedDelivery(server: unknown, sha256: string): unknown {
  const nodes = (server as { nodes?: unknown } | null | undefined)?.nodes;
  if (!Array.isArray(nodes)) return unknownValue;
  const names = nodes.map((node: unknown) => (node as { name?: unknown } | null)?.name);
  if (!names.every((name) => typeof name === "string" && !isUnknown(name))) return unknownValue;
  return Object.fromEntries(names.map((name) => [name, sha256]));
}
