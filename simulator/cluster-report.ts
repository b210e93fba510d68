import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { ActiveFaults } from "./active-faults";
import type { ClusterState, FileState, NodeState } from "./cluster-state";
import { connectorFolders } from "./connectors/folders";
import type { JobQueue } from "./controller/jobs";
import { connectorSettings } from "./controller/keys";
import type { ServerRecord } from "./controller/server-record";
import type { AnyNode } from "./nodes/any-node";
import type { SavedCluster } from "./saved-cluster";

export interface ReportParts {
  readonly saved: SavedCluster;
  readonly nodes: readonly AnyNode[];
  readonly record: ServerRecord;
  readonly jobs: JobQueue;
  readonly faults: ActiveFaults;
  readonly dead: ReadonlySet<string>;
}

/** Everything there is to know about the cluster. */
export function clusterState({ saved, nodes, record, jobs, faults, dead }: ReportParts): ClusterState {
  return {
    version: saved.version,
    build: saved.build,
    status: record.status,
    applied: { ...record.applied },
    pending: { ...record.pending },
    pendingTopology: [...record.pendingTopology],
    restarts: record.restarts,
    applies: record.applies,
    starts: record.starts,
    stops: record.stops,
    jobs: jobs.jobs.map((job) => job.state()),
    calls: [...saved.calls],
    nodes: nodes.map((node) => nodeState(node, { saved, record, dead })),
    switches: saved.switches,
    faults: Object.fromEntries(faults.entries()),
  };
}

function nodeState(node: AnyNode, { saved, record, dead }: Pick<ReportParts, "saved" | "record" | "dead">): NodeState {
  const { pluginsPath } = connectorSettings(record.applied);
  const { pluginsPath: pendingPath } = connectorSettings(definedValues(record.pending));
  const options = { release: saved.version, places: node.places };
  const named = [
    ...connectorFolders({ ...options, pluginsPath }),
    ...connectorFolders({ ...options, pluginsPath: pendingPath }),
    node.places.state,
  ];
  const folders = new Set(named.map((folder) => node.settledPath(folder)));
  return {
    name: node.name,
    reachable: !dead.has(node.name),
    executions: node.executions(),
    connections: node.gate.connections,
    files: [...folders].flatMap((folder) => filesIn(node, folder)),
    loaded: record.loaded.filter((connector) => connector.node === node.name),
    rejected: record.rejected.filter((connector) => connector.node === node.name),
  };
}

function definedValues(values: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

function filesIn(node: AnyNode, folder: string): FileState[] {
  const here = join(node.fileRoot, folder);
  if (!existsSync(here) || !lstatSync(here).isDirectory()) return [];
  return readdirSync(here, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(node, path) : fileState(node, path);
    });
}

// A file may vanish between the listing and the look at it: then it is not there.
function fileState(node: AnyNode, path: string): FileState[] {
  const here = join(node.fileRoot, path);
  try {
    const stats = lstatSync(here);
    const bytes = stats.isFile() ? readFileSync(here) : stats.isSymbolicLink() ? readlinkSync(here) : "";
    return [
      {
        path,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
        owner: node.userName(stats.uid),
        size: stats.size,
      },
    ];
  } catch {
    return [];
  }
}
