import { TableauError } from "../vocabulary/error";
import { perProcessDirectories } from "../plan/placement/load-order";
import type { SeenNode } from "../plan/seen";
import { liveDirectories } from "../plan/placement/placement";
import type { Step } from "../plan/step";
import type { TsmView } from "../tsm/tsm";
import { awaitRunning } from "./await-running";
import { holdLock, type Lock } from "./hold-lock";
import { observeNode } from "../actions/observe";
import { deliverPackage } from "../actions/deliver";
import { fetchPackage } from "../actions/fetch/fetch-package";
import type { Report } from "./report";
import { runJob } from "./run-job";
import { stageFiles, switchFiles, type FileStep } from "./switch-files";
import type { Target } from "./target";

type RestartStep = Extract<Step, { kind: "restart" }>;

export interface Restoration {
  readonly target: Target;
  readonly sha256: string;
  readonly fileName: string;
  readonly who: string;
  readonly report: Report;
  readonly mode: "show" | "carry out";
}

/**
 * Puts a package of the store back among the live files of every node and restarts once, if the server runs.
 *
 * @returns the steps; carried out only in that mode. Empty: it is live everywhere.
 */
export async function restorePackage(restoration: Restoration): Promise<readonly Step[]> {
  const { target, who, report, mode } = restoration;
  const lock = await holdLock(target, who, report);
  try {
    const { steps, holders, nodes } = await plan(restoration);
    if (steps.length === 0) return [];
    const view = await target.tsm.look();
    const restart: RestartStep = { kind: "restart", why: [`${restoration.fileName} is restored`] };
    const activation: readonly Step[] = view.status === "STOPPED" ? [] : [restart, { kind: "awaitRunning" }];
    if (mode === "show") return [...steps, ...activation];
    lock.announce();
    await spread(restoration, holders);
    await switchFiles(target, await stageFiles(target, steps, { nodes }), { nodes });
    if (activation.length > 0) await orByHand(() => restartWithIt(restoration, lock, restart, view));
    return [...steps, ...activation];
  } finally {
    await lock.release();
  }
}

async function restartWithIt({ target, report }: Restoration, lock: Lock, restart: RestartStep, view: TsmView): Promise<void> {
  const job = await runJob({ target, report, lock }, restart);
  if (job.end === "failed") throw job.error;
  await awaitRunning(target, { view, changed: "processes" }, report);
}

interface RestorePlan {
  readonly steps: FileStep[];
  readonly holders: string[];
  readonly nodes: readonly SeenNode[];
}

async function plan({ target, sha256, fileName }: Restoration): Promise<RestorePlan> {
  const question = {
    stateDirectory: target.stateDirectory,
    digests: [sha256],
    directories: [target.place.directory, ...perProcessDirectories(target.place.directory)],
    timeoutSeconds: target.timeouts.command,
  };
  const nodes = await Promise.all(target.hosts.map(async (host) => (await observeNode(host, question)).node));
  const steps = nodes.flatMap((node): FileStep[] => {
    return liveDirectories(target.place, node).flatMap((directory): FileStep[] => {
      const found = node.packages.find(
        (candidate) => candidate.directory === directory && candidate.fileName === fileName && candidate.form !== "folder",
      );
      if (found?.sha256 === sha256) return [];
      const was = found === undefined ? null : (found.sha256 ?? "unreadable");
      return [{ kind: "place", node: node.name, directory, fileName, sha256, was }];
    });
  });
  return {
    steps,
    nodes,
    holders: nodes
      .filter(({ stored }) => stored.some((candidate) => candidate.sha256 === sha256 && candidate.intact === true))
      .map(({ name }) => name),
  };
}

// A package may lie in the store of some nodes only: it is brought to the others first.
async function spread({ target, sha256, fileName }: Restoration, holders: readonly string[]): Promise<void> {
  const source = target.hosts.find(({ node }) => holders.includes(node)) ?? target.hosts[0];
  const bytes = await fetchPackage(source, sha256, target.stateDirectory, target.timeouts.command);
  const sent = { sha256, size: bytes.length, pluginClass: "", pluginVersion: "", fileName, bytes: () => Promise.resolve(bytes) };
  const others = target.hosts.filter(({ node }) => !holders.includes(node));
  await Promise.all(others.map((host) => deliverPackage(host, sent, target.stateDirectory, target.timeouts.command)));
}

// No program knows of this restart, so that no `pulumi up` makes up for it.
async function orByHand(activate: () => Promise<unknown>): Promise<void> {
  try {
    await activate();
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    throw new TableauError(error.code, {
      message: `The package lies in its place on every node, but the server may not run with it: ${error.message}`,
      next: "Run `tsm restart` by hand when the cause is mended.",
      cause: error,
    });
  }
}
