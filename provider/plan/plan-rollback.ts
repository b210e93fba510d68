import { effectiveKey, sameValue } from "./compare/effective-key";
import type { DesiredCertificate } from "./desired";
import { sharesFolder } from "./placement/shared-folder";
import { restartToGoBack, type Progress } from "./restart";
import { keySeen, type SeenNode, type SeenServer } from "./seen";
import type { TrustEntry } from "./seen-trust";
import { inverseOf, type Plan, type Step } from "./step";

/**
 * The steps that bring a server back to what it was before a plan: earlier files, earlier keys, and one more restart if
 * the failed one may have loaded anything. Empty where nothing has changed.
 */
export function planRollback(plan: Plan, before: SeenServer, now: SeenServer, progress: Progress): Step[] {
  const files = plan.steps.flatMap((step) => restoreFile(step, before, now));
  const { discard, keys } = restoreKeys(plan, before, now, progress);
  return [...discard, ...files, ...keys, ...restartToGoBack(before, now, progress, keys.length > 0 ? "change" : "stay")];
}

// Compared with what is there now, not with what was planned: a plan that was cut short has done only some of its steps.
function restoreFile(step: Step, before: SeenServer, now: SeenServer): Step[] {
  if (step.kind === "trust") return restoreTrust(step, before, now);
  if (step.kind !== "place" && step.kind !== "retire") return [];
  const { node, directory, fileName } = step;
  const digest = (seen: SeenServer): string | null => {
    const found = seen.nodes
      .find(({ name }) => name === node)
      ?.packages.find((one) => one.directory === directory && one.fileName === fileName);
    return found === undefined ? null : (found.sha256 ?? "unreadable");
  };
  const [was, is] = [digest(before), digest(now)];
  if (was === is) return [];
  // Neither what was there nor what this plan puts there: somebody else did that meanwhile, and it stays.
  if (is !== null && is !== (step.kind === "place" ? step.sha256 : null)) return [];
  if (was === null) return [{ kind: "retire", node, directory, fileName, was: is }];
  return isBroughtBackElsewhere(now, node, directory, was) ? [] : [{ kind: "place", node, directory, fileName, sha256: was, was: is }];
}

// Certificate by certificate, so that what somebody else imported meanwhile stays.
function restoreTrust(step: Extract<Step, { kind: "trust" }>, before: SeenServer, now: SeenServer): Step[] {
  const [was, is] = [before, now].map(({ nodes }) =>
    nodes.find(({ name }) => name === step.node)?.trust?.stores.find(({ repository }) => repository === step.repository),
  );
  const [earlier, present] = [was?.entries ?? null, is?.entries ?? null];
  if (earlier === null || present === null || is === undefined || is.sha256 === null) return [];
  const has = (entries: readonly TrustEntry[], { alias, sha256 }: DesiredCertificate): boolean =>
    entries.some((entry) => entry.alias === alias && entry.sha256 === sha256);
  const remove = step.add.filter((one) => has(present, one) && !has(earlier, one));
  const stays = present.filter((entry) => !remove.some((one) => one.alias === entry.alias));
  const add = step.remove.filter((one) => has(earlier, one) && !stays.some(({ alias }) => alias === one.alias));
  return add.length + remove.length === 0 ? [] : [{ ...step, remove, add, was: is.sha256 }];
}

// In a folder that nodes share, the node that came first has kept what lay there, and brings it back for all.
function isBroughtBackElsewhere({ nodes }: SeenServer, name: string, directory: string, sha256: string): boolean {
  const here = nodes.find((node) => node.name === name);
  const keeps = ({ stored }: SeenNode): boolean => stored.some((one) => one.sha256 === sha256);
  if (here === undefined || keeps(here)) return false;
  return nodes.some((other) => keeps(other) && sharesFolder(here, other, directory));
}

// A change that is only pending is discarded where it is the only one, else set back; an applied one is set back.
function restoreKeys(plan: Plan, before: SeenServer, now: SeenServer, progress: Progress): { discard: Step[]; keys: Step[] } {
  const changed = plan.steps.filter((step) => step.kind === "setKey" || step.kind === "unsetKey");
  const applied = changed.filter(({ key }) => {
    const was = effectiveKey(key, keySeen(before, key), before.record);
    const is = keySeen(now, key);
    if (is.kind !== "unknown") return !sameValue(key, effectiveKey(key, is, null), was);
    // A server that does not tell the value: before the apply was begun nothing of ours was applied.
    return progress === "activating" && !now.pending.ours.includes(key);
  });
  const pending = changed.filter(({ key }) => now.pending.ours.includes(key));
  const alone = now.pending.othersChanges.length === 0 && !now.pending.topology;
  const discard: Step[] = pending.length > 0 && alone ? [{ kind: "discardPending" }] : [];
  const keys = applied.flatMap((step) => inverseOf(step) ?? []);
  return { discard, keys };
}
