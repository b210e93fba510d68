import type { Step } from "../../../provider/plan/step";

/** Whether users are disconnected while the step runs. */
export function disturbsUsers({ kind }: Step): boolean {
  return kind === "restart" || kind === "applyPending";
}
