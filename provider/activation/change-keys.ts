import { TableauError } from "../vocabulary/error";
import { foreignChanges } from "../plan/check/check-pending";
import { describeStep } from "../plan/describe/describe-step";
import type { Step } from "../plan/step";
import type { PendingChanges } from "../tsm/tsm";
import type { ActivationContext } from "./activation-context";

export type KeyStep = Extract<Step, { kind: "setKey" | "unsetKey" }>;

export function isKeyStep(step: Step): step is KeyStep {
  return step.kind === "setKey" || step.kind === "unsetKey";
}

/**
 * Makes changes of keys pending, and takes the last look at what is pending before an apply.
 *
 * @returns whether there is something of ours to apply: a server may see the wanted value as the applied one.
 * @throws TableauError plan-refused if somebody else's changes became pending since the first look.
 */
export async function changeKeys(context: ActivationContext, steps: readonly KeyStep[]): Promise<"pending" | "nothing pending"> {
  const { target, lock, report } = context;
  for (const step of steps) report.step(describeStep(step, target.name));
  lock.assertHeld();
  const { pending } = await target.tsm.setKeys(steps.map((step) => ({ key: step.key, value: step.kind === "setKey" ? step.value : null })));
  refuseForeign(context, steps, pending);
  return steps.some(({ key }) => pending.ours.includes(key)) ? "pending" : "nothing pending";
}

function refuseForeign(context: ActivationContext, steps: readonly Step[], pending: PendingChanges): void {
  const { desired, seen } = context;
  if (desired.options.foreignPendingChanges === "apply" && !pending.topology) return;
  const foreign = foreignChanges({ ...seen, pending }, steps);
  if (foreign.length === 0 && !pending.topology) return;
  const what = [...foreign, ...(pending.topology ? ["topology changes"] : [])].join(", ");
  throw new TableauError("plan-refused", {
    message: `While this run worked, somebody else left changes pending on ${desired.name}: ${what}. Nothing was applied.`,
    next: "Apply or discard the other changes with tsm, then run `pulumi up` again.",
  });
}
