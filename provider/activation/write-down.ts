import type { ServerRecord } from "../plan/record/record";
import { isOutOfSight } from "../vocabulary/error-kind";
import { systemClock } from "../tsm/clock";
import type { ActivationContext } from "./activation-context";
import { writeRecord, type RestartNote } from "./write-record";

const attempts = 3;
const pauseSeconds = 1;

/**
 * Writes down what an activation came to, when the server runs with it already. Whatever is in the way is a warning and no
 * failure: to take a change back that is live, and confirmed, would throw everybody out once more for the sake of a file.
 */
export async function writeDown(context: ActivationContext, record: ServerRecord, note: RestartNote): Promise<"written" | "not written"> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Without the lock somebody else may be at work.
      context.lock.assertHeld();
      await writeRecord(context.target, record, note);
      return "written";
    } catch (error) {
      if (isOutOfSight(error) && context.lock.isHeld() && attempt < attempts) {
        await systemClock.sleep(pauseSeconds);
        continue;
      }
      warn(context, error);
      return "not written";
    }
  }
}

// The record of a server that nothing of ours is left on is removed next, with an error of its own if that fails.
function warn({ target, desired, report }: ActivationContext, error: unknown): void {
  if (desired.options.claim === "delete") return;
  const why = error instanceof Error ? error.message : String(error);
  report.warn(
    `${target.name} runs with the change, but the record of it could not be written: ${why}\n  The next \`pulumi up\` writes it, without a restart.`,
  );
}
