import { parseArgs } from "node:util";
import { observeNode } from "../actions/observe";
import type { Observation } from "../actions/observe/read-observation";
import { readServerRecord } from "../activation/read-server-record";
import type { Target } from "../activation/target";
import { ownDirectories } from "../plan/placement/load-order";
import type { ServerRecord } from "../plan/record/record";
import type { CliCommand, CliOutput } from "./command";
import { serverOptions, serverUsage } from "./server/server-options";
import { withServer } from "./server/with-server";

const usage = `usage: pulumi-tableau history --stack NAME | --server-file FILE [--json]

Lists every package in the store of a server: what is live, what was, and what was replaced or retired. Nothing is changed.

${serverUsage}  --json               one JSON object
`;

export const history: CliCommand = { run: historyCommand };

/** One package of the store, over all nodes. */
export interface HistoryEntry {
  readonly sha256: string;
  readonly fileName: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly size: number;
  /** RFC 3339, the earliest over the nodes. */
  readonly storedAt: string;
  /** Nodes whose store holds it. */
  readonly nodes: readonly string[];
  /** Nodes on which it is live. */
  readonly live: readonly string[];
}

async function historyCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...serverOptions, json: { type: "boolean" }, help: { type: "boolean" } } });
  return await withServer(values, usage, output, async ({ target }) => {
    const [record, entries] = await Promise.all([readServerRecord(target), readHistory(target)]);
    output.out(
      values.json === true ? `${JSON.stringify({ record, packages: entries }, null, 2)}\n` : describe(target.name, record, entries),
    );
    return 0;
  });
}

/** Every package in the stores of a server's nodes, the latest first. */
export async function readHistory(target: Target): Promise<HistoryEntry[]> {
  const question = {
    stateDirectory: target.stateDirectory,
    digests: [],
    directories: [target.place.directory, ...ownDirectories(target.place.directory), target.driversDirectory],
    timeoutSeconds: target.timeouts.command,
  };
  const observations = await Promise.all(target.hosts.map((host) => observeNode(host, question)));
  const digests = new Set(observations.flatMap(({ node }) => node.stored.map(({ sha256 }) => sha256)));
  return [...digests].map((sha256) => entryOf(sha256, observations)).sort((a, b) => (a.storedAt < b.storedAt ? 1 : -1));
}

function entryOf(sha256: string, observations: readonly Observation[]): HistoryEntry {
  const stored = observations.flatMap(({ node }) =>
    node.stored.filter((one) => one.sha256 === sha256).map((one) => ({ ...one, node: node.name })),
  );
  const described = stored.find(({ pluginClass }) => pluginClass !== "") ?? stored[0];
  const live = observations.filter(({ node }) => node.packages.some((one) => one.sha256 === sha256)).map(({ node }) => node.name);
  return {
    sha256,
    fileName: described?.fileName ?? "",
    pluginClass: described?.pluginClass ?? "",
    pluginVersion: described?.pluginVersion ?? "",
    size: described?.size ?? 0,
    storedAt: new Date(stored.reduce((earliest, one) => Math.min(earliest, one.storedAt), Infinity) * 1000).toISOString(),
    nodes: stored.map(({ node }) => node),
    live,
  };
}

function describe(name: string, record: ServerRecord | null, entries: readonly HistoryEntry[]): string {
  const owner = record === null ? "nobody" : `${record.owner.stack} (${record.owner.urn})`;
  const last = record?.lastActivation ?? null;
  const rolledBack = record?.rolledBack ?? null;
  const lines = [
    `${name} is owned by ${owner}.`,
    last === null ? "No activation yet." : `Last activation: ${last.at} (${last.job}).`,
    ...(rolledBack === null ? [] : [`Rolled back at ${rolledBack.at}: ${rolledBack.why}`]),
    "",
    ...entries.map(
      (entry) =>
        `${entry.storedAt}  ${entry.sha256.slice(0, 12)}  ${(entry.fileName || "?").padEnd(32)} ${`${entry.pluginClass} ${entry.pluginVersion}`.trim().padEnd(28)} ${
          entry.live.length > 0 ? `live on ${entry.live.join(", ")}` : `in the store of ${entry.nodes.join(", ")}`
        }`,
    ),
    ...(entries.length === 0 ? ["The store is empty."] : []),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
