import { isOurLeftover } from "../compare/compare-keys";
import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";
import type { Finding, Step } from "../step";

export interface PendingComparison {
  readonly steps: readonly Step[];
  readonly refusals: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * What to do about changes that somebody else left pending.
 *
 * `pending-changes apply` applies everybody's changes, so they matter only to a change set that has to apply keys; a
 * restart leaves them pending.
 *
 * @see https://help.tableau.com/current/server-linux/en-us/cli_pending-changes.htm
 */
export function checkPending(desired: DesiredServer, seen: SeenServer, keySteps: readonly Step[]): PendingComparison {
  const foreign = foreignChanges(seen, keySteps);
  const { topology } = seen.pending;
  if (foreign.length === 0 && !topology) return { steps: [], refusals: [], warnings: [] };
  if (keySteps.length === 0) {
    return { steps: [], refusals: [], warnings: [leftPending(desired, [...foreign, ...(topology ? ["topology changes"] : [])])] };
  }
  if (topology) return { steps: [], refusals: [topologyPending(desired)], warnings: [] };
  switch (desired.options.foreignPendingChanges) {
    case "refuse":
      return { steps: [], refusals: [foreignPending(desired, foreign)], warnings: [] };
    case "apply":
      return { steps: [], refusals: [], warnings: [appliedAlong(desired, foreign)] };
    case "discard":
      return { steps: [{ kind: "discardPending" }], refusals: [], warnings: [discarded(desired, foreign)] };
  }
}

/** Pending changes that are not this change set's: other keys, and a key of ours that this change set does not set. */
export function foreignChanges(seen: SeenServer, keySteps: readonly Step[]): string[] {
  const set = keySteps.flatMap((step) => (step.kind === "setKey" || step.kind === "unsetKey" ? [step.key] : []));
  const others = seen.pending.ours.filter((key) => !set.includes(key));
  // Ours once, but the program wants it no more: it must not be applied along, and nobody must be left to wonder whose it is.
  return [...seen.pending.foreign, ...others.map((key) => (isOurLeftover(key, seen) ? `${key} (left by an interrupted run)` : key))];
}

function foreignPending(desired: DesiredServer, foreign: readonly string[]): Finding {
  return {
    code: "foreign-pending-changes",
    message: `Somebody else's configuration changes are pending on ${desired.name}: ${foreign.join(", ")}. Applying ours would apply them too.`,
    next: foreign.every((name) => name.startsWith("("))
      ? "Run `tsm pending-changes list` on the initial node, and apply or discard what is pending there. If nothing is, report its output, without values, to the maintainers of pulumi-tableau."
      : 'Apply or discard them with tsm first, or set foreignPendingChanges to "apply" or "discard".',
  };
}

function topologyPending(desired: DesiredServer): Finding {
  return {
    code: "pending-topology",
    message: `Topology changes are pending on ${desired.name}. Applying ours would apply them too.`,
    next: "Apply or discard them first: see `tsm pending-changes list --topology-only`.",
  };
}

function leftPending(desired: DesiredServer, changes: readonly string[]): Finding {
  return {
    code: "foreign-left-pending",
    message: `Somebody else's changes are pending on ${desired.name} and stay so: ${changes.join(", ")}.`,
    next: "See `tsm pending-changes list`.",
  };
}

function appliedAlong(desired: DesiredServer, foreign: readonly string[]): Finding {
  return {
    code: "foreign-pending-changes",
    message: `Pending changes made by others on ${desired.name} will be applied too (foreignPendingChanges: "apply"): ${foreign.join(", ")}.`,
    next: "",
  };
}

function discarded(desired: DesiredServer, foreign: readonly string[]): Finding {
  return {
    code: "foreign-pending-changes",
    message: `Pending changes made by others on ${desired.name} will be discarded (foreignPendingChanges: "discard"): ${foreign.join(", ")}.`,
    next: "",
  };
}
