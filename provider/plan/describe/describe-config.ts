import { belongsElsewhere } from "../compare/live";
import { type ForeseenRestart, foreseenFirstRestart } from "../restart";
import type { ConfigView } from "./config-view";
import { foresee, restartOf } from "./foresee";
import { listOf } from "./words";

/** Whether an activation may run now: at once, on command only, or when the restart window opens (a time for people). */
export type Activation = "now" | "hold" | { readonly opensAt: string };

/**
 * The sentences of a preview for a config: what differs, where, and what it costs. null: nothing that concerns the server.
 *
 * They are true whichever side the engine calls old: `there` is what the server was last seen to be, `wanted` what the program says.
 */
export function describeConfig(there: ConfigView | null, wanted: ConfigView, activation: Activation): string | null {
  if (there === null) {
    const restart = foreseenFirstRestart(wanted.connectors.length + wanted.drivers.length + wanted.trust.length);
    return `${describeNew(wanted)} ${cost(wanted, restart, "This", activation)}`;
  }
  if (there.loaded.startsWith(belongsElsewhere) && !wanted.takesOver) {
    return `${wanted.server} ${there.loaded} now: \`pulumi up\` of this stack will be refused.`;
  }
  const sentences = [describeDifferences(there, wanted, activation), describeNames(there, wanted), describeRetired(there, wanted)];
  return sentences.filter((sentence) => sentence !== null).join(" ") || null;
}

function describeNew({ server, connectors, drivers, trust, nodes }: ConfigView): string {
  const files = connectors.map(({ fileName, pluginVersion }) => `${fileName} ${pluginVersion}`.trim());
  const jars = drivers.map(({ fileName }) => `the driver ${fileName}`);
  const what = files.length + jars.length === 0 ? "no connector" : listOf([...files, ...jars]);
  const trusts = trust.length === 0 ? "" : ` Its Java will trust ${listOf(trust.map(({ alias }) => alias))}.`;
  return `${server} will load ${what} on ${listOf(nodes.map(({ name }) => name))}.${trusts}`;
}

function describeDifferences(there: ConfigView, wanted: ConfigView, activation: Activation): string | null {
  const differences = foresee(there, wanted);
  if (differences.length === 0) return null;
  const [drifts, changes] = [differences.filter(({ by }) => by === "somebody"), differences.filter(({ by }) => by === "program")];
  const drift = drifts.length === 0 ? [] : [`Drift on ${wanted.server}: ${drifts.map(({ text }) => text).join("; ")}.`];
  const costs = cost(
    { ...wanted, stopped: there.stopped },
    restartOf(differences),
    changes.length === 0 ? "Repairing it" : "This",
    activation,
  );
  return [...drift, ...changes.map(({ text }) => text), costs].join(" ");
}

// No server knows a resource by its name: what follows is what people read there.
function describeNames(there: ConfigView, wanted: ConfigView): string | null {
  if (there.owner === "" || there.owner === wanted.owner) return null;
  return `The owner of ${wanted.server} will be called ${wanted.owner} instead of ${there.owner}. No restart.`;
}

// Nobody but people knows whether they are wanted back.
function describeRetired(there: ConfigView, wanted: ConfigView): string | null {
  if (!there.retiresUnlisted || wanted.retiresUnlisted) return null;
  return `What unlistedConnectors: "retire" took away stays in the store of ${wanted.server}; \`pulumi-tableau restore\` brings it back.`;
}

function cost(
  { server, stopped }: Pick<ConfigView, "server" | "stopped">,
  restart: ForeseenRestart,
  subject: "This" | "Repairing it",
  activation: Activation,
): string {
  if (activation === "hold") return "Activation is on hold: nothing live changes now.";
  const then = restart === "no" ? "" : `, then ${server} restarts ${restart === "yes" ? "once" : "at most once"}`;
  if (activation !== "now") return `The restart window opens at ${activation.opensAt}: nothing live changes before${then}.`;
  if (restart === "no") return "No restart.";
  if (stopped) return `${server} was stopped when it was last looked at: no restart while it is stopped, else one.`;
  if (restart === "perhaps") return `Up to one restart of ${server}, which disconnects its users.`;
  return `${subject} restarts ${server} once and disconnects its users.`;
}
