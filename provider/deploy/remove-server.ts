import { activate, type ActivationOutcome, type ActivationRequest } from "./activate";
import { readServerRecord } from "./read-server-record";

/**
 * Takes everything of a program off a server: an activation of nothing, after which the record is forgotten.
 *
 * Only the initial node is asked first. Where the record is gone or another resource owns the server, nothing else is
 * contacted and nothing is touched.
 */
export async function removeServer(request: ActivationRequest): Promise<ActivationOutcome | { readonly kind: "not ours" }> {
  const { target, desired } = request;
  const record = await readServerRecord(target);
  if (record?.owner.token !== desired.owner.token) return { kind: "not ours" };
  return await activate(request);
}
