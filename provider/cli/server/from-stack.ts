import { spawnSync } from "node:child_process";
import { reasonOf } from "../../vocabulary/file-reason";
import { toLifecycle } from "../../lifecycle/server/written-shape";
import type { Properties } from "../../lifecycle/lifecycle";
import { Configuration } from "../../plugin/configuration";
import { UsageError } from "../command";
import { revealSecrets } from "./reveal-secrets";

/** The two front doors: dynamic resources of TypeScript, and the plugin for every language. */
const doors = ["pulumi-nodejs:dynamic/tableau:", "tableau:index:"];
/** First the config, then what an `up` that failed before it leaves behind. */
const kinds = ["TableauServerPluginsConfig", "TableauConnector", "TableauDriver"];
const largestState = 512 * 1024 * 1024;

/** The properties of a server in the state of a stack, secrets included: they stay in this process. */
export function fromStack(stack: string, name: string | undefined): Properties {
  const servers = serversOf(readResources(stack));
  const names = [...servers.keys()];
  if (names.length === 0) {
    throw new UsageError(
      `The stack ${stack} has no resource of a Tableau Server in its state. Run \`pulumi up\` first, or describe the server with --server-file.\n`,
    );
  }
  const [only = "", ...others] = names;
  if (name === undefined && others.length > 0) {
    throw new UsageError(`The stack ${stack} has ${String(names.length)} servers (${names.join(", ")}). Pass one of them with --name.\n`);
  }
  const found = servers.get(name ?? only);
  if (found === undefined) {
    throw new UsageError(`The stack ${stack} has no server ${JSON.stringify(name)}. It has: ${names.join(", ")}.\n`);
  }
  return found;
}

/** The servers of a state, by their names: properties of the config, else of one of its parts. */
export function serversOf(resources: readonly Resource[]): Map<string, Properties> {
  const types = kinds.flatMap((kind) => doors.map((door) => `${door}${kind}`));
  const own = types.flatMap((type) => resources.filter((one) => one.type === type && one.delete !== true));
  const servers = new Map<string, Properties>();
  for (const { outputs, provider, urn } of own) {
    const state = revealSecrets(outputs ?? {}) as Properties;
    const properties = toLifecycle(withServer(state, provider, resources), urn);
    const { name } = (properties["server"] ?? {}) as { readonly name?: string };
    if (name !== undefined && !servers.has(name)) servers.set(name, properties);
  }
  return servers;
}

// A program that names its server has the rest in the configuration of the provider.
function withServer(state: Properties, provider: string | undefined, resources: readonly Resource[]): Properties {
  const { server: name } = state;
  if (typeof name !== "string") return state;
  const configured = resources.find(({ urn }) => provider?.startsWith(`${urn}::`) === true);
  const configuration = new Configuration(revealSecrets(configured?.inputs ?? {}) as Properties);
  return configuration.serverNames.includes(name) ? { ...state, server: configuration.server(name) } : state;
}

/** A resource as `pulumi stack export` prints it. */
export interface Resource {
  readonly type: string;
  readonly urn: string;
  /** URN and id of its provider. */
  readonly provider?: string;
  readonly inputs?: Properties;
  /** A replaced one that waits for its end. */
  readonly delete?: boolean;
  readonly outputs?: Properties;
}

function readResources(stack: string): readonly Resource[] {
  const { status, stdout, stderr, error } = spawnSync(
    "pulumi",
    ["stack", "export", "--show-secrets", "--stack", stack, "--non-interactive"],
    {
      encoding: "utf8",
      maxBuffer: largestState,
    },
  );
  if (error !== undefined) {
    throw new UsageError(`\`pulumi\` cannot be started (${reasonOf(error)}). Put it on PATH, or use --server-file.\n`);
  }
  if (status !== 0) throw new UsageError(`\`pulumi stack export\` failed: ${stderr.trim()}\n`);
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: readonly Resource[] } };
  return deployment?.resources ?? [];
}
