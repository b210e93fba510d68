import { recall } from "../plan/record/remembered";
import type { SeenServer } from "../plan/seen";
import { observeServer } from "./observe-server";
import type { ActivationContext } from "./activation-context";

/** What is really there after a failure, or null if the server cannot be looked at now. */
export async function reobserve({ target, question, remembered, desired }: ActivationContext): Promise<SeenServer | null> {
  try {
    return recall((await observeServer(target, question)).seen, remembered, desired.owner);
  } catch {
    return null;
  }
}
