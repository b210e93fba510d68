import type { Remembered } from "../../plan/record/remembered";
import type { ConfigState } from "../../schema/config";
import { secretOutput } from "../../schema/secret-output";
import type { Properties } from "../lifecycle";

/** What a state remembers of the server's record; null: nothing. */
export function memoryOf({ remembered = null, rememberedKeys }: Pick<ConfigState, "remembered" | "rememberedKeys">): Remembered | null {
  return remembered === null || rememberedKeys === undefined ? remembered : { ...remembered, otherKeys: rememberedKeys.recorded };
}

/** A state as it goes back to the engine, which hands what it keeps as a secret out as if it were none. */
export function withSecretMemory(state: Properties): Properties {
  const keys = state["rememberedKeys"];
  return typeof keys === "object" && keys !== null ? { ...state, rememberedKeys: secretOutput(keys) } : state;
}
