import type { ServerRecord } from "../plan/record/record";
import { observeNode } from "../actions/observe";
import { parseRecord } from "../actions/record/parse-record";
import type { Target } from "./target";

/** The record of a server, from its initial node alone; null: there is none. */
export async function readServerRecord(target: Target): Promise<ServerRecord | null> {
  const [initial] = target.hosts;
  const { record } = await observeNode(initial, {
    stateDirectory: target.stateDirectory,
    digests: [],
    directories: [],
    timeoutSeconds: target.timeouts.command,
  });
  return record === null ? null : parseRecord(initial.node, `${target.stateDirectory}/record.json`, record);
}
