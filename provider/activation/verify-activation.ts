import { TableauError } from "../vocabulary/error";
import { compareFiles } from "../plan/compare/compare-files";
import { compareTrust } from "../plan/compare/compare-trust";
import { effectiveKey, sameValue } from "../plan/compare/effective-key";
import type { DesiredServer } from "../plan/desired";
import { hasRestarted } from "../plan/compare/has-restarted";
import { describeStep } from "../plan/describe/describe-step";
import { keySeen, type SeenServer } from "../plan/seen";
import type { Plan } from "../plan/step";

/**
 * Success is what is seen, not what was answered: every live file as wanted on every node, nothing of ours pending,
 * no key with another value, and, after a restart, processes that are newer than before.
 *
 * @returns null, or an error with everything that is not as it should be.
 */
export function verifyActivation(
  desired: DesiredServer,
  plan: Plan,
  again: SeenServer,
  restart: "not restarted" | { before: SeenServer },
): TableauError | null {
  const wrong = [
    ...again.nodes.flatMap((node) =>
      [...compareFiles(desired, again, node).steps, ...compareTrust(desired, again, node).steps].map(
        (step) => `still to do: ${describeStep(step, desired.name)}`,
      ),
    ),
    ...wrongKeys(plan, again),
    ...(restart === "not restarted" || hasRestarted(restart.before, again)
      ? []
      : ["the server's processes are the ones from before the restart"]),
  ];
  if (wrong.length === 0) return null;
  return new TableauError("activation-failed", {
    message: `${desired.name} is not as it should be after the change: ${wrong.join("; ")}.`,
    next: "See who else changes this server, then run `pulumi up --refresh`.",
  });
}

function wrongKeys(plan: Plan, again: SeenServer): string[] {
  return plan.steps.flatMap((step) => {
    if (step.kind !== "setKey" && step.kind !== "unsetKey") return [];
    if (again.pending.ours.includes(step.key)) return [`${step.key} is still pending`];
    const seen = keySeen(again, step.key);
    // A server that does not answer forced keys cannot be asked; a reset key may keep an empty value.
    if (seen.kind !== "value" || step.kind === "unsetKey") return [];
    return sameValue(step.key, effectiveKey(step.key, seen, null), step.value) ? [] : [`${step.key} has another value than was set`];
  });
}
