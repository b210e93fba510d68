import { short } from "./describe-step";
import type { Live } from "../compare/live";
import { belongsElsewhere, current } from "../compare/live";
import { sameValue } from "../compare/effective-key";
import { connectPluginsPathKey, disableVerifyKey } from "../../keys";

/** One side of a comparison, as far as a preview knows it: what is there, or what is wanted. */
export interface ConfigView {
  readonly server: string;
  /** Stack and name of the resource, for people. */
  readonly owner: string;
  readonly directory: string;
  readonly nodes: readonly string[];
  readonly connectors: readonly { readonly fileName: string; readonly sha256: string; readonly pluginVersion: string }[];
  /** File names of the drivers. */
  readonly drivers: readonly string[];
  readonly live: Live;
  readonly loaded: string;
  /** Whether the record on the server is gone, or behind what was seen of it. */
  readonly record: "written" | "to be written";
  /** Key by its name in the program; undefined: left as found. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  /** Keys that nothing in the program asks for any more. */
  readonly givenBack: readonly GivenBack[];
  /** Digest of the restart triggers. */
  readonly triggers: string | null;
  readonly stopped: boolean;
  /** Packages that lie there and are not listed, as `node/file`. */
  readonly unlisted: readonly string[];
  readonly retiresUnlisted: boolean;
}

/** A key that goes back to what it was before this package set it, by the name of its argument. */
export interface GivenBack {
  readonly name: string;
  readonly now: string | null;
  /** The value before; null: none. */
  readonly then: { readonly value: string | null } | "unknown";
}

/** Whether an activation may run now: at once, on command only, or when the restart window opens (a time for people). */
export type Activation = "now" | "hold" | { readonly opensAt: string };

/**
 * The sentence of a preview for a config: what differs and what it costs. null: nothing that concerns the server.
 *
 * It is worded to be true whichever side the engine calls old: `there` is what the server was last seen to be, `wanted`
 * what the program says.
 */
export function describeConfig(there: ConfigView | null, wanted: ConfigView, activation: Activation): string | null {
  if (there === null) return describeNew(wanted, activation);
  if (there.loaded.startsWith(belongsElsewhere)) return `${wanted.server} ${there.loaded} now: this stack's \`pulumi up\` will be refused.`;
  const sentences = [describeDifferences(there, wanted, activation), describeNames(there, wanted), describeRetired(there, wanted)];
  return sentences.filter((sentence) => sentence !== null).join(" ") || null;
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

function describeDifferences(there: ConfigView, wanted: ConfigView, activation: Activation): string | null {
  const live = liveDifferences(there, wanted);
  const others = [
    ...directoryDifference(there, wanted),
    ...unlistedDifferences(there, wanted),
    ...keyDifferences(there, wanted),
    ...there.givenBack.map(describeGivenBack),
    ...triggerDifference(there, wanted),
    ...loadedDifference(there),
  ];
  const differences = [...live.map(({ text }) => text), ...others, ...recordDifference(there)];
  if (differences.length === 0) return null;
  const restarts = live.some(({ restarts: one }) => one) || others.length > 0;
  const costs = cost({ server: wanted.server, stopped: there.stopped, restarts }, activation);
  return `${wanted.server} differs from the program: ${differences.join("; ")}. ${costs}`;
}

function describeNew(wanted: ConfigView, activation: Activation): string {
  const files = wanted.connectors.map(({ fileName, pluginVersion }) => `${fileName} ${pluginVersion}`.trim());
  const what = files.length === 0 ? "no connector" : files.join(", ");
  const drivers = wanted.drivers.length === 0 ? "" : ` with the drivers ${wanted.drivers.join(", ")}`;
  const where = `${wanted.directory} of ${wanted.nodes.join(", ")}${drivers}`;
  if (activation !== "now") return `${wanted.server} will get ${what} in ${where} later. ${waits(activation)}: nothing live changes now.`;
  return `${wanted.server} will run with ${what} in ${where}: an \`up\` needs one restart of ${wanted.server}, users are disconnected; none if it runs with exactly these already.`;
}

interface LiveDifference {
  readonly text: string;
  readonly restarts: boolean;
}

function liveDifferences(there: ConfigView, wanted: ConfigView): LiveDifference[] {
  const byFile = new Map<string, { nodes: string[]; restarts: boolean; text: string }>();
  for (const node of new Set([...Object.keys(there.live), ...wanted.nodes])) {
    const [now, then] = [there.live[node] ?? {}, wanted.live[node] ?? {}];
    if (!wanted.nodes.includes(node)) continue;
    for (const fileName of new Set([...Object.keys(now), ...Object.keys(then)])) {
      if (now[fileName] === then[fileName]) continue;
      const difference = describeFile(wanted, fileName, now[fileName], then[fileName]);
      const key = difference.text;
      const entry = byFile.get(key) ?? { nodes: [], ...difference };
      entry.nodes.push(node);
      byFile.set(key, entry);
    }
  }
  return [...byFile.values()].map(({ nodes, text, restarts }) => ({ text: `${text} on ${nodes.join(", ")}`, restarts }));
}

function describeFile(wanted: ConfigView, fileName: string, now: string | undefined, then: string | undefined): LiveDifference {
  const version = wanted.connectors.find((one) => one.fileName === fileName)?.pluginVersion ?? "";
  if (then === undefined) return { text: `${fileName} is live but not listed`, restarts: true };
  if (now === undefined || now === "absent") return { text: `${`${fileName} ${version}`.trim()} is missing`, restarts: true };
  if (now.includes("; "))
    return { text: `${fileName} is ${withShortDigests(now)}, wanted ${short(then)}${inBrackets(version)}`, restarts: true };
  if (now.startsWith(then)) return describeForm(fileName, now.slice(then.length));
  return { text: `${fileName} is ${short(now)} instead of ${short(then)}${inBrackets(version)}`, restarts: true };
}

function inBrackets(version: string): string {
  return version === "" ? "" : ` (${version})`;
}

// The bytes are right; `seenLive` says in brackets what is not.
function describeForm(fileName: string, bracketed: string): LiveDifference {
  const form = bracketed.trim().replace(/^\(|\)$/g, "");
  return { text: `${fileName} ${form.startsWith("mode ") ? "has" : "is"} ${form}`, restarts: form.includes("cannot read") };
}

// The folders of several processes differ.
function withShortDigests(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, short);
}

