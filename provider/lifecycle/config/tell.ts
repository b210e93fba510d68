import type { ConfigView } from "../../plan/describe/config-view";
import { describeConfig } from "../../plan/describe/describe-config";
import { foresee, restartOf } from "../../plan/describe/foresee";
import { config, type ConfigInputs, type ConfigState } from "../../schema/config";
import { isOpen } from "../../schema/preview";
import { parse } from "../../schema/read";
import type { Properties } from "../lifecycle";
import { addressesOfServer } from "../server/places";
import { activationNow } from "./activation-now";
import { keysGivenBack } from "./keys-given-back";
import { toView } from "./to-view";

/** The sentence of a preview; `olds` null: the config is new. null: there is nothing to tell. */
export function tell(before: ConfigState | null, news: Properties): string | null {
  if (isOpen(config.inputs, news, before === null ? "new" : "change")) {
    return "What the server will load is not known yet. Up to one restart of the server, which disconnects its users.";
  }
  const wanted = parse(config.inputs, news);
  return describeConfig(before === null ? null : viewBefore(before, wanted), viewOf(wanted, news), activationNow(wanted));
}

/**
 * Whether the preview of an update has told of a restart. What it cannot have known, as a file that was changed since Pulumi looked
 * last, waits for the next preview instead of restarting a server that nobody expects to restart.
 */
export function tellsOfRestart(before: ConfigState, news: Properties): "told" | "not told" {
  const wanted = parse(config.inputs, news);
  return restartOf(foresee(viewBefore(before, wanted), viewOf(wanted, news))) === "no" ? "not told" : "told";
}

function viewBefore(before: ConfigState, wanted: ConfigInputs): ConfigView {
  return { ...toView(before, addressesOfServer(before.server)), givenBack: keysGivenBack(before, wanted) };
}

// Part of an address may be unknown, which a typed server cannot say.
function viewOf(wanted: ConfigInputs, news: Properties): ConfigView {
  return toView(wanted, addressesOfServer(news["server"]));
}
