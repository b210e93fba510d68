import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { tell } from "./tell";

/**
 * Says what differs and leaves the comparison to the engine, except for an activation that is due and may run now:
 * with an unchanged program the engine would never ask for it.
 */
export function diffConfig(services: Services, olds: Properties, news: Properties): Awaited<ReturnType<Lifecycle["diff"]>> {
  const sentence = tell(olds, news);
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
  const due = typeof olds["activationDue"] === "string" && news["activation"] !== "hold";
  return due ? { changes: true } : {};
}