function directoryDifference(there: ConfigView, wanted: ConfigView): string[] {
  if (there.directory === wanted.directory || wanted.connectors.length + there.connectors.length === 0) return [];
  return [`the connectors lie in ${there.directory} instead of ${wanted.directory}`];
}

function unlistedDifferences(there: ConfigView, wanted: ConfigView): string[] {
  if (!wanted.retiresUnlisted || there.directory !== wanted.directory) return [];
  const isTold = (one: string): boolean =>
    Object.entries(there.live).some(([node, files]) => Object.keys(files).some((file) => `${node}/${file}` === one));
  const others = there.unlisted.filter((one) => !isTold(one));
  return others.length === 0 ? [] : [`${others.join(", ")} ${others.length === 1 ? "is" : "are"} live but not listed`];
}

const keyOf: Readonly<Record<string, typeof connectPluginsPathKey | typeof disableVerifyKey>> = {
  connectPluginsPath: connectPluginsPathKey,
  disableVerifyConnectorPluginSignature: disableVerifyKey,
};

function keyDifferences(there: ConfigView, wanted: ConfigView): string[] {
  return Object.entries(wanted.keys).flatMap(([name, value]) => {
    const now = there.keys[name];
    const key = keyOf[name];
    if (value === undefined || (key !== undefined && sameValue(key, now ?? null, value))) return [];
    return [`${name} is ${now === undefined ? "not set" : JSON.stringify(now)} instead of ${JSON.stringify(value)}`];
  });
}

function describeGivenBack({ name, now, then }: GivenBack): string {
  const text = (value: string | null): string => (value === null ? "not set" : JSON.stringify(value));
  const before = then === "unknown" ? "what it was before this package set it" : text(then.value);
  return `${name} is no longer given and goes back from ${text(now)} to ${before}`;
}

function triggerDifference(there: ConfigView, wanted: ConfigView): string[] {
  return wanted.triggers !== null && wanted.triggers !== there.triggers ? ["restartTriggers changed"] : [];
}

function loadedDifference(there: ConfigView): string[] {
  return there.loaded === current ? [] : [there.loaded];
}

function recordDifference(there: ConfigView): string[] {
  return there.record === "written" ? [] : ["its record of this program is missing or out of date"];
}

interface Costs {
  readonly server: string;
  readonly stopped: boolean;
  readonly restarts: boolean;
}

function cost({ server, stopped, restarts }: Costs, activation: Activation): string {
  if (activation !== "now") return `${waits(activation)}: nothing live changes now.`;
  if (!restarts) return "Bringing it in line needs no restart.";
  if (stopped) return `Bringing it in line needs no restart: ${server} is stopped.`;
  return `Bringing it in line needs one restart of ${server}, users are disconnected.`;
}

function waits(activation: Exclude<Activation, "now">): string {
  return activation === "hold" ? "Activation is on hold" : `The restart window opens at ${activation.opensAt}`;
}
