import type { Remembered } from "../../plan/record/remembered";
import type { Properties } from "../lifecycle";
import type { ConfigOutputs } from "./config-inputs";

/** What a state keeps of the server's record; null: nothing, as before the first activation and in states of 0.1.0. */
export function rememberedBy(olds: Properties): Remembered | null {
  return (olds as Partial<ConfigOutputs>).remembered ?? null;
}
