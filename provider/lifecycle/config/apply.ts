import { activate, type ActivationOutcome } from "../../activation/activate";
import type { Report } from "../../activation/report";
import type { DesiredServer, PlanOptions } from "../../plan/desired";
import { seenTrusted } from "../../plan/compare/trusted";
import { seenLive, seenLoaded } from "../../plan/compare/live";
import type { SeenServer } from "../../plan/seen";
import { rememberedDirectories } from "../../plan/record/remembered";
import { config, type ConfigInputs, type ConfigState } from "../../schema/config";
import { parse } from "../../schema/read";
import type { Properties } from "../lifecycle";
import { PartialFailure } from "../partial-failure";
import { placeOf } from "../server/server-places";
import { toTarget } from "../server/to-target";
import type { Services } from "../services";
import { memoryOf, withSecretMemory } from "./memory";
import { questionOf } from "./question-of";
import { tellsOfRestart } from "./tell";
import { toDesired, type ClaimantTokens } from "./to-desired";
import { toOutputs } from "./to-outputs";

export interface ApplyRequest {
  readonly id: string;
  /** The state before; empty: there is none. */
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
  const inputs = parse(config.inputs, request.news);
  const before = stateBefore(request.olds);
  const report = reportTo(services, inputs.__urn);
  if (before !== null) warnOfNodesThatLeft(report, before, inputs);
  const outcome = await activate({
    target: toTarget(services.pool, inputs),
    question: questionOf(inputs, earlierDirectories(before), before),
    remembered: before === null ? null : memoryOf(before),
    desired: toDesired(inputs, request.claimant, request.claim, before),
    activation: inputs.activation ?? "now",
    restart: before === null ? "told" : tellsOfRestart(before, request.news),
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
      return withSecretMemory({ ...news, ...toOutputs(outcome.desired, outcome.seen, null) });
    case "held": {
      const { desired, seen, plan, waitsFor } = outcome;
      return withSecretMemory({
        ...{ ...news, live: seenLive(desired, seen), ...trustedOf(news, desired, seen) },
        ...toOutputs(desired, seen, { plan, waitsFor }),
      });
    }
    case "failed":
      throw new PartialFailure(id, withSecretMemory(truthAfterFailure(request, outcome)), outcome.error);
  }
}

function truthAfterFailure(request: ApplyRequest, { desired, seen }: Extract<ActivationOutcome, { kind: "failed" }>): Properties {
  const { olds, news } = request;
  // The token of the state stays good, whether the record has the new one already or not.
  if (seen === null) return { ...olds, ...news, loaded: "not known: the server could not be looked at after a failure" };
  return {
    ...news,
    ...toOutputs(desired, seen, null),
    live: seenLive(desired, seen),
    ...trustedOf(news, desired, seen),
    loaded: seenLoaded(desired, seen),
  };
}

function trustedOf({ trust }: Properties, desired: DesiredServer, seen: SeenServer): Properties {
  return trust === undefined ? {} : { trusted: seenTrusted(desired, seen) };
}

/** The state that a config was left in; null: there is none. */
export function stateBefore(olds: Properties): ConfigState | null {
  return Object.keys(olds).length === 0 ? null : parse(config.state, olds);
}

function earlierDirectories(before: ConfigState | null): string[] {
  return before === null ? [] : [placeOf(before.server).directory, ...rememberedDirectories(memoryOf(before))];
}

function warnOfNodesThatLeft(report: Report, before: ConfigState, inputs: ConfigInputs): void {
  const now = new Set(inputs.server.nodes.map(({ name }) => name));
  const left = before.server.nodes.map(({ name }) => name).filter((name) => !now.has(name));
  if (left.length === 0) return;
  report.warn(`${left.join(", ")} left the list of nodes and is not contacted: connectors that lie there stay as they are.`);
}
