import type { DesiredServer } from "../../../provider/plan/desired";
import { recordAfter, recordBefore } from "../../../provider/plan/record/record-after";
import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import type { KeySeen, SeenDirectory, SeenNode, SeenPackage, SeenServer } from "../../../provider/plan/seen";
import type { Plan, Step } from "../../../provider/plan/step";

const placedAt = 10_000;
const restartedAt = 11_000;

/**
 * What a server is after a plan was carried out on it: the steps one by one, as the scripts and tsm do them, and the
 * record as it is written then. `answers`: whether this server's tsm answers for forced keys.
 */
export function carryOut(desired: DesiredServer, seen: SeenServer, plan: Plan, answers: "answers" | "answers never"): SeenServer {
  const begun: SeenServer = { ...seen, record: recordBefore(desired, seen, plan.steps) };
  const after = plan.steps.reduce((server, step) => perform(desired, server, step, plan, answers), begun);
  const job = plan.steps.find((step) => step.kind === "applyPending" || step.kind === "restart");
  const activation = job === undefined ? null : { at: "2026-01-01T00:00:00Z", why: job.why, job: job.kind };
  return { ...after, record: recordAfter(desired, after, plan.steps, activation), restartRequired: null };
}

/** The server once somebody has started it. */
export function start(seen: SeenServer): SeenServer {
  return { ...restart(seen), status: "RUNNING" };
}

function perform(desired: DesiredServer, seen: SeenServer, step: Step, plan: Plan, answers: "answers" | "answers never"): SeenServer {
  switch (step.kind) {
    case "discardPending":
      return { ...seen, pending: { ...seen.pending, ours: [], othersChanges: [] } };
    case "openDirectory":
      return onNode(seen, step.node, (node) => openDirectory(node, step.directory));
    case "place":
      return onNode(seen, step.node, (node) => place(desired, node, step));
    case "mend":
      return onNode(seen, step.node, (node) => mend(node, step));
    case "retire":
      return onNode(seen, step.node, (node) => ({ ...node, packages: node.packages.filter((found) => !isAt(found, step)) }));
    case "setKey":
    case "unsetKey":
      return { ...seen, pending: { ...seen.pending, ours: [...seen.pending.ours, step.key] } };
    case "applyPending":
      return apply(seen, plan, answers);
    case "restart":
      return restart(seen);
    case "trust":
      return onNode(seen, step.node, (node) => exchange(node, step));
    case "record":
    case "awaitRunning":
      return seen;
  }
}

function onNode(seen: SeenServer, name: string, change: (node: SeenNode) => SeenNode): SeenServer {
  return { ...seen, nodes: seen.nodes.map((node) => (node.name === name ? change(node) : node)) };
}

function exchange(node: SeenNode, { repository, add, remove }: Extract<Step, { kind: "trust" }>): SeenNode {
  const { trust = { stores: [], leftovers: [] } } = node;
  const stores = trust.stores.map((store) => {
    if (store.repository !== repository) return store;
    const staying = (store.entries ?? []).filter((entry) => !remove.some((one) => one.alias === entry.alias));
    const entries = [...staying, ...add.map((one) => ({ ...one, is: "certificate" as const }))];
    return { ...store, entries, changedAt: placedAt };
  });
  return { ...node, trust: { ...trust, stores } };
}

function openDirectory(node: SeenNode, path: string): SeenNode {
  const isReadable = (found: SeenPackage): boolean => found.directory !== path || found.mode.endsWith("4");
  return {
    ...node,
    directories: node.directories.map((directory) => (directory.path === path ? { ...directory, traversable: true } : directory)),
    packages: node.packages.map((found) => ({ ...found, readable: isReadable(found) })),
  };
}

function place(desired: DesiredServer, node: SeenNode, step: Extract<Step, { kind: "place" }>): SeenNode {
  const { directory, fileName, sha256 } = step;
  const placed: SeenPackage = {
    directory,
    fileName,
    form: "file",
    sha256,
    mode: "0644",
    owner: desired.fileOwner,
    group: desired.fileOwner,
    changedAt: placedAt,
    readable: true,
  };
  const made: SeenDirectory = { path: directory, exists: true, parentExists: true, traversable: true };
  const directories = node.directories.map((one) => (one.path === directory && !one.exists ? made : one));
  return {
    ...node,
    directories: directories.some(({ path }) => path === directory) ? directories : [...directories, made],
    packages: [...node.packages.filter((found) => !isAt(found, step)), placed],
  };
}

function mend(node: SeenNode, step: Extract<Step, { kind: "mend" }>): SeenNode {
  const isTraversable = node.directories.some(({ path, traversable }) => path === step.directory && traversable);
  const packages = node.packages.map((found) =>
    isAt(found, step) ? { ...found, mode: "0644", owner: step.owner ?? found.owner, changedAt: placedAt, readable: isTraversable } : found,
  );
  return { ...node, packages };
}

function isAt(found: SeenPackage, step: { directory: string; fileName: string }): boolean {
  return found.directory === step.directory && found.fileName === step.fileName;
}

function apply(seen: SeenServer, plan: Plan, answers: "answers" | "answers never"): SeenServer {
  const keys: Record<string, KeySeen> = { ...seen.keys, ...seen.otherKeys };
  for (const step of plan.steps) {
    if (answers === "answers never") continue;
    if (step.kind === "setKey") keys[step.key] = { kind: "value", value: step.value };
    if (step.kind === "unsetKey") keys[step.key] = { kind: "unset" };
  }
  const { [connectPluginsPathKey]: path, [disableVerifyKey]: flag, ...otherKeys } = keys;
  const own = {
    [connectPluginsPathKey]: path ?? seen.keys[connectPluginsPathKey],
    [disableVerifyKey]: flag ?? seen.keys[disableVerifyKey],
  };
  const applied: SeenServer = {
    ...seen,
    keys: own,
    ...(Object.keys(otherKeys).length === 0 ? {} : { otherKeys }),
    pending: { ours: [], othersChanges: [], topology: false },
  };
  return seen.status === "STOPPED" ? applied : restart(applied);
}

function restart(seen: SeenServer): SeenServer {
  const nodes = seen.nodes.map((node) => ({ ...node, loadedSince: restartedAt, oldestProcess: `boot ${String(restartedAt)}` }));
  return { ...seen, nodes };
}
