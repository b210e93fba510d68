import type { ActiveFaults } from "./active-faults";
import type { ClusterOptions } from "./cluster-options";
import type { Controller } from "./controller/controller";
import type { JobQueue } from "./controller/jobs";
import type { Server } from "./controller/server";
import type { TsmListener } from "./controller/tsm-listener";
import type { AnyNode } from "./nodes/any-node";
import type { SavedCluster } from "./saved-cluster";

/** What a running cluster is made of. */
export interface ClusterParts {
  readonly options: ClusterOptions;
  readonly saved: SavedCluster;
  readonly nodes: AnyNode[];
  readonly makeNode: (name: string) => AnyNode;
  readonly controller: Controller;
  readonly server: Server;
  readonly jobs: JobQueue;
  readonly faults: ActiveFaults;
  readonly listener: TsmListener;
  readonly dead: Set<string>;
  /** Aborted at the stop. */
  readonly abort: AbortController;
}
