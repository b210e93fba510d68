import type { Host } from "../host/host";
import { readObservation, type Observation } from "./read-observation";
import { observeScript } from "./scripts/observe";

export interface NodeQuestion {
  readonly stateDirectory: string;
  /** Packages of the store whose bytes are to be verified. */
  readonly digests: readonly string[];
  /** Directories whose packages are to be listed. */
  readonly directories: readonly string[];
  readonly timeoutSeconds: number;
}

/** Looks at one node in one round trip. A directory that changes under the look is looked at once more. */
export async function observeNode(host: Host, question: NodeQuestion): Promise<Observation> {
  const first = await ask(host, question);
  try {
    return readObservation(host.node, first);
  } catch {
    return readObservation(host.node, await ask(host, question));
  }
}

async function ask(host: Host, question: NodeQuestion): Promise<Awaited<ReturnType<Host["run"]>>["records"]> {
  const { stateDirectory, digests, directories, timeoutSeconds } = question;
  const answer = await host.run({
    name: "observe",
    text: observeScript,
    args: [stateDirectory, String(digests.length), ...digests, ...directories],
    as: "privileged",
    timeoutSeconds,
  });
  return answer.records;
}
