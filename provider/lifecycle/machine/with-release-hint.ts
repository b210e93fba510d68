import { TableauError } from "../../vocabulary/error";

/** Does the work of a delete; where the machine cannot be reached, the error says how to let go of it. */
export async function orSayHowToLetGo(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TableauError) || !error.code.startsWith("host-")) throw error;
    throw new TableauError(error.code, {
      message: error.message,
      next: "If the machine is gone for good, set `retainOnDelete`, or run `pulumi state delete`.",
      cause: error,
    });
  }
}
