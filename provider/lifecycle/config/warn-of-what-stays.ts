import { observeServer } from "../../activation/observe-server";
import type { Report } from "../../activation/report";
import type { Target } from "../../activation/target";
import { connectPluginsPathKey, disableVerifyKey, keyNames, type KeyName } from "../../vocabulary/keys";
import { effectiveKey, sameValue } from "../../plan/compare/effective-key";
import { findLive, wantedFiles } from "../../plan/compare/wanted-files";
import { describeByHand } from "../../plan/describe/describe-by-hand";
import type { SeenServer } from "../../plan/seen";
import type { Step } from "../../plan/step";
import type { ConfigState } from "../../schema/config";
import { questionOf } from "./question-of";
import { toDesired, tokensOf } from "./to-desired";

/**
 * Says what a program leaves behind on a server whose record is gone, where its state remembers nothing of it either (as those of
 * 0.1.0), and how to take it away by hand: nobody can tell any more what was there before.
 */
export async function warnOfWhatStays(config: ConfigState, target: Target, report: Report): Promise<void> {
  const { seen, fileOwner } = await observeServer(target, questionOf({ ...config, trust: [] }, [], { ...config, remembered: null }));
  const desired = { ...toDesired(config, tokensOf(config), "update"), fileOwner };
  const files = seen.nodes.flatMap((node) =>
    wantedFiles(desired, node).flatMap((place): Step[] => {
      const isOurs = findLive(node, place)?.sha256 === place.sha256;
      return isOurs ? [{ kind: "retire", node: node.name, directory: place.directory, fileName: place.fileName, was: place.sha256 }] : [];
    }),
  );
  const keys = keyNames.filter((key) => isOfProgram(key, config, seen)).map((key): Step => ({ kind: "unsetKey", key, was: null }));
  if (files.length + keys.length === 0) return;
  const activation: Step = keys.length > 0 ? { kind: "applyPending", why: [] } : { kind: "restart", why: [] };
  const commands = [...files, ...keys, activation].flatMap((step) => describeByHand(step, target.stateDirectory) ?? []);
  report.warn(
    `The record of ${target.name} is gone from its initial node, so it cannot be told what was there before: nothing was removed. ` +
      `${whatStays(files, keys, config, seen)} To remove it by hand:\n    ${commands.join("\n    ")}`,
  );
}

// A value that the program asks for, or that was last seen applied for a folder of its own.
function isOfProgram(key: KeyName, config: ConfigState, seen: SeenServer): boolean {
  const now = effectiveKey(key, seen.keys[key], null);
  if (now === null) return false;
  if (key === disableVerifyKey) return config.disableVerifyConnectorPluginSignature === true && sameValue(key, now, "true");
  return sameValue(key, now, config.connectPluginsPath ?? config.applied?.connectPluginsPath ?? null);
}

function whatStays(files: readonly Step[], keys: readonly Step[], config: ConfigState, seen: SeenServer): string {
  const names = new Set(files.flatMap((step) => (step.kind === "retire" ? [step.fileName] : [])));
  const has = (key: KeyName): boolean => keys.some((step) => step.kind === "unsetKey" && step.key === key);
  return [
    ...(names.size === 0 ? [] : [`${[...names].join(", ")} of this program stay live.`]),
    ...(has(connectPluginsPathKey)
      ? [`${connectPluginsPathKey} stays ${effectiveKey(connectPluginsPathKey, seen.keys[connectPluginsPathKey], null) ?? ""}.`]
      : []),
    ...(has(disableVerifyKey) ? [`${disableVerifyKey} stays true: ${config.server.name} verifies no connector's signature.`] : []),
  ].join(" ");
}
