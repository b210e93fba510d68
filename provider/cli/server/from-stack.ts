import { spawnSync } from "node:child_process";
import { reasonOf } from "../../vocabulary/file-reason";
import type { Properties } from "../../lifecycle/lifecycle";
import { UsageError } from "../command";
import { revealSecrets } from "./reveal-secrets";

const configType = "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig";
/** What an `up` that failed before the config leaves behind. */
const partTypes = ["pulumi-nodejs:dynamic/tableau:TableauConnector", "pulumi-nodejs:dynamic/tableau:TableauDriver"];
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

/** By the server's name: its config, else one of its parts. */
function serversOf(resources: readonly Resource[]): Map<string, Properties> {
  const own = [configType, ...partTypes].flatMap((type) => resources.filter((one) => one.type === type && one.delete !== true));
  const servers = new Map<string, Properties>();
  for (const { outputs } of own) {
    const properties = revealSecrets(outputs ?? {}) as Properties;
    const { name } = (properties["server"] ?? {}) as { readonly name?: string };
    if (name !== undefined && !servers.has(name)) servers.set(name, properties);
  }
  return servers;
}

interface Resource {
  readonly type: string;
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
