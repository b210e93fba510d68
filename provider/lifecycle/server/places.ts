import { isUnknown } from "../../schema/unknown";

/**
 * Where a machine or node is reached: two descriptions with the same text lead to one machine. null where it is wrong or not known yet.
 * `here` tells apart what lies on this machine.
 */
export function addressOf(node: unknown, here = ""): string | null {
  if (typeof node !== "object" || node === null) return null;
  const { proxy } = node as { proxy?: unknown };
  const endpoint = endpointOf(node);
  if (endpoint === undefined) return `this machine ${here}`.trim();
  if (endpoint === null || proxy === undefined || proxy === null) return endpoint;
  // What lies behind two jump hosts may bear the same private address.
  const through = endpointOf(proxy) ?? null;
  return through === null ? null : `${endpoint} through ${through}`;
}

/** Where the nodes of a server are reached; what is wrong or not known yet is left out. */
export function placesOfServer(server: unknown): string[] {
  if (typeof server !== "object" || server === null) return [];
  const { nodes, stateDirectory = "" } = server as { nodes?: unknown; stateDirectory?: unknown };
  if (!Array.isArray(nodes) || typeof stateDirectory !== "string" || isUnknown(stateDirectory)) return [];
  return nodes.flatMap((node: unknown) => addressOf(node, stateDirectory) ?? []);
}

/** Where each node of a server is reached, in their order; null where that is not known yet. */
export function addressesOfServer(server: unknown): (string | null)[] {
  const { nodes } = (server ?? {}) as { readonly nodes?: unknown };
  return Array.isArray(nodes) ? nodes.map((node: unknown) => addressOf(node)) : [];
}

// undefined: it has no host. null: it is wrong or not known yet.
function endpointOf(value: unknown): string | null | undefined {
  const { host, port = 22 } = value as { host?: unknown; port?: unknown };
  if (host === undefined || host === null) return undefined;
  if (typeof host !== "string" || isUnknown(host) || typeof port !== "number") return null;
  return `${host.toLowerCase()}:${String(port)}`;
}
