import { userInfo } from "node:os";
import type { Target, Timeouts } from "../../activation/target";
import type { Connection, Endpoint, Host, NodeAddress } from "../../host/host";
import type { HostPool } from "../../host/pool";
import type * as Signature from "../../signature";
import { Secret } from "../../vocabulary/secret";
import { createTsm } from "../../tsm/create-tsm";
import {
  type CredentialInputs,
  type EndpointCredentials,
  type EndpointInputs,
  type NodeInputs,
  type OnServer,
  type ServerInputs,
  timeoutFields,
} from "../../schema/server";
import { defaultsOf } from "../../schema/field";
import { driversDirectoryOf, placeOf, stateDirectory } from "./server-places";

const defaults = defaultsOf(timeoutFields);

/** A server made of checked properties: nothing is connected yet. */
export function toTarget(pool: HostPool, properties: OnServer & { readonly trustPassword?: string }): Target {
  const { server } = properties;
  const timeouts = { ...defaults, ...properties.timeouts };
  const [initial, ...others] = toHosts(pool, properties);
  if (initial === undefined) throw new RangeError("a server without nodes");
  return {
    name: server.name,
    hosts: [initial, ...others],
    tsm: toTsm(initial, properties, timeouts),
    tsmPath: server.tsm?.path ?? null,
    place: placeOf(server),
    driversDirectory: driversDirectoryOf(server),
    stateDirectory: stateDirectory(server),
    trustStores: trustStores(properties.trustPassword),
    timeouts,
  };
}

// One of each password for the process, so that a store that was read once is known.
const madeTrustStores = new Map<string, Target["trustStores"]>();
const usualPassword = "changeit";

function trustStores(password = usualPassword): Target["trustStores"] {
  const made = madeTrustStores.get(password) ?? {
    password: password === usualPassword ? null : new Secret(password),
    read: (bytes: Buffer) => {
      // Loaded for servers that have such certificates alone.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
      const { readStoreEntries } = require("../../signature") as typeof Signature;
      return readStoreEntries(bytes, password);
    },
  };
  madeTrustStores.set(password, made);
  return made;
}

/** The hosts of all nodes of a server, the initial node first. */
export function toHosts(pool: HostPool, { server, credentials = {}, timeouts }: OnServer): Host[] {
  const { connect } = { ...defaults, ...timeouts };
  return server.nodes.map((node) => pool.host(toAddress(server, node, credentials, connect)));
}

function toTsm(initial: Host, { server, credentials = {} }: OnServer, timeouts: Timeouts): Target["tsm"] {
  const { tsmPassword } = credentials;
  const { username, path, requestTimeoutSeconds = timeouts.restart } = server.tsm ?? {};
  return createTsm(initial, {
    privilege: privilegeOf(server, server.nodes[0]),
    ...(username === undefined ? {} : { username }),
    ...(tsmPassword === undefined ? {} : { password: new Secret(tsmPassword) }),
    ...(path === undefined ? {} : { path }),
    requestTimeoutSeconds,
    commandTimeoutSeconds: Math.min(timeouts.command, 300),
  });
}

function toAddress(server: ServerInputs, node: NodeInputs, credentials: CredentialInputs, connect: number): NodeAddress {
  const { platform = "linux" } = server;
  const connection = connectionOf(node, credentials, connect);
  const address = { name: node.name, privilege: privilegeOf(server, node), platform };
  return connection === null ? address : { ...address, connection };
}

/** How to reach a machine; null: it is this one. */
export function connectionOf(node: NodeInputs, credentials: CredentialInputs, connect = defaults.connect): Connection | null {
  if (node.host === undefined) return null;
  const own = credentials.nodes?.[node.name] ?? {};
  return {
    ...toEndpoint({ ...node, host: node.host }, own, connect),
    ...(node.proxy === undefined ? {} : { proxy: toEndpoint(node.proxy, own.proxy ?? {}, connect) }),
  };
}

// Names and defaults of @pulumi/command's connection, but for the user: there "root", here asked for by `check`.
function toEndpoint(endpoint: EndpointInputs, credentials: EndpointCredentials, connect: number): Endpoint {
  const { password, privateKey, privateKeyPath, privateKeyPassword, agentSocketPath, hostKey, dialErrorLimit, perDialTimeout } =
    credentials;
  return {
    host: endpoint.host,
    port: endpoint.port ?? 22,
    user: endpoint.user ?? "root",
    dialErrorLimit: dialErrorLimit ?? 10,
    perDialTimeout: perDialTimeout ?? connect,
    ...(password === undefined ? {} : { password: new Secret(password) }),
    ...(privateKey === undefined ? {} : { privateKey: new Secret(privateKey) }),
    ...(privateKeyPassword === undefined ? {} : { privateKeyPassword: new Secret(privateKeyPassword) }),
    ...(privateKeyPath === undefined ? {} : { privateKeyPath }),
    ...(agentSocketPath === undefined ? {} : { agentSocketPath }),
    ...(hostKey === undefined ? {} : { hostKey }),
  };
}

function privilegeOf(server: ServerInputs, node: NodeInputs | undefined): "sudo" | "none" {
  if (server.platform === "windows") return "none";
  if (server.privilege !== undefined) return server.privilege;
  const user = node?.host === undefined ? userInfo().username : (node.user ?? "root");
  return user === "root" ? "none" : "sudo";
}
