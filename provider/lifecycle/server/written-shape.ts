import { isObject } from "../../vocabulary/is-object";
import type { Properties } from "../lifecycle";
import { address } from "../../schema/server";
import { isUnknown, unknownValue } from "../../schema/unknown";

const addressFields = Object.keys(address);

/** What dynamic resources keep in their state, and what this plugin adds to it for itself: nothing of it is written by anybody. */
const hidden = ["credentials", "schemaVersion", "__urn", "__provider", "__server", "__looksFirst", "ref"];

/**
 * What people write (`server.nodes[].connection`), as the lifecycles take it: a public part and `credentials`. A state that dynamic
 * resources have written is in that shape already.
 */
export function toLifecycle(properties: Properties, urn: string): Properties {
  const { server: named, ...others } = visible(properties);
  // A program may name a server, and the state says what the name stood for.
  const rest = { ...others, ...given({ server: typeof named === "string" ? (properties["__server"] ?? named) : named }) };
  if (isOfDynamicResource(properties)) return { ...rest, ...given({ credentials: properties["credentials"] }), __urn: urn };
  const server = isObject(rest["server"]) ? splitServer(rest["server"]) : { open: rest["server"], credentials: {} };
  const machine = isObject(rest["machine"]) ? splitMachine(rest["machine"]) : { open: rest["machine"], credentials: {} };
  const secret = isObject(rest["machine"]) ? machine.credentials : server.credentials;
  return { ...rest, ...given({ server: server.open, machine: machine.open }), credentials: secret, __urn: urn };
}

/** The other way, with the places as they were written. */
export function toWritten(properties: Properties, places: Properties): Properties {
  const { server, machine } = places;
  return { ...visible(properties), ...given({ server, machine }) };
}

/** Properties of a state in the shape that people write, whether this plugin or a dynamic resource has written it. */
export function asWritten(properties: Properties): Properties {
  if (!isOfDynamicResource(properties)) return visible(properties);
  const { credentials, server, machine } = properties;
  const secret = isObject(credentials) ? credentials : {};
  return toWritten(properties, {
    server: isObject(server) ? joinServer(server, secret) : server,
    machine: isObject(machine) ? joinNode(machine, isObject(secret["nodes"]) ? secret["nodes"] : {}) : machine,
  });
}

/** Whether a dynamic resource of TypeScript has written this state. */
export function isOfDynamicResource(properties: Properties): boolean {
  return "__provider" in properties || "credentials" in properties;
}

function visible(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !hidden.includes(name)));
}

interface Split {
  readonly open: Properties;
  readonly credentials: Properties;
}

function splitServer({ nodes, tsm, ...rest }: Properties): Split {
  const list = Array.isArray(nodes) ? nodes.map((node: unknown) => (isObject(node) ? splitNode(node) : { open: node, secret: [] })) : null;
  const { password, ...openTsm } = isObject(tsm) ? tsm : {};
  return {
    open: { ...rest, ...given({ nodes: list?.map(({ open }) => open) ?? nodes, tsm: isObject(tsm) ? openTsm : tsm }) },
    credentials: { nodes: Object.fromEntries((list ?? []).flatMap(({ secret }) => secret)), ...given({ tsmPassword: password }) },
  };
}

function splitMachine(machine: Properties): Split {
  const { open, secret } = splitNode(machine);
  return { open, credentials: { nodes: Object.fromEntries(secret) } };
}

interface NodeParts {
  readonly open: Properties;
  readonly secret: readonly (readonly [string, unknown])[];
}

function splitNode({ connection, ...rest }: Properties): NodeParts {
  const name = String(rest["name"]);
  // An address that comes later must not hide what the node is called.
  if (isUnknown(connection)) {
    return {
      open: { ...rest, ...Object.fromEntries(addressFields.map((field) => [field, unknownValue])) },
      secret: [[name, unknownValue]],
    };
  }
  if (!isObject(connection)) return { open: rest, secret: [[name, {}]] };
  const { proxy, ...own } = connection;
  const open = { ...rest, ...pick(own, "address"), ...given({ proxy: isObject(proxy) ? pick(proxy, "address") : proxy }) };
  return { open, secret: [[name, { ...pick(own, "secret"), ...(isObject(proxy) ? { proxy: pick(proxy, "secret") } : {}) }]] };
}

function joinServer({ nodes, tsm, ...rest }: Properties, credentials: Properties): Properties {
  const secrets = isObject(credentials["nodes"]) ? credentials["nodes"] : {};
  const password = credentials["tsmPassword"];
  return {
    ...rest,
    ...given({
      nodes: Array.isArray(nodes) ? nodes.map((node: unknown) => (isObject(node) ? joinNode(node, secrets) : node)) : nodes,
      tsm: isObject(tsm) ? { ...tsm, ...given({ password }) } : tsm,
    }),
  };
}

function joinNode({ host, port, user, proxy, ...rest }: Properties, secrets: Properties): Properties {
  if (host === undefined) return rest;
  const own = secrets[String(rest["name"])];
  const { proxy: proxySecret, ...secret } = isObject(own) ? own : {};
  const through = isObject(proxy) ? { ...proxy, ...(isObject(proxySecret) ? proxySecret : {}) } : proxy;
  return { ...rest, connection: given({ host, port, user, ...secret, proxy: through }) };
}

function pick(connection: Properties, part: "address" | "secret"): Properties {
  return Object.fromEntries(Object.entries(connection).filter(([name]) => addressFields.includes(name) === (part === "address")));
}

function given(fields: Properties): Properties {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
