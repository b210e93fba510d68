import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { hasUnknown } from "../../schema/unknown";
import { urnOf } from "../urn-of";
import { activationNow } from "./activation-now";
import type { ConfigInputs } from "./config-inputs";
import { keysGivenBack } from "./keys-given-back";
import { rememberedBy } from "./remembered-by";
import { tell } from "./tell";

/**
 * Says what differs and leaves the comparison to the engine, except for an activation that is due and may run now, and for a
 * record that is to be written: with an unchanged program the engine would never ask for them.
 */
export function diffConfig(services: Services, olds: Properties, news: Properties): Awaited<ReturnType<Lifecycle["diff"]>> {
  const sentence = tell(olds, news);
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
  const isDue = (typeof olds["activationDue"] === "string" || givesBack(olds, news)) && mayRunNow(news);
  return isDue || rememberedBy(olds)?.onServer === "no" ? { changes: true } : {};
}

// Known only since the last operation, as after an update from a version that gave nothing back.
function givesBack(olds: Properties, news: Properties): boolean {
  return rememberedBy(olds) !== null && !hasUnknown(news) && keysGivenBack(olds, news).length > 0;
}

// Outside of the restart window a due activation is no difference yet, else a drift gate would fail all day.
function mayRunNow(news: Properties): boolean {
  return !hasUnknown([news["activation"], news["restartWindow"]]) && activationNow(news as unknown as ConfigInputs) === "now";
}
