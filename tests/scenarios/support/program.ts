import type { ConnectionDescription, ServerDescription } from "../../../simulator";

type Properties = Readonly<Record<string, unknown>>;

/** A Pulumi program, as far as its resources of this package go. */
export interface Program {
  readonly server: Omit<ServerDescription, "nodes" | "tsm" | "platform"> & ServerExtras;
  /** Password of tsm, as `server.tsm.password`. */
  readonly tsmPassword?: string;
  /** Package arguments, by name. */
  readonly connectors: Readonly<Record<string, PackageArguments>>;
  /** Driver arguments, by name. */
  readonly drivers?: Readonly<Record<string, { readonly source: string; readonly fileName?: string; readonly sha256?: string }>>;
  /** Certificate arguments, by name: every connector may need them. */
  readonly trust?: Readonly<Record<string, { readonly certificate: string; readonly alias?: string }>>;
  /** Arguments of the config; null: the program has none. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  /** Name of the config resource. Default "config". */
  readonly configName?: string;
  /** Further configs by name, with the connectors that each lists, by the names above, and where it says so for another server. */
  readonly furtherConfigs?: Readonly<Record<string, { readonly connectors: readonly string[]; readonly server?: Program["server"] }>>;
  /** Connectors that the config lists, by their names. Default: all. */
  readonly listed?: readonly string[];
}

interface ServerExtras {
  readonly nodes: readonly {
    readonly name: string;
    readonly connection?: ConnectionDescription & { readonly privateKeyPassword?: string };
  }[];
  readonly platform?: "linux" | "windows";
  readonly connectorsDirectory?: string;
  readonly stateDirectory?: string;
  readonly placement?: "shared" | "perProcess" | "path";
  readonly version?: string;
  readonly allowPartialCluster?: boolean;
  readonly tsm?: { readonly path?: string; readonly username?: string; readonly requestTimeoutSeconds?: number };
  readonly privilege?: "sudo" | "none";
}

interface PackageArguments {
  readonly source: string;
  readonly fileName?: string;
  readonly sha256?: string;
  readonly requireSignature?: boolean;
  readonly trustStore?: string;
}

export type ResourceKind = "connector" | "driver" | "certificate" | "config";

export interface ResourceOfProgram {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const tokens = {
  connector: "pulumi-nodejs:dynamic/tableau:TableauConnector",
  driver: "pulumi-nodejs:dynamic/tableau:TableauDriver",
  certificate: "pulumi-nodejs:dynamic/tableau:TableauTrustedCertificate",
  config: "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig",
};

export function urnOf(stack: string, kind: ResourceKind, name: string): string {
  return `urn:pulumi:${stack}::test::${tokens[kind]}::${name}`;
}

/** Inputs of a connector before check, as the resource's constructor makes them. */
export function connectorOf(program: Program, stack: string, name: string, certificates: readonly Properties[] = []): ResourceOfProgram {
  const urn = urnOf(stack, "connector", name);
  const trust = certificates.length === 0 ? {} : { trust: certificates.map(({ alias, sha256, pem }) => ({ alias, sha256, pem })) };
  return { kind: "connector", name, urn, inputs: { ...splitServer(program), ...program.connectors[name], ...trust, __urn: urn } };
}

/** Inputs of a driver before check. */
export function driverOf(program: Program, stack: string, name: string): ResourceOfProgram {
  const urn = urnOf(stack, "driver", name);
  return { kind: "driver", name, urn, inputs: { ...splitServer(program), ...program.drivers?.[name], __urn: urn } };
}

/** Inputs of a certificate before check. */
export function certificateOf(program: Program, stack: string, name: string): ResourceOfProgram {
  const urn = urnOf(stack, "certificate", name);
  return { kind: "certificate", name, urn, inputs: { ...splitServer(program), ...program.trust?.[name], __urn: urn } };
}

/** Inputs of each config before check; `connectors`, `drivers` and `certificates` are the outputs of these. */
export function configsOf(
  program: Program,
  stack: string,
  connectors: readonly Properties[],
  drivers: readonly Properties[],
  certificates: readonly Properties[] = [],
): ResourceOfProgram[] {
  const names = Object.keys(program.connectors);
  const pick = (listed: readonly string[]): Properties[] => connectors.filter((_one, i) => listed.includes(names[i] ?? ""));
  const further = Object.entries(program.furtherConfigs ?? {}).map(([configName, { connectors: listed, server = program.server }]) =>
    configOf({ ...program, server, configName }, stack, pick(listed), []),
  );
  const first = program.config === null ? [] : [configOf(program, stack, pick(program.listed ?? names), drivers, certificates)];
  return [...first, ...further];
}

function configOf(
  program: Program,
  stack: string,
  connectors: readonly Properties[],
  drivers: readonly Properties[],
  certificates: readonly Properties[] = [],
): ResourceOfProgram {
  const name = program.configName ?? "config";
  const urn = urnOf(stack, "config", name);
  const refs = connectors.map(({ fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature }) => {
    return { fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature };
  });
  const driverRefs = program.drivers === undefined ? {} : { drivers: drivers.map(({ fileName, sha256 }) => ({ fileName, sha256 })) };
  const trust = program.trust === undefined ? {} : { trust: certificates.map(({ alias, sha256 }) => ({ alias, sha256 })) };
  const inputs = { ...splitServer(program), connectors: refs, ...driverRefs, ...trust, ...program.config, __urn: urn };
  return { kind: "config", name, urn, inputs };
}

function splitServer({ server, tsmPassword }: Program): Record<string, unknown> {
  const { nodes, ...rest } = server;
  const secrets = nodes.map(({ name, connection }) => {
    const { privateKey, hostKey, privateKeyPassword } = connection ?? {};
    return [name, connection === undefined ? {} : { privateKey, privateKeyPassword, hostKey, dialErrorLimit: 1 }] as const;
  });
  return {
    server: {
      ...rest,
      nodes: nodes.map(({ name, connection }) => {
        return connection === undefined ? { name } : { name, host: connection.host, port: connection.port, user: connection.user };
      }),
    },
    credentials: { nodes: Object.fromEntries(secrets), ...(tsmPassword === undefined ? {} : { tsmPassword }) },
  };
}
