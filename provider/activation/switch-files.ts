import type { Host } from "../host/host";
import { mayShareFolders } from "../plan/placement/shared-folder";
import type { SeenServer } from "../plan/seen";
import type { Step } from "../plan/step";
import { perform } from "../actions/action";
import { checkAnswer } from "../actions/check-answer";
import { place } from "../actions/place";
import type { LiveChange } from "../actions/place/windows";
import { stage } from "../actions/stage";
import { stageStore } from "./stage-store";
import type { Target } from "./target";

/** Steps that change live files. */
export type FileStep = Extract<Step, { kind: "place" | "mend" | "retire" | "openDirectory" | "trust" }>;

/** The same, with what is to be placed lying beside the live files. */
export type StagedStep = Exclude<FileStep, { kind: "trust" }>;

const kinds: readonly Step["kind"][] = ["place", "mend", "retire", "openDirectory", "trust"];

export function isFileStep(step: Step): step is FileStep {
  return kinds.includes(step.kind);
}

/**
 * Puts a verified copy of every package to be placed beside the live files of all nodes, and new trust stores beside the old ones. Nothing
 * live changes.
 *
 * @returns what is then to be switched.
 * @throws TableauError naming the node on which that is not possible; the other nodes are waited for.
 */
export async function stageFiles(target: Target, steps: readonly FileStep[], seen: Pick<SeenServer, "nodes">): Promise<StagedStep[]> {
  const { stateDirectory, timeouts } = target;
  const stores = new Map<FileStep, StagedStep>();
  await onEachNode(target, seen, async (host) => {
    const places = steps.filter((step) => step.kind === "place" && step.node === host.node);
    // More than one directory only where a rollback brings files back to an earlier one.
    for (const directory of new Set(places.flatMap((step) => (step.kind === "place" ? [step.directory] : [])))) {
      const digests = places.flatMap((step) => (step.kind === "place" && step.directory === directory ? [step.sha256] : []));
      const answer = await perform(
        host,
        stage,
        { stateDirectory, directory, digests: [...new Set(digests)] },
        { timeoutSeconds: timeouts.command },
      );
      checkAnswer(host.node, "stage the packages", answer);
    }
    for (const step of steps) {
      if (step.kind === "trust" && step.node === host.node) stores.set(step, await stageStore(target, host, step, seen));
    }
  });
  return steps.flatMap((step) => (step.kind === "trust" ? (stores.get(step) ?? []) : [step]));
}

/** Places and retires the live files of all nodes, each by one rename. Every node is tried, and the first failure is told. */
export async function switchFiles(target: Target, steps: readonly StagedStep[], seen: Pick<SeenServer, "nodes">): Promise<void> {
  const { stateDirectory, timeouts } = target;
  await onEachNode(target, seen, async (host) => {
    const changes = steps.filter(({ node }) => node === host.node).map(toChange);
    if (changes.length === 0) return;
    const answer = await perform(host, place, { stateDirectory, changes }, { timeoutSeconds: timeouts.command });
    checkAnswer(host.node, "place the packages", answer);
  });
}

function toChange(step: StagedStep): LiveChange {
  const { directory } = step;
  switch (step.kind) {
    case "openDirectory":
      return { kind: "open", directory, fileName: null, sha256: null, was: null };
    case "place":
      return { kind: "place", directory, fileName: step.fileName, sha256: step.sha256, was: step.was };
    case "mend":
      return { kind: "mend", directory, fileName: step.fileName, sha256: step.sha256, was: step.owner };
    case "retire":
      return { kind: "retire", directory, fileName: step.fileName, sha256: null, was: step.was };
  }
}

// All at the same time; where nodes may share a folder one after the other, so that each sees what the ones before it have done:
// a file is placed once, and what one node did counts for the others.
async function onEachNode({ hosts }: Target, seen: Pick<SeenServer, "nodes">, work: (host: Host) => Promise<void>): Promise<void> {
  if (mayShareFolders(seen)) {
    for (const host of hosts) await work(host);
    return;
  }
  const results = await Promise.allSettled(hosts.map(work));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
