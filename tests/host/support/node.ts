import type { Connection, NodeAddress } from "../../../provider/host";

/** The address of a node on 127.0.0.1. */
export function node(
  port: number,
  connection: Partial<Connection>,
  privilege: NodeAddress["privilege"] = "none",
): NodeAddress & { readonly connection: Connection } {
  return {
    name: "node1",
    privilege,
    connection: { host: "127.0.0.1", port, user: "me", dialErrorLimit: 2, perDialTimeout: 5, ...connection },
  };
}
