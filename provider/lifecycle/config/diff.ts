import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { config, type ConfigState } from "../../schema/config";
import { parse } from "../../schema/read";
import { hasUnknown } from "../../schema/unknown";
import { urnOf } from "../urn-of";
import { activationNow } from "./activation-now";
import { keysGivenBack } from "./keys-given-back";
import { tell } from "./tell";

/**
 * Says what differs and leaves the comparison to the engine, except for an activation that is due and may run now, and for a
 * record that is to be written: with an unchanged program the engine would never ask for them.
 */
export function diffConfig(services: Services, olds: Properties, news: Properties): Awaited<ReturnType<Lifecycle["diff"]>> {
  const there = parse(config.state, olds);
  const sentence = tell(there, news);
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
  const isDue = (typeof there.activationDue === "string" || givesBack(there, news)) && mayRunNow(news);
  return isDue || there.remembered?.onServer === "no" ? { changes: true } : {};
}

// Known only since the last operation, as after an update from a version that gave nothing back.
function givesBack(there: ConfigState, news: Properties): boolean {
  if ((there.remembered ?? null) === null || hasUnknown(news)) return false;
  return keysGivenBack(there, parse(config.inputs, news)).length > 0;
}

// Outside of the restart window a due activation is no difference yet, else a drift gate would fail all day.
function mayRunNow(news: Properties): boolean {
  const { activation, restartWindow } = config.given;
  const isKnown = !hasUnknown([news["activation"], news["restartWindow"]]);
  return isKnown && activationNow(parse({ activation, restartWindow }, news)) === "now";
}
