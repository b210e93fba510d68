import { activate, type ActivationOutcome, type ActivationRequest } from "./activate";
import { observeNode } from "./observe-node";
import { parseRecord } from "./parse-record";

/**
 * Takes everything of a program off a server: an activation of nothing, after which the record is forgotten.
 *
 * Only the initial node is asked first. Where the record is gone or another resource owns the server, nothing else is
 * contacted and nothing is touched.
 */
export async function removeServer(request: ActivationRequest): Promise<ActivationOutcome | { readonly kind: "not ours" }> {
  const { target, desired } = request;
  const [initial] = target.hosts;
  const { record: text } = await observeNode(initial, {
    stateDirectory: target.stateDirectory,
    digests: [],
    directories: [],
    timeoutSeconds: target.timeouts.command,
  });
  const record = text === null ? null : parseRecord(initial.node, `${target.stateDirectory}/record.json`, text);
  if (record?.owner.token !== desired.owner.token) return { kind: "not ours" };
  return await activate(request);
}
