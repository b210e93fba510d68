import { describeConfig } from "../../plan/describe-config";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { hasUnknown } from "../unknown";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { activationNow } from "./activation-now";
import { toView } from "./to-view";

/**
 * Says what differs and leaves the comparison to the engine, except for an activation that is due and may run now:
 * with an unchanged program the engine would never ask for it.
 */
export function diffConfig(services: Services, olds: Properties, news: Properties): Awaited<ReturnType<Lifecycle["diff"]>> {
  if (!hasUnknown(news)) say(services, olds as unknown as ConfigProperties, news as unknown as ConfigInputs);
  const due = typeof olds["activationDue"] === "string" && news["activation"] !== "hold";
  return due ? { changes: true } : {};
}

function say(services: Services, olds: ConfigProperties, news: ConfigInputs): void {
  const there = toView(olds);
  const wanted = toView(news);
  const sentence = describeConfig(
    typeof olds.activationDue !== "string" ? there : { ...there, loaded: `an activation is due (${olds.activationDue})` },
    wanted,
    activationNow(news),
  );
  if (sentence !== null) services.voice.say(news.__urn, sentence);
}
