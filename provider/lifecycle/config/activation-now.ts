import type { Activation } from "../../plan/describe/describe-config";
import { isOpen, nextOpening } from "../../plan/restart-window";
import type { ConfigInputs } from "../../schema/config";
import { wallClock } from "../../vocabulary/wall-clock";

/** Whether an activation may run now, for the words of a preview: the decision itself is the initial node's clock's. */
export function activationNow({ activation, restartWindow }: Pick<ConfigInputs, "activation" | "restartWindow">): Activation {
  if (activation === "hold") return "hold";
  const now = wallClock();
  if (restartWindow === undefined || isOpen(restartWindow, now)) return "now";
  return { opensAt: nextOpening(restartWindow, now)?.toISOString() ?? "a time more than eight days away" };
}
