import { parseArgs } from "node:util";
import { attachCluster, faultSettings, switchSettings, type FaultName } from "../../simulator";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { runDaemon, startDaemon } from "./simulate-daemon";
import { clusterOptions, printed, startOptions } from "./simulate-options";
import { packageUsage, simulatePackage } from "./simulate-package";

type Subcommand = (args: readonly string[], output: CliOutput) => Promise<number>;

const subcommands: Readonly<Record<string, Subcommand>> = { start, state, fault, upgrade, stop, package: simulatePackage, daemon };

/** `pulumi-tableau simulate`: a simulated Tableau Server to try and test against. */
export const simulate: CliCommand = {
  run(args, output) {
    const [name = "--help", ...rest] = args;
    if (name === "--help" || name === "-h" || rest.includes("--help")) {
      output.out(help());
      return Promise.resolve(0);
    }
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined) throw new UsageError(`There is no "simulate ${name}".\n\n${help()}`);
    return subcommand(rest, output);
  },
};

async function start(args: readonly string[], output: CliOutput): Promise<number> {
  const [options, shown] = [clusterOptions(args), printed(args)];
  await startDaemon(options.directory, args);
  const { nodes, server, trustStore } = await attachCluster(options.directory);
  if (shown === "servers") {
    print(output, { [server.name]: server });
    return 0;
  }
  const described = nodes.map(({ name, connection, root }) => {
    if (connection === undefined) return { name, root };
    const { privateKeyPath: keyFile, ...usable } = connection;
    return { name, host: usable.host, port: usable.port, user: usable.user, keyFile, hostKey: usable.hostKey, root, connection: usable };
  });
  print(output, { directory: options.directory, nodes: described, server, trustStore });
  return 0;
}

async function daemon(args: readonly string[]): Promise<number> {
  await runDaemon(clusterOptions(args));
  return 0;
}

async function state(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = read(args, {}, 0);
  const cluster = await attachCluster(values.dir);
  print(output, await cluster.state());
  return 0;
}

async function fault(args: readonly string[], output: CliOutput): Promise<number> {
  const { values, positionals } = read(args, { clear: { type: "boolean" } }, 2);
  const [name, setting] = positionals;
  if ((name === undefined) === (values["clear"] !== true)) throw new UsageError("Give the name of a fault, or --clear.");
  if (name !== undefined && !Object.hasOwn(faultSettings, name)) {
    throw new UsageError(`There is no fault "${name}". There are: ${Object.keys(faultSettings).join(", ")}.`);
  }
  const cluster = await attachCluster(values.dir);
  if (name === undefined) await cluster.clearFaults();
  else await cluster.fault(name as FaultName, setting);
  print(output, (await cluster.state()).faults);
  return 0;
}

async function upgrade(args: readonly string[], output: CliOutput): Promise<number> {
  const { values, positionals } = read(args, { beside: { type: "boolean" } }, 1);
  const [release] = positionals;
  if (release === undefined) throw new UsageError("Give the release, such as 2025.1.");
  const cluster = await attachCluster(values.dir);
  print(output, await (values["beside"] === true ? cluster.layRelease(release) : cluster.upgrade(release)));
  return 0;
}

async function stop(args: readonly string[]): Promise<number> {
  const { values } = read(args, {}, 0);
  await (await attachCluster(values.dir)).stop();
  return 0;
}

function read(
  args: readonly string[],
  options: Readonly<Record<string, { type: "boolean" | "string" }>>,
  mostPositionals: number,
): { values: Record<string, unknown> & { dir: string }; positionals: string[] } {
  const parsed = parse(args, options);
  const dir = parsed.values["dir"];
  if (typeof dir !== "string" || dir === "") throw new UsageError("--dir DIR is missing: the folder of the cluster.");
  if (parsed.positionals.length > mostPositionals) throw new UsageError(`Unexpected argument "${parsed.positionals.at(-1) ?? ""}".`);
  return { values: { ...parsed.values, dir }, positionals: parsed.positionals };
}

function parse(
  args: readonly string[],
  options: Readonly<Record<string, { type: "boolean" | "string" }>>,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: { dir: { type: "string" }, ...options }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function print(output: CliOutput, value: unknown): void {
  output.out(`${JSON.stringify(value, undefined, 2)}\n`);
}

function help(): string {
  const switches = Object.entries(switchSettings).map(([name, settings]) => `  ${name.padEnd(20)}${settings.join(" | ")}\n`);
  const faults = Object.entries(faultSettings).map(([name, text]) => `  ${name.padEnd(22)}${text}\n`);
  return `usage: pulumi-tableau simulate start --dir DIR ${startOptions}
       pulumi-tableau simulate state --dir DIR
       pulumi-tableau simulate fault --dir DIR NAME [SETTING]
       pulumi-tableau simulate fault --dir DIR --clear
       pulumi-tableau simulate upgrade --dir DIR RELEASE [--beside]
       pulumi-tableau simulate stop  --dir DIR
       pulumi-tableau simulate package ${packageUsage}

start, state, fault and upgrade print JSON. What start prints under "server" is the \`server\` argument of the resources; with --print servers it
prints only what the plugin's configuration takes as \`tableau:servers\`.
What it prints under "trustStore" is the trust store of the nodes: it holds the authority that signs the sample packages.
upgrade lays a later release beside the one in use and switches to it; with --beside it does not switch. Its "trustStore" is the new one's.
package writes a small sample connector, signed.

Switches, with their settings, the default first; "seed" (any text) is what random layouts are drawn from:
${switches.join("")}
Faults:
${faults.join("")}`;
}
