import type { TableauServerArgs } from "pulumi-tableau";
import type { Field } from "../field/field";

/** The field's server as a program writes it, with the proxies as addresses. */
export function serverArgs(field: Field): TableauServerArgs {
  const { nodes } = field.cluster.server;
  return {
    name: "bench",
    nodes: field.nodes.map(({ name, host, port }, index) => {
      const { privateKey = "", hostKey = "" } = nodes[index]?.connection ?? {};
      return { name, connection: { host, port, user: field.user, privateKey, hostKey } };
    }),
  };
}
