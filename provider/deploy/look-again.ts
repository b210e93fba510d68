import type { SeenServer } from "../plan/seen";
import { observeServer } from "./observe-server";
import type { Work } from "./work";

/** What is really there after a failure, or null if the server cannot be looked at now. */
export async function lookAgain({ target, question }: Pick<Work, "target" | "question">): Promise<SeenServer | null> {
  try {
    return (await observeServer(target, question)).seen;
  } catch {
    return null;
  }
}
