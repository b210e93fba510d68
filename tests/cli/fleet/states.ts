import { createHash } from "node:crypto";
import { toStackState, unreadStack, type StackState } from "../../../provider/cli/fleet/stack-state";

/** The day on which these states are looked at. */
export const now = new Date("2026-11-30T08:00:00.000Z");

export type Door = "dynamic" | "plugin";
type Properties = Readonly<Record<string, unknown>>;

/** A digest that is the same for the same words. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

const signer = { subject: "CN=Example Vendor, O=Example Company", issuer: "CN=Example CA", notBefore: "2024-01-01T00:00:00.000Z" };

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly bytes?: string;
  readonly notAfter?: string;
  readonly timestamp?: string;
}

/** A package as a config lists it. */
export function listed({
  name,
  version,
  bytes = "",
  notAfter = "2030-01-01T00:00:00.000Z",
  timestamp = "2026-01-15T12:00:00.000Z",
}: Package): Listed {
  return {
    fileName: `${name}.taco`,
    sha256: digest(`${name} ${version} ${bytes}`),
    pluginClass: name,
    pluginVersion: version,
    minVersionTableau: "2019.4",
    signature: { status: "signed", signers: [{ ...signer, notAfter, timestamp }] },
  };
}

export interface Listed extends Properties {
  readonly fileName: string;
  readonly sha256: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
}

export interface Server {
  readonly name: string;
  readonly hosts: readonly string[];
}

/** The public part of a server, in the shape that its door keeps. */
function serverOf({ name, hosts }: Server, door: Door): Properties {
  const nodes = hosts.map((host, i) => {
    const connection = { host, port: 22, user: "tableau" };
    return { name: `node${String(i + 1)}`, ...(door === "dynamic" ? connection : { connection }) };
  });
  return { name, nodes };
}

/** A config as the engine keeps it when all is well; `change` is what a refresh found, or what the program says. */
export function config(server: Server, packages: readonly Listed[], change: Properties = {}, door: Door = "dynamic"): Properties {
  const drivers = (change["drivers"] ?? []) as readonly Listed[];
  const files = Object.fromEntries([...packages, ...drivers].map(({ fileName, sha256 }) => [fileName, sha256]));
  return resource(door, "TableauServerPluginsConfig", `${server.name}-config`, `${server.name}/plugins-config`, {
    server: serverOf(server, door),
    connectors: packages,
    live: Object.fromEntries(server.hosts.map((_host, i) => [`node${String(i + 1)}`, files])),
    loaded: "current",
    topology: server.hosts.map((_host, i) => `node${String(i + 1)}`),
    applied: { connectPluginsPath: null, disableVerifyConnectorPluginSignature: null },
    running: Object.fromEntries(
      packages.map(({ pluginClass, sha256, pluginVersion }) => [pluginClass, { sha256, version: pluginVersion }]),
    ),
    activationDue: null,
    serverStatus: "RUNNING",
    tableauVersion: "2024.2",
    lastActivation: null,
    unlisted: [],
    ownerToken: `token of ${server.name}`,
    remembered: null,
    ...change,
  });
}

/** A connector on a person's machine. */
export function onMachine(machine: string, product: string, taco: Listed, placed = taco.sha256): Properties {
  return resource("dynamic", "TableauDesktopConnector", `${machine}-${taco.pluginClass}`, `${machine}/${product}/${taco.pluginClass}`, {
    machine: { name: machine, product, host: `${machine}.example.com`, user: machine, version: "2024.2" },
    source: taco.fileName,
    ...taco,
    placed,
    relaunch: "Tableau Desktop",
    folder: "/connectors",
    ownerToken: "t",
  });
}

/** A resource of this package in an exported stack. */
export function resource(door: Door, type: string, name: string, id: string, outputs: Properties, more: Properties = {}): Properties {
  const token = `${door === "dynamic" ? "pulumi-nodejs:dynamic/tableau:" : "tableau:index:"}${type}`;
  return {
    type: token,
    urn: `urn:pulumi:dev::connectors::${token}::${name}`,
    id,
    modified: "2026-11-28T08:00:00.000Z",
    outputs: { ...outputs, ...(door === "dynamic" ? { __provider: "exports.handler = …" } : {}) },
    ...more,
  };
}

