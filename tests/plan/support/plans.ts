import type { DesiredServer } from "../../../provider/plan/desired";
import { planActivation } from "../../../provider/plan/plan-activation";
import type { SeenServer } from "../../../provider/plan/seen";

/** Codes of what a plan refuses and warns of, in its order. */
export function findings(desired: DesiredServer, seen: SeenServer): string[] {
  const { refusals, warnings } = planActivation(desired, seen);
  return [...refusals.map(({ code }) => `refused: ${code}`), ...warnings.map(({ code }) => `warned: ${code}`)];
}

/** What a plan does, and on which node. */
export function kinds(desired: DesiredServer, seen: SeenServer): string[] {
  return planActivation(desired, seen).steps.map((step) => ("node" in step ? `${step.kind} ${step.node}` : step.kind));
}
