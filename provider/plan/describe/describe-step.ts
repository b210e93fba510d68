import { isOwnKey } from "../../vocabulary/keys";
import { processOf } from "../placement/load-order";
import type { Step } from "../step";

/** One line for people: what a step does, where, and whether it disturbs anybody. `server` is the server's name. */
export function describeStep(step: Step, server: string): string {
  switch (step.kind) {
    case "discardPending":
      return `discard the pending configuration changes of ${server}`;
    case "record":
      return step.restartRequired.length === 0 ? `record the change on ${server}` : `record on ${server} that a restart is due`;
    case "openDirectory":
      return `[${step.node}] make ${step.directory} readable (0755)`;
    case "place":
      return `[${step.node}] place ${step.fileName}${forProcess(step.directory)} (sha256 ${short(step.sha256)}${step.was === null ? "" : `, was ${short(step.was)}`})`;
    case "mend": {
      const owner = step.owner === null ? "" : ` and its owner to ${step.owner}`;
      return `[${step.node}] set the mode of ${step.fileName} to 0644${owner} (was ${step.was.mode} ${step.was.owner})`;
    }
    case "retire":
      return `[${step.node}] retire ${step.fileName}${forProcess(step.directory)} (kept in the store)`;
    case "trust": {
      const what = [...step.add.map(({ alias }) => `trust ${alias}`), ...step.remove.map(({ alias }) => `no longer trust ${alias}`)];
      return `[${step.node}] ${what.join(", ")} in ${step.repository}`;
    }
    case "setKey":
      if (!isOwnKey(step.key)) return `set ${step.key} of ${server}`;
      return `set ${step.key} of ${server} to ${JSON.stringify(step.value)}${step.was === null ? "" : ` (was ${JSON.stringify(step.was)})`}`;
    case "unsetKey":
      return `reset ${step.key} of ${server}${step.was === null || !isOwnKey(step.key) ? "" : ` (was ${JSON.stringify(step.was)})`}`;
    case "applyPending":
      if (step.restarts === "perhaps") return `apply the pending changes of ${server}: it restarts if tsm finds that they need it`;
      return `apply the pending changes of ${server}: it restarts, users are disconnected`;
    case "restart":
      return `restart ${server}: users are disconnected`;
    case "awaitRunning":
      return `wait until ${server} runs again`;
  }
}

function forProcess(directory: string): string {
  const process = processOf(directory);
  return process === null ? "" : ` for ${process}`;
}

/** The first characters of a digest, enough for people to compare. */
export function short(sha256: string): string {
  return sha256.slice(0, 8);
}