/** A stack as `pulumi stack export` prints it. */
export function stack(name: string, resources: readonly Properties[], more: Properties = {}): StackState {
  return toStackState(name, { deployment: { manifest: { time: "2026-11-29T08:00:00.000Z" }, resources, ...more } });
}

const clickhouse = (version: string): Listed => listed({ name: "clickhouse_jdbc", version });
const duckdb = listed({ name: "duckdb_jdbc", version: "2.0.0", notAfter: "2027-01-15T00:00:00.000Z", timestamp: "none" });
const iomete = listed({ name: "iomete_jdbc", version: "1.4.0", notAfter: "2027-02-01T00:00:00.000Z" });
const jar = (bytes: string): Properties => ({ fileName: "clickhouse-jdbc-0.9.5.jar", sha256: digest(bytes) });

const server = {
  dev: { name: "dev", hosts: ["dev.example.com"] },
  test: { name: "test", hosts: ["test1.example.com", "test2.example.com"] },
  staging: { name: "staging", hosts: ["stage1.example.com", "stage2.example.com", "stage3.example.com"] },
  prod: { name: "prod", hosts: ["prod1.example.com", "prod2.example.com", "prod3.example.com"] },
  finance: { name: "finance", hosts: ["fin1.example.com"] },
} as const;

/** Five servers and two machines in six stacks and one that cannot be read: every kind of finding. */
export function everyFinding(): StackState[] {
  const staging = [clickhouse("1.3.0"), duckdb, iomete];
  const prod = [clickhouse("1.2.0"), duckdb, iomete];
  const live = (changes: Readonly<Record<string, Properties>>, packages: readonly Listed[]): Properties =>
    Object.fromEntries(
      ["node1", "node2", "node3"].map((node) => [
        node,
        { ...Object.fromEntries(packages.map(({ fileName, sha256 }) => [fileName, sha256])), ...changes[node] },
      ]),
    );
  return [
    stack("dev", [
      config(server.dev, [clickhouse("1.4.0"), duckdb], {
        applied: { connectPluginsPath: null, disableVerifyConnectorPluginSignature: "true" },
        unlisted: ["node1/trial_jdbc.taco"],
        tableauVersion: "2025.1",
      }),
    ]),
    stack("test", [
      config(
        server.test,
        [clickhouse("1.3.0"), { ...duckdb, sha256: digest("built again") }],
        {
          activationDue: "1 file changes, 0 key changes, one restart; the restart window opens at 2026-12-05T22:00:00.000Z",
          live: { node1: { "clickhouse_jdbc.taco": clickhouse("1.2.0").sha256 } },
          drivers: [jar("one")],
        },
        "plugin",
      ),
    ]),
    stack("staging", [
      config(server.staging, staging, {
        drivers: [jar("one")],
        live: live({}, [...staging, jar("one") as Listed]),
        loaded: "restart due since 2026-11-27T21:14:05.000Z",
        running: { duckdb_jdbc: { sha256: duckdb.sha256, version: "2.0.0" }, clickhouse_jdbc: { sha256: digest("old"), version: "1.2.0" } },
      }),
    ]),
    stack("prod", [
      config(server.prod, prod, {
        drivers: [jar("another")],
        live: live({ node2: { "clickhouse_jdbc.taco": digest("tampered") }, node3: { "duckdb_jdbc.taco": "absent" } }, [
          ...prod,
          jar("another") as Listed,
        ]),
      }),
      onMachine("anna", "desktop", clickhouse("1.2.0")),
    ]),
    stack("finance", [
      resource("dynamic", "TableauConnector", "orphan", "finance/mysql_jdbc", {
        server: { name: "finance", nodes: [{ name: "node1", host: "fin1.example.com", port: 22, user: "tableau" }] },
        source: "mysql_jdbc.taco",
        ...listed({ name: "mysql_jdbc", version: "0.1.0" }),
        delivered: { node1: "absent" },
      }),
      {
        ...config(server.finance, [clickhouse("1.3.0")], { serverStatus: "DEGRADED" }),
        initErrors: ["`tsm restart` of finance failed: job 12 ended with FAILED."],
      },
    ]),
    stack("platform", [
      config(server.finance, [clickhouse("1.3.0")], { loaded: "belongs to the stack connectors/finance" }),
      onMachine("ben", "bridge", clickhouse("1.4.0"), "absent"),
    ]),
    unreadStack("archive", "`pulumi stack export` failed: error: no stack named 'archive' found"),
  ];
}
