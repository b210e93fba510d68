import type { WaitsFor } from "../../activation/activate";
import { removeServer } from "../../activation/remove-server";
import { TableauError } from "../../vocabulary/error";
import { namesTrust } from "../../plan/record/recorded-trust";
import { rememberedDirectories } from "../../plan/record/remembered";
import { config as tables } from "../../schema/config";
import { parse } from "../../schema/read";
import { type Declared, namesOf } from "../declared";
import { placesOfServer } from "../server/places";
import { toTarget } from "../server/to-target";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import { reportTo } from "./apply";
import { identify } from "./identify";
import { memoryOf } from "./memory";
import { otherKeysOf } from "./question-of";
import { toDesired, tokensOf } from "./to-desired";
import { warnOfWhatStays } from "./warn-of-what-stays";

/**
 * Retires the connectors, gives the keys back and restarts once. Touches nothing where another resource has become the
 * owner, as after a rename.
 */
export async function removeConfig(services: Services, declared: Declared, olds: Properties): Promise<void> {
  const config = parse(tables.state, olds);
  const { name } = config.server;
  const remembered = memoryOf(config);
  const target = toTarget(services.pool, config);
  const report = reportTo(services, config.__urn);
  const heir = declared.at(config.__urn, placesOfServer(config.server));
  if (heir !== null) {
    const [, heirName] = namesOf(config.__urn, heir);
    report.warn(
      `${name} is left as it is: ${heirName} lists its connectors now. Run \`pulumi up --refresh\` to bring it in line with that.`,
    );
    return;
  }
  const outcome = await removeServer({
    target,
    question: {
      digests: [],
      fileNames: [],
      earlierDirectories: rememberedDirectories(remembered),
      drivers: "none",
      otherKeys: otherKeysOf({}, config),
      identify,
      ...(namesTrust(remembered) ? { trust: "listed" } : {}),
    },
    remembered,
    desired: toDesired(config, tokensOf(config), "delete"),
    activation: config.activation ?? "now",
    restart: "told",
    ...(config.restartWindow === undefined ? {} : { restartWindow: config.restartWindow }),
    report,
  }).catch((error: unknown) => {
    throw withWayOut(error, name);
  });
  if (outcome.kind === "not ours" && (outcome.standing.kind === "copy" || outcome.standing.kind === "another stack")) {
    report.warn(`${name} is left as it is: its connectors belong to the stack ${outcome.standing.owner.stack} now.`);
  }
  if (outcome.kind === "nothing known") {
    await warnOfWhatStays(config, target, report).catch((error: unknown) => {
      throw withWayOut(error, name);
    });
  }
  if (outcome.kind === "refused") throw outcome.error;
  if (outcome.kind === "failed") throw outcome.error;
  if (outcome.kind === "held") {
    throw notNow(name, outcome.waitsFor);
  }
}

function notNow(name: string, waitsFor: WaitsFor): TableauError {
  const isOnHold = !(waitsFor instanceof Date);
  const why = isOnHold ? "activation is on hold" : `the restart window opens at ${waitsFor.toISOString()}`;
  return new TableauError("plan-refused", {
    message: `The connectors of ${name} are not removed: ${why}, and removing them needs a restart.`,
    next: isOnHold
      ? 'Run `pulumi up` with activation: "now" in the maintenance window, then `pulumi destroy`.'
      : "Run `pulumi destroy` then, or widen restartWindow with `pulumi up` first.",
  });
}

function withWayOut(error: unknown, name: string): unknown {
  if (!(error instanceof TableauError) || !error.code.startsWith("host-")) return error;
  return new TableauError(error.code, {
    message: error.message,
    next: `If ${name} is gone for good, take it out of the state with \`pulumi state delete\`, or set retainOnDelete: true on the resource before destroying.`,
    cause: error,
  });
}
