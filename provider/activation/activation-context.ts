import type { DesiredServer } from "../plan/desired";
import type { Remembered } from "../plan/record/remembered";
import type { SeenServer } from "../plan/seen";
import type { Plan } from "../plan/step";
import type { TsmView } from "../tsm/tsm";
import type { Lock } from "./hold-lock";
import type { ServerQuestion } from "./observe-server";
import type { Report } from "./report";
import type { Target } from "./target";

/** A plan to carry out, and what it was made of. */
export interface ActivationContext {
  readonly target: Target;
  readonly question: ServerQuestion;
  readonly report: Report;
  readonly lock: Lock;
  readonly desired: DesiredServer;
  readonly seen: SeenServer;
  readonly view: TsmView;
  readonly plan: Plan;
  readonly remembered: Remembered | null;
}

/** How it ended; `seen` is null where the server cannot be looked at after a failure. */
export type ActivationResult =
  | { readonly kind: "done"; readonly seen: SeenServer }
  | { readonly kind: "failed"; readonly error: Error; readonly seen: SeenServer | null };
