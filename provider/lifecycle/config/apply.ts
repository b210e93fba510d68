import { activate, type ActivationOutcome } from "../../activation/activate";
import type { Report } from "../../activation/report";
import type { PlanOptions } from "../../plan/desired";
import { seenLive, seenLoaded } from "../../plan/compare/live";
import { rememberedDirectories } from "../../plan/record/remembered";
import { placeOf } from "../inputs/server-places";
import { toTarget } from "../inputs/to-target";
import type { Properties } from "../lifecycle";
import { PartialFailure } from "../partial-failure";
import type { Services } from "../services";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { questionOf } from "./question-of";
import { rememberedBy } from "./remembered-by";
import { tellsOfRestart } from "./tell";
import { toDesired, type ClaimantTokens } from "./to-desired";
import { toOutputs } from "./to-outputs";

export interface ApplyRequest {
  readonly id: string;
  readonly olds: Properties;
  readonly news: Properties;
  readonly claimant: ClaimantTokens;
  readonly claim: PlanOptions["claim"];
}

/**
 * Makes the server what the inputs say. Create and update are the same.
 *
 * @throws PartialFailure with the true state if something has changed and is not finished; TableauError if nothing has.
 */
export async function applyConfig(services: Services, request: ApplyRequest): Promise<Properties> {
  const inputs = request.news as unknown as ConfigInputs;
  const report = reportTo(services, inputs.__urn);
  warnOfNodesThatLeft(report, request.olds, inputs);
  const outcome = await activate({
    target: toTarget(services.pool, request.news),
    question: questionOf(inputs, earlierDirectories(request.olds)),
    remembered: rememberedBy(request.olds),
    desired: toDesired(inputs, request.claimant, request.claim, request.olds),
    activation: inputs.activation ?? "now",
    restart: Object.keys(request.olds).length === 0 ? "told" : tellsOfRestart(request.olds, request.news),
    ...(inputs.restartWindow === undefined ? {} : { restartWindow: inputs.restartWindow }),
    report,
  });
  return toState(request, outcome);
}

export function reportTo(services: Services, urn: string): Report {
  return {
    step: (line) => {
      services.voice.progress(urn, line);
    },
    warn: (line) => {
      services.voice.warn(urn, line);
    },
  };
}

function toState(request: ApplyRequest, outcome: ActivationOutcome): Properties {
  const { id, news } = request;
  switch (outcome.kind) {
    case "refused":
      throw outcome.error;
    case "done":
      return { ...news, ...toOutputs(outcome.desired, outcome.seen, null) };
    case "held": {
      const { desired, seen, plan, waitsFor } = outcome;
      return { ...news, live: seenLive(desired, seen), ...toOutputs(desired, seen, { plan, waitsFor }) };
    }
    case "failed":
      throw new PartialFailure(id, truthAfterFailure(request, outcome), outcome.error);
  }
}

function truthAfterFailure(request: ApplyRequest, { desired, seen }: Extract<ActivationOutcome, { kind: "failed" }>): Properties {
  const { olds, news } = request;
  // The token of the state stays good, whether the record has the new one already or not.
  if (seen === null) return { ...olds, ...news, loaded: "not known: the server could not be looked at after a failure" };
  return { ...news, ...toOutputs(desired, seen, null), live: seenLive(desired, seen), loaded: seenLoaded(desired, seen) };
}

function earlierDirectories(olds: Properties): string[] {
  const { server } = olds as Partial<ConfigProperties>;
  return [...(server === undefined ? [] : [placeOf(server).directory]), ...rememberedDirectories(rememberedBy(olds))];
}

function warnOfNodesThatLeft(report: Report, olds: Properties, inputs: ConfigInputs): void {
  const now = new Set(inputs.server.nodes.map(({ name }) => name));
  const left = ((olds as Partial<ConfigProperties>).server?.nodes ?? []).map(({ name }) => name).filter((name) => !now.has(name));
  if (left.length === 0) return;
  report.warn(`${left.join(", ")} left the list of nodes and is not contacted: connectors that lie there stay as they are.`);
}
