import type { Properties } from "../../lifecycle/lifecycle";
import { address } from "../../schema/server";

/**
 * The properties of a server written as the `server` argument of a program: names, nodes with their `connection`, tsm.
 * They are split as the resources split them, into a public and a secret part.
 */
export function fromArguments(server: Readonly<Record<string, unknown>>): Properties {
  const { nodes, tsm, ...rest } = server;
  const list = (Array.isArray(nodes) ? nodes : []) as readonly Node[];
  const { password: tsmPassword, ...publicTsm } = (tsm ?? {}) as Record<string, unknown>;
  return {
    server: { ...rest, nodes: list.map(publicNode), ...(tsm === undefined ? {} : { tsm: publicTsm }) },
    credentials: {
      nodes: Object.fromEntries(list.map(({ name, connection = {} }) => [name, secretPart(connection)])),
      ...(tsmPassword === undefined ? {} : { tsmPassword }),
    },
  };
}

interface Node {
  readonly name: string;
  readonly connection?: Readonly<Record<string, unknown>>;
}

const publicNames = Object.keys(address);

function publicNode({ name, connection = {} }: Node): Record<string, unknown> {
  const { proxy } = connection;
  return { name, ...publicPart(connection), ...(isObject(proxy) ? { proxy: publicPart(proxy) } : {}) };
}

function publicPart(connection: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(connection).filter(([name]) => publicNames.includes(name)));
}

function secretPart(connection: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = Object.entries(connection).filter(([name]) => name !== "proxy" && !publicNames.includes(name));
  const { proxy } = connection;
  return { ...Object.fromEntries(own), ...(isObject(proxy) ? { proxy: secretPart(proxy) } : {}) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
