import type { ActivationArgs } from "../../../../provider";
import { activationArguments } from "../../../../provider/schema/config";
import { sampleOf } from "../../../schema/support/samples";

/** One value for every activation argument of a config. */
export const everyActivationArgument = sampleOf(activationArguments) as Required<ActivationArgs>;
