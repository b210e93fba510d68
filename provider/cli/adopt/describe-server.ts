import type { LivePlace } from "../../plan/placement/placement";
import type { EndpointCredentials, EndpointInputs, NodeCredentials, OnServer } from "../../schema/server";
import { object, scalar, type Value } from "./value";

/** A value that goes into the stack's configuration, and where the server's description has it. */
export interface Secret {
  readonly key: string;
  /** Below the server, as a program of JavaScript names it. */
  readonly path: string;
}

export interface DescribedServer {
  readonly value: Value;
  readonly secrets: readonly Secret[];
}

const secretNames = ["password", "privateKey", "privateKeyPassword"] as const;
const openNames = ["privateKeyPath", "agentSocketPath", "hostKey", "dialErrorLimit", "perDialTimeout"] as const;

/** A server as a program describes it: what is secret by names of the configuration, the same name for the same secret. */
export function describeServer({ server, credentials = {} }: OnServer, place: LivePlace): DescribedServer {
  const secrets = new Map<string, Secret>();
  const secret = (base: string, value: string, path: string): Value => {
    const known = secrets.get(`${base} ${value}`)?.key;
    const key = known ?? unusedKey(base, [...secrets.values()]);
    if (known === undefined) secrets.set(`${base} ${value}`, { key, path });
    return { kind: "secret", key };
  };
  const endpoint = (address: Partial<EndpointInputs>, login: EndpointCredentials, path: string): Record<string, Value | undefined> => ({
    host: optional(address.host),
    port: optional(address.port),
    user: optional(address.user),
    ...Object.fromEntries(openNames.map((name) => [name, optional(login[name])])),
    ...Object.fromEntries(
      secretNames.map((name) => {
        const value = login[name];
        return [name, value === undefined ? undefined : secret(name, value, `${path}.${name}`)];
      }),
    ),
  });
  const nodes = server.nodes.map((node, i): Value => {
    const login: NodeCredentials = credentials.nodes?.[node.name] ?? {};
    const path = `.nodes[${String(i)}].connection`;
    const proxy = node.proxy === undefined ? undefined : object(endpoint(node.proxy, login.proxy ?? {}, `${path}.proxy`));
    const connection = node.host === undefined ? undefined : object({ ...endpoint(node, login, path), proxy });
    return object({ name: scalar(node.name), connection });
  });
  const { tsm } = server;
  const { tsmPassword } = credentials;
  const tsmFields = {
    username: optional(tsm?.username),
    password: tsmPassword === undefined ? undefined : secret("tsmPassword", tsmPassword, ".tsm.password"),
    path: optional(tsm?.path),
    requestTimeoutSeconds: optional(tsm?.requestTimeoutSeconds),
  };
  const hasTsm = Object.values(tsmFields).some((value) => value !== undefined);
  const value = object({
    name: scalar(server.name),
    nodes: { kind: "list", items: nodes },
    version: optional(server.version),
    platform: optional(server.platform),
    placement: place.placement === "automatic" ? undefined : scalar(place.placement),
    connectorsDirectory: place.placement === "path" ? scalar(place.directory) : optional(server.connectorsDirectory),
    driversDirectory: optional(server.driversDirectory),
    stateDirectory: optional(server.stateDirectory),
    privilege: optional(server.privilege),
    tsm: hasTsm ? object(tsmFields) : undefined,
    allowPartialCluster: optional(server.allowPartialCluster),
  });
  return { value, secrets: [...secrets.values()] };
}

function optional(value: string | number | boolean | undefined): Value | undefined {
  return value === undefined ? undefined : scalar(value);
}

function unusedKey(base: string, taken: readonly Secret[]): string {
  const isTaken = (key: string): boolean => taken.some((one) => one.key === key);
  let number = 2;
  if (!isTaken(base)) return base;
  while (isTaken(`${base}${String(number)}`)) number += 1;
  return `${base}${String(number)}`;
}
