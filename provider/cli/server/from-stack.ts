import { spawnSync } from "node:child_process";
import type { Properties } from "../../lifecycle/lifecycle";
import { UsageError } from "../command";

const configType = "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig";
const largestState = 512 * 1024 * 1024;

/** The properties of a server's config in the state of a stack, secrets included: they stay in this process. */
export function fromStack(stack: string, name: string | undefined): Properties {
  const configs = resourcesOf(stack).filter(({ type, outputs }) => type === configType && outputs !== undefined);
  const found = configs.map(({ outputs }) => outputs ?? {}).filter((outputs) => name === undefined || nameOf(outputs) === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = configs.map(({ outputs }) => nameOf(outputs ?? {})).join(", ") || "none";
  throw new UsageError(
    name === undefined
      ? `The stack ${stack} has ${String(configs.length)} servers (${names}): say which one with --name.\n`
      : `The stack ${stack} has no server ${JSON.stringify(name)}; it has: ${names}.\n`,
  );
}

interface Resource {
  readonly type: string;
  readonly outputs?: Properties;
}

function resourcesOf(stack: string): readonly Resource[] {
  const { status, stdout, stderr, error } = spawnSync(
    "pulumi",
    ["stack", "export", "--show-secrets", "--stack", stack, "--non-interactive"],
    {
      encoding: "utf8",
      maxBuffer: largestState,
    },
  );
  if (error !== undefined) throw new UsageError(`\`pulumi\` cannot be started (${error.message}): install it, or use --server-file.\n`);
  if (status !== 0) throw new UsageError(`\`pulumi stack export\` failed: ${stderr.trim()}\n`);
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: readonly Resource[] } };
  return deployment?.resources ?? [];
}

function nameOf(outputs: Properties): string {
  return (outputs["server"] as { name?: string } | undefined)?.name ?? "?";
}
