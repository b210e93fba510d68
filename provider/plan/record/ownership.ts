import type { Claimant, DesiredServer } from "../desired";
import type { Owner } from "./record";
import type { RecordedOwner, ServerRecord } from "./record";

/**
 * How a resource stands to a server: the token in its state decides, and names are for people.
 *
 * `ours` and `names follow`: it is the owner, whatever it is called now. `copy`: its token was the owner's once, and the owner has
 * another name since: this state is a copy, and another copy of it went on. `another resource`: of the same program. `left behind`: of
 * the same stack, and no longer in the program. `same name`: a resource of this very name, from another backend or from a later state.
 */
export type Ownership =
  | { readonly kind: "free" }
  | {
      readonly kind: "ours" | "names follow" | "copy" | "another stack" | "another resource" | "left behind" | "same name";
      readonly owner: RecordedOwner;
    };

/** So many earlier tokens are kept: each change of a server adds one. */
const keptTokens = 32;

export function ownership(us: Claimant, record: Pick<ServerRecord, "owner"> | null): Ownership {
  if (record === null) return { kind: "free" };
  const { owner } = record;
  const sameName = owner.urn === us.urn;
  // A server that was set back to an older day has a token that this state held then.
  if ([us.token, us.renewed, ...us.earlierTokens].includes(owner.token)) return { kind: sameName ? "ours" : "names follow", owner };
  // The record is written before the engine saves the state: under the same name, an earlier token is that of a run that was cut short.
  if (earlierTokens(owner).includes(us.token)) return { kind: sameName ? "ours" : "copy", owner };
  if (owner.stack !== us.stack) return { kind: "another stack", owner };
  if (sameName) return { kind: "same name", owner };
  return { kind: us.rivals.includes(owner.urn) ? "another resource" : "left behind", owner };
}

/** Whether the resource is the owner that a record names. */
export function isOwner(us: Claimant, record: Pick<ServerRecord, "owner"> | null): record is ServerRecord {
  const { kind } = ownership(us, record);
  return kind === "ours" || kind === "names follow";
}

/**
 * The owner as an operation writes it: with its names of now and a new token, so that of two copies of one state only one can go on.
 * The token that stands in the state stays good until the state is known to have the new one.
 */
export function ownerAfter(us: Claimant, record: Pick<ServerRecord, "owner"> | null): RecordedOwner {
  const { stack, urn, token, renewed } = us;
  const before = isOwner(us, record) ? [...earlierTokens(record.owner), record.owner.token] : [];
  const earlier = [...new Set([...before, ...us.earlierTokens, token])].filter((one) => one !== renewed).slice(-keptTokens);
  return { stack, urn, token: renewed, ...(earlier.length === 0 ? {} : { earlierTokens: earlier }) };
}

/** The token for the state: the one that the record has, if it is this resource's; undefined: it has claimed nothing yet. */
export function tokenForState(
  { owner, options }: Pick<DesiredServer, "owner" | "options">,
  record: ServerRecord | null,
): string | undefined {
  if (isOwner(owner, record)) return record.owner.token;
  return options.claim === "create" ? undefined : owner.token;
}

function earlierTokens({ earlierTokens: tokens }: Owner & Partial<RecordedOwner>): readonly string[] {
  return Array.isArray(tokens) ? (tokens as readonly string[]) : [];
}
