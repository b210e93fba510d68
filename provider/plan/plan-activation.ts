import { disableVerifyKey } from "../vocabulary/keys";
import { checkAccess } from "./check/check-access";
import { checkBreaking } from "./check/check-breaking";
import { checkDirectory } from "./check/check-directory";
import { checkDrive } from "./check/check-drive";
import { checkFolders } from "./check/check-folders";
import { checkOwner, warnOfNames } from "./check/check-owner";
import { checkPending } from "./check/check-pending";
import { checkRecorded } from "./check/check-recorded";
import { checkProcesses } from "./check/check-processes";
import { checkServer } from "./check/check-server";
import { compareFiles } from "./compare/compare-files";
import { compareKeys, wantedKey } from "./compare/compare-keys";
import { compareTrust } from "./compare/compare-trust";
import type { DesiredServer } from "./desired";
import { effectiveKey, sameValue } from "./compare/effective-key";
import { fingerprint } from "./compare/fingerprint";
import { findShadowing } from "./placement/find-shadowing";
import { recordDiffers } from "./record/record-after";
import { restartDue } from "./compare/restart-due";
import { activationSteps, keysMove } from "./restart";
import type { SeenServer } from "./seen";
import type { Finding, Plan, Step } from "./step";

/**
 * What has to be done so that the server is as wanted: a pure function of what is wanted and what was seen.
 *
 * Nothing differs, then there are no steps. At most one step disconnects users. Every refusal and warning is returned,
 * not the first; a plan with refusals must not be carried out.
 */
export function planActivation(desired: DesiredServer, seen: SeenServer): Plan {
  const files = seen.nodes.map((node) => compareFiles(desired, seen, node));
  const trust = seen.nodes.map((node) => compareTrust(desired, seen, node));
  const fileSteps = [...files, ...trust].flatMap(({ steps }) => steps);
  const keySteps = compareKeys(desired, seen);
  const pending = checkPending(desired, seen, keySteps);
  const access = checkAccess(desired, seen);
  const processes = checkProcesses(desired, seen);
  const shadowing = findShadowing(desired, seen);
  const why = [...[...files, ...trust].flatMap(({ due }) => due), ...restartDue(desired, seen), ...keySteps.map(keyReason)];
  const activation = activationSteps(seen, keysMove(keySteps, why), why);
  const live = [...fileSteps, ...keySteps];
  const needsRecord = live.length > 0 || activation.length > 0 || recordDiffers(desired, seen);
  return {
    steps: [
      ...pending.steps,
      ...(needsRecord ? [{ kind: "record" as const, restartRequired: isStopped(seen) ? [] : why }] : []),
      ...fileSteps,
      ...keySteps,
      ...activation,
    ],
    refusals: [
      ...checkServer(desired, seen),
      ...checkOwner(desired, seen),
      ...checkDirectory(desired, seen),
      ...access.refusals,
      ...processes.refusals,
      ...checkFolders(desired, seen),
      ...[...files, ...trust].flatMap(({ refusals }) => refusals),
      ...shadowing.refusals,
      ...pending.refusals,
      ...checkBreaking(desired, seen, keySteps),
      ...(activation.length > 0 ? triedBefore(desired, seen) : []),
    ],
    warnings: [
      ...warnOfNames(desired, seen),
      ...shadowing.warnings,
      ...checkDrive(desired, seen),
      ...checkRecorded(desired, seen),
      ...trust.flatMap(({ warnings }) => warnings),
      ...processes.warnings,
      ...access.warnings,
      ...pending.warnings,
      ...verificationOff(desired, seen),
      ...stopped(desired, seen, why),
    ],
  };
}

function isStopped(seen: SeenServer): boolean {
  return seen.status === "STOPPED";
}

function keyReason(step: Step): string {
  return step.kind === "setKey" || step.kind === "unsetKey" ? `${step.key} changes` : step.kind;
}

// Else a nightly `up` would restart a server twice every night.
function triedBefore(desired: DesiredServer, seen: SeenServer): Finding[] {
  const rolledBack = seen.record?.rolledBack ?? null;
  if (rolledBack?.fingerprint !== fingerprint(desired, seen) || desired.options.claim === "delete") return [];
  return [
    {
      code: "rolled-back-before",
      message: `This change was already tried on ${desired.name} at ${rolledBack.at} and rolled back: ${rolledBack.why}`,
      next: "Change the list or a key, or, when the cause is mended, clear the memory with `pulumi-tableau retry` and run `pulumi up` again.",
    },
  ];
}

function verificationOff(desired: DesiredServer, seen: SeenServer): Finding[] {
  const wanted = wantedKey(disableVerifyKey, desired, seen);
  const value = wanted === undefined ? effectiveKey(disableVerifyKey, seen.keys[disableVerifyKey], seen.record) : wanted;
  if (!sameValue(disableVerifyKey, value, "true")) return [];
  return [
    {
      code: "verification-off",
      message: `${desired.name} loads every connector without verifying its signature (${disableVerifyKey} is true).`,
      next: "Set disableVerifyConnectorPluginSignature: false as soon as every connector is signed.",
    },
  ];
}

function stopped(desired: DesiredServer, seen: SeenServer, why: readonly string[]): Finding[] {
  if (!isStopped(seen) || why.length === 0) return [];
  return [
    {
      code: "server-stopped",
      message: `${desired.name} is stopped and stays so; it loads the connectors when it starts.`,
      next: "Start it with `tsm start`.",
    },
  ];
}
