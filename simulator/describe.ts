import { readFileSync } from "node:fs";
import type { AnyNode } from "./nodes/any-node";
import { WindowsNode } from "./windows/windows-node";

/** How to reach a node; usable as `connection` of this package and of `@pulumi/command`. */
export interface ConnectionDescription {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** PEM text. */
  readonly privateKey: string;
  /** An authorized_keys line. */
  readonly hostKey: string;
}

export interface NodeDescription {
  readonly name: string;
  /** Absent for the transport "local". */
  readonly connection?: ConnectionDescription & { readonly privateKeyPath: string };
  /** The node's folder tree on this machine. */
  readonly root: string;
}

/** Usable as the `server` argument of the resources. */
export interface ServerDescription {
  readonly name: string;
  readonly nodes: { readonly name: string; readonly connection?: ConnectionDescription }[];
  /** Absent: Linux. */
  readonly platform?: "windows";
  readonly privilege?: "none";
  readonly connectorsDirectory?: string;
  readonly stateDirectory?: string;
  readonly tsm?: { readonly path: string };
}

export function describeNode(node: AnyNode): NodeDescription {
  const connection = connectionOf(node);
  if (connection === undefined) return { name: node.name, root: node.tree };
  return { name: node.name, connection: { ...connection, privateKeyPath: node.options.keys.clientKeyPath }, root: node.tree };
}

export function describeServer(name: string, nodes: readonly AnyNode[]): ServerDescription {
  const described = nodes.map((node) => {
    const connection = connectionOf(node);
    return { name: node.name, ...(connection === undefined ? {} : { connection }) };
  });
  const first = nodes[0];
  const privilege = first?.options.login === "tsmadmin" ? ({ privilege: "none" } as const) : {};
  const platform = first instanceof WindowsNode ? ({ platform: "windows" } as const) : {};
  if (first === undefined || first.prefix === "") return { name, nodes: described, ...platform, ...privilege };
  return {
    name,
    nodes: described,
    privilege: "none",
    connectorsDirectory: first.places.connectors,
    stateDirectory: first.places.state,
    tsm: { path: first.places.tsm },
  };
}

function connectionOf(node: AnyNode): ConnectionDescription | undefined {
  const { transport, keys } = node.options;
  if (transport === "local") return undefined;
  return {
    host: "127.0.0.1",
    port: node.gate.port,
    user: node.user,
    privateKey: readFileSync(keys.clientKeyPath, "utf8"),
    hostKey: keys.hostPublicKey,
  };
}
