import { ask } from "../host/ask";
import { asked, orAbsent } from "../host/fields";
import type { Host } from "../host/host";
import { last, type LineForm, many } from "../host/reply";
import { mayShareFolders } from "../plan/placement/shared-folder";
import type { SeenServer } from "../plan/seen";
import type { Step } from "../plan/step";
import { checkAnswer, failures } from "../actions/check-answer";
import { placeScript } from "../actions/place/linux";
import { placeForm } from "../actions/place/windows";
import { stageScript } from "../actions/stage/linux";
import { stageForm } from "../actions/stage/windows";
import type { Target } from "./target";

/** Steps that change live files. */
export type FileStep = Extract<Step, { kind: "place" | "mend" | "retire" | "openDirectory" }>;

export function isFileStep(step: Step): step is FileStep {
  return step.kind === "place" || step.kind === "mend" || step.kind === "retire" || step.kind === "openDirectory";
}

/**
 * Puts a verified copy of every package to be placed beside the live files of all nodes. Nothing live changes.
 *
 * @throws TableauError naming the node on which that is not possible; the other nodes are waited for.
 */
export async function stageFiles(target: Target, steps: readonly FileStep[], seen: Pick<SeenServer, "nodes">): Promise<void> {
  await onEachNode(target, seen, async (host) => {
    const places = steps.filter((step) => step.kind === "place" && step.node === host.node);
    // More than one directory only where a rollback brings files back to an earlier one.
    for (const directory of new Set(places.map((step) => step.directory))) {
      const digests = places.flatMap((step) => (step.kind === "place" && step.directory === directory ? [step.sha256] : []));
      const answer = await ask(host, {
        name: "stage",
        text: stageScript,
        windows: stageForm,
        args: [target.stateDirectory, directory, ...new Set(digests)],
        reply: { staged: many(digests.length, { sha256: asked(digests) }, ["sha256"]), ...failures },
        as: "privileged",
        timeoutSeconds: target.timeouts.command,
      });
      checkAnswer(host.node, "stage the packages", answer);
    }
  });
}

/** Places and retires the live files of all nodes, each by one rename. Every node is tried, and the first failure is told. */
export async function switchFiles(target: Target, steps: readonly FileStep[], seen: Pick<SeenServer, "nodes">): Promise<void> {
  await onEachNode(target, seen, async (host) => {
    const groups = steps.filter(({ node }) => node === host.node).map(toArgs);
    if (groups.length === 0) return;
    const answer = await ask(host, {
      name: "place",
      text: placeScript,
      windows: placeForm,
      args: [target.stateDirectory, ...groups.flat()],
      reply: placeReply(groups),
      as: "privileged",
      timeoutSeconds: target.timeouts.command,
    });
    checkAnswer(host.node, "place the packages", answer);
  });
}

function placeReply(groups: readonly (readonly string[])[]) {
  const done = (): LineForm => {
    const directory = asked(groups.map(([, one = ""]) => one));
    return many(groups.length, { directory, fileName: orAbsent(asked(groups.map(([, , one = ""]) => one))) });
  };
  return { placed: done(), retired: done(), opened: done(), mended: done(), end: last(), ...failures };
}

function toArgs(step: FileStep): string[] {
  switch (step.kind) {
    case "openDirectory":
      return ["open", step.directory, "-", "-", "-"];
    case "place":
      return ["place", step.directory, step.fileName, step.sha256, step.was ?? "-"];
    case "mend":
      return ["mend", step.directory, step.fileName, step.sha256, step.owner ?? "-"];
    case "retire":
      return ["retire", step.directory, step.fileName, "-", step.was ?? "-"];
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
