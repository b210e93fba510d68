import { activate, type ActivationOutcome, type ActivationRequest } from "./activate";
import { ownership, type Ownership } from "../plan/record/ownership";
import { readServerRecord } from "./read-server-record";

/**
 * Takes everything of a program off a server: an activation of nothing, after which the record is forgotten.
 *
 * Only the initial node is asked first. Where another resource owns the server nothing else is contacted and nothing is touched
 * ("not ours"). Where the record is gone, what the state remembers of it counts; where that is nothing, nobody can tell what to
 * give back ("nothing known").
 */
export async function removeServer(
  request: ActivationRequest,
): Promise<ActivationOutcome | { readonly kind: "not ours"; readonly standing: Ownership } | { readonly kind: "nothing known" }> {
  const { target, desired, remembered } = request;
  const record = await readServerRecord(target);
  if (record === null && desired.owner.token !== "") return remembered === null ? { kind: "nothing known" } : await activate(request);
  const standing = ownership(desired.owner, record);
  if (standing.kind === "ours" || standing.kind === "names follow") return await activate(request);
  // A create that failed knows no token: then the name has to do.
  if (standing.kind !== "same name" || desired.owner.token !== "") return { kind: "not ours", standing };
  const { token } = standing.owner;
  return await activate({ ...request, desired: { ...desired, owner: { ...desired.owner, token, renewed: token } } });
}
