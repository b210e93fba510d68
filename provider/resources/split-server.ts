import * as pulumi from "@pulumi/pulumi";
import { address, login, serverInputs, tsmInputs } from "../schema/server";
import type { NodeArgs, NodeConnectionArgs, TableauServerArgs, TsmArgs } from "./server-args";

type Known<T> = pulumi.Unwrap<T>;
type Fields = Record<string, pulumi.Input<unknown>>;

/** The public part of a server and its secret part, as they stand in state. */
export interface SplitServer {
  readonly server: pulumi.Input<Fields>;
  readonly credentials: pulumi.Output<unknown>;
}

const credentialFields = Object.keys(login);
const addressFields = Object.keys(address);
const { name: _name, nodes: _nodes, tsm: _tsm, ...openFields } = serverInputs;

/**
 * Splits a server into what may be read in every diff and what is always secret.
 *
 * One secret inside makes a whole Output secret, and one unknown a whole Output unknown, so the public part is built
 * field by field: https://github.com/pulumi/pulumi/issues/447 shows what people see otherwise.
 */
export function splitServer(server: pulumi.Input<TableauServerArgs>): SplitServer {
  const later = eventual(server);
  if (later !== null) return splitOutput(later as pulumi.Output<Known<TableauServerArgs>>);
  const { nodes, tsm } = server as TableauServerArgs;
  return {
    server: publicPart(server as TableauServerArgs),
    credentials: pulumi.secret(
      pulumi.output([nodes, tsm] as const).apply(([knownNodes, knownTsm]) => secretPart(knownNodes as Known<NodeArgs>[], knownTsm)),
    ),
  };
}

function splitOutput(server: pulumi.Output<Known<TableauServerArgs>>): SplitServer {
  return {
    server: pulumi.unsecret(server.apply((known) => publicPart(known as TableauServerArgs))),
    credentials: pulumi.secret(server.apply(({ nodes, tsm }) => secretPart(nodes as Known<NodeArgs>[], tsm))),
  };
}

function publicPart(server: TableauServerArgs): Fields {
  return {
    name: open(server.name),
    nodes: publicNodes(server.nodes),
    ...publicFields(server, Object.keys(openFields)),
    ...(server.tsm === undefined ? {} : { tsm: publicFields(server.tsm, Object.keys(tsmInputs)) }),
  };
}

function publicNodes(nodes: TableauServerArgs["nodes"]): pulumi.Input<unknown> {
  const later = eventual(nodes);
  return later === null
    ? (nodes as pulumi.Input<NodeArgs>[]).map(publicNode)
    : open(later.apply((known) => (known as NodeArgs[]).map(publicNode)));
}

/** The public part of a node: its name and its address. */
export function publicNode(node: pulumi.Input<NodeArgs>): pulumi.Input<unknown> {
  const later = eventual(node);
  if (later !== null) return open(later.apply((known) => publicNode(known as NodeArgs)));
  const { name, connection } = node as NodeArgs;
  if (connection === undefined) return { name: open(name) };
  return { name: open(name), ...publicFields(connection, addressFields), ...proxyOf(connection) };
}

function proxyOf(connection: pulumi.Input<NodeConnectionArgs>): Fields {
  const later = eventual(connection);
  if (later !== null) return { proxy: open(later.apply((known) => proxyFields(known as Known<NodeConnectionArgs>))) };
  const { proxy } = connection as NodeConnectionArgs;
  return proxy === undefined ? {} : { proxy: publicFields(proxy, addressFields) };
}

function proxyFields(connection: Known<NodeConnectionArgs>): Record<string, unknown> | undefined {
  return connection.proxy === undefined ? undefined : pick(connection.proxy, addressFields);
}

// Each field on its own: a host that is not known yet must not hide the names of the nodes.
/** Some fields of a value, none of them secret. */
export function publicFields(value: pulumi.Input<object>, names: readonly string[]): Fields {
  const later = eventual(value);
  if (later !== null) {
    return Object.fromEntries(names.map((name) => [name, open(later.apply((known) => (known as Record<string, unknown>)[name]))]));
  }
  return given(Object.fromEntries(names.map((name) => [name, (value as Record<string, pulumi.Input<unknown>>)[name]])));
}

/** The secret part of nodes, by their names. */
export function secretPart(nodes: readonly Known<NodeArgs>[], tsm: Known<TsmArgs> | undefined): unknown {
  return {
    nodes: Object.fromEntries(nodes.map(({ name, connection }) => [name, connection === undefined ? {} : secretConnection(connection)])),
    ...(tsm?.password === undefined ? {} : { tsmPassword: tsm.password }),
  };
}

function secretConnection(connection: Known<NodeConnectionArgs>): Record<string, unknown> {
  return {
    ...pick(connection, credentialFields),
    ...(connection.proxy === undefined ? {} : { proxy: pick(connection.proxy, credentialFields) }),
  };
}

function pick(value: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name, field]) => names.includes(name) && field !== undefined));
}

function given(fields: Record<string, pulumi.Input<unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, open(value)]),
  );
}

function open(value: pulumi.Input<unknown>): pulumi.Output<unknown> {
  return pulumi.unsecret(pulumi.output(value));
}

/** The value as an Output if it comes later, null if it is there. */
export function eventual(value: unknown): pulumi.Output<unknown> | null {
  return pulumi.Output.isInstance(value) || value instanceof Promise ? pulumi.output(value as pulumi.Output<unknown>) : null;
}
