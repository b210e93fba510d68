import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import { sameValue } from "../compare/effective-key";
import { notInUse } from "../compare/trusted";
import { belongsElsewhere, current, unreadable } from "../compare/live";
import { type ForeseenRestart, foreseenRestart } from "../restart";
import type { ConfigView, GivenBack } from "./config-view";
import { short } from "./describe-step";
import { listOf } from "./words";

/** Something that is not as the program wants it: because somebody changed it (drift), or because the program changed. */
export interface Difference {
  readonly by: "somebody" | "program";
  /** A phrase for a drift, a sentence for a change. */
  readonly text: string;
  readonly restart: ForeseenRestart;
}

/**
 * What an `up` is going to find, as far as a preview can know it. An update restarts a server only if one of these says so: what no
 * preview has told waits for the next one.
 */
export function foresee(there: ConfigView, wanted: ConfigView): Difference[] {
  return [
    ...liveDifferences(there, wanted),
    ...trustDifferences(there, wanted),
    ...placeDifferences(there, wanted),
    ...unlistedDifferences(there, wanted),
    ...keyDifferences(there, wanted),
    ...otherKeyDifferences(there, wanted),
    ...there.givenBack.map(toDifference),
    ...triggerDifference(there, wanted),
    ...loadedDifference(there),
    ...recordDifference(there),
    ...addressDifferences(there, wanted),
    ...ownerDifference(there, wanted),
  ];
}

/** Whether a preview tells of a restart, or that it cannot know. */
export function restartOf(differences: readonly Difference[]): ForeseenRestart {
  return foreseenRestart(differences.map(({ restart }) => restart));
}

/** Stands for the nodes in a phrase, until all are known that it is true of; no file name can have it. */
const where = "\0";

interface FileDifference {
  readonly by: Difference["by"];
  /** `load`: the text is the name of what is to be loaded. */
  readonly what: "load" | "drop" | "drift";
  readonly text: string;
  readonly restart: ForeseenRestart;
}

function liveDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  const byFile = new Map<string, FileDifference & { readonly nodes: string[] }>();
  for (const { name: node } of wanted.nodes) {
    const [now, then] = [there.live[node] ?? {}, wanted.live[node] ?? {}];
    for (const fileName of new Set([...Object.keys(now), ...Object.keys(then)])) {
      if (now[fileName] === then[fileName]) continue;
      const difference = compareFile(there, wanted, fileName, now[fileName], then[fileName]);
      const key = `${difference.what} ${difference.text}`;
      const entry = byFile.get(key) ?? { ...difference, nodes: [] };
      entry.nodes.push(node);
      byFile.set(key, entry);
    }
  }
  const found = [...byFile.values()];
  const drifts = found.filter(({ what }) => what === "drift");
  return [
    ...drifts.map(({ by, text, restart, nodes }) => ({ by, text: text.replace(where, listOf(nodes)), restart })),
    ...["load" as const, "drop" as const].flatMap((what) => toSentences(wanted, what, found)),
  ];
}

// One sentence for all files that concern the same nodes.
function toSentences(
  wanted: ConfigView,
  what: "load" | "drop",
  found: readonly (FileDifference & { readonly nodes: readonly string[] })[],
): Difference[] {
  const byNodes = new Map<string, string[]>();
  for (const one of found) {
    if (one.what !== what) continue;
    const nodes = listOf(one.nodes);
    byNodes.set(nodes, [...(byNodes.get(nodes) ?? []), one.text]);
  }
  const verb = what === "load" ? "will load" : "will no longer load";
  return [...byNodes].map(([nodes, files]) => ({
    by: "program",
    text: `${wanted.server} ${verb} ${listOf(files)} on ${nodes}.`,
    restart: "yes",
  }));
}

function compareFile(
  there: ConfigView,
  wanted: ConfigView,
  fileName: string,
  now: string | undefined,
  then: string | undefined,
): FileDifference {
  const listed = [...there.connectors, ...there.drivers].find((one) => one.fileName === fileName);
  const drift = (text: string, restart: ForeseenRestart): FileDifference => ({ by: "somebody", what: "drift", text, restart });
  if (then === undefined) {
    if (listed === undefined) return drift(`${fileName} on ${where} is not listed`, "yes");
    return { by: "program", what: "drop", text: fileName, restart: "yes" };
  }
  const version = wanted.connectors.find((one) => one.fileName === fileName)?.pluginVersion ?? "";
  const isDriver = wanted.drivers.some((one) => one.fileName === fileName);
  const name = isDriver ? `the driver ${fileName}` : `${fileName} ${version}`.trim();
  if (listed?.sha256 !== then || now === undefined) return { by: "program", what: "load", text: name, restart: "yes" };
  if (now === "absent") return drift(`${name} is missing on ${where}`, "yes");
  if (now.includes("; ")) {
    return drift(`${fileName} on ${where} is ${withShortDigests(now)}, expected ${short(then)}${inBrackets(version)}`, "yes");
  }
  if (now.startsWith(then)) return compareForm(fileName, now.slice(then.length), drift);
  const found = withShortDigests(now);
  return drift(
    `${fileName} on ${where} ${found === now ? "is" : "has digest"} ${found}, expected ${short(then)}${inBrackets(version)}`,
    "yes",
  );
}

// The bytes are right; `seenLive` says in brackets what is not.
function compareForm(
  fileName: string,
  bracketed: string,
  drift: (text: string, restart: ForeseenRestart) => FileDifference,
): FileDifference {
  const form = bracketed.trim().replace(/^\(|\)$/g, "");
  return drift(`${fileName} on ${where} ${form.startsWith("mode ") ? "has" : "is"} ${form}`, form.endsWith(unreadable) ? "yes" : "no");
}

function inBrackets(version: string): string {
  return version === "" ? "" : ` (${version})`;
}

function withShortDigests(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, short);
}

function trustDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  const isIn = (list: ConfigView["trust"], { alias, sha256 }: ConfigView["trust"][number]): boolean =>
    list.some((one) => one.alias === alias && one.sha256 === sha256);
  const added = wanted.trust.filter((one) => !isIn(there.trust, one)).map(({ alias }) => alias);
  const dropped = there.trust.filter(({ alias }) => !wanted.trust.some((one) => one.alias === alias)).map(({ alias }) => alias);
  const sentence = (aliases: readonly string[], verb: string): Difference[] =>
    aliases.length === 0 ? [] : [{ by: "program", text: `The Java of ${wanted.server} will ${verb} ${listOf(aliases)}.`, restart: "yes" }];
  return [...driftOfTrust(there), ...sentence(added, "trust"), ...sentence(dropped, "no longer trust")];
}

function driftOfTrust({ trusted }: ConfigView): Difference[] {
  const nodesOf = new Map<string, string[]>();
  for (const [node, stores] of Object.entries(trusted)) {
    for (const [repository, text] of Object.entries(stores)) {
      const key = JSON.stringify([repository, text]);
      nodesOf.set(key, [...(nodesOf.get(key) ?? []), node]);
    }
  }
  return [...nodesOf].map(([key, nodes]): Difference => {
    const [repository = "", text = ""] = JSON.parse(key) as string[];
    const what = text.startsWith("absent") ? `what it is to trust is ${text}` : text;
    return {
      by: "somebody",
      text: `in the trust store of ${repository} on ${listOf(nodes)} ${what}`,
      restart: text.endsWith(notInUse) ? "no" : "yes",
    };
  });
}

function placeDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  const both = (side: "connectors" | "drivers"): number => there[side].length + wanted[side].length;
  const differences: Difference[] = [];
  if (there.directory !== wanted.directory) {
    differences.push({
      by: "program",
      text: `The connectors move from ${there.directory} to ${wanted.directory}.`,
      // Without any the path key may have to be set.
      restart: both("connectors") > 0 ? "yes" : "perhaps",
    });
  } else if (there.placement !== wanted.placement) {
    differences.push({ by: "program", text: "The placement of the connectors changes.", restart: "perhaps" });
  }
  if (there.driversDirectory !== wanted.driversDirectory && both("drivers") > 0) {
    differences.push({
      by: "program",
      text: `The drivers move from ${there.driversDirectory} to ${wanted.driversDirectory}.`,
      restart: "yes",
    });
  }
  return differences;
}

function unlistedDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  if (!wanted.retiresUnlisted) return [];
  const isTold = (one: string): boolean =>
    Object.entries(there.live).some(([node, files]) => Object.keys(files).some((file) => `${node}/${file}` === one));
  const others = there.directory === wanted.directory ? there.unlisted.filter((one) => !isTold(one)) : [];
  if (others.length > 0) return [{ by: "program", text: `Unlisted connectors will be retired: ${listOf(others)}.`, restart: "yes" }];
  if (there.retiresUnlisted && there.directory === wanted.directory) return [];
  return [{ by: "program", text: "Unlisted connectors will be retired, if there are any.", restart: "perhaps" }];
}

const keyOf: Readonly<Record<string, typeof connectPluginsPathKey | typeof disableVerifyKey>> = {
  connectPluginsPath: connectPluginsPathKey,
  disableVerifyConnectorPluginSignature: disableVerifyKey,
};

function keyDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  return Object.entries(keyOf).flatMap(([name, key]): Difference[] => {
    const [now, value, before] = [there.keys[name], wanted.keys[name], there.givenKeys[name]];
    if (value === undefined || sameValue(key, now ?? null, value)) return [];
    const was = now === undefined ? "not set" : JSON.stringify(now);
    if (before !== undefined && sameValue(key, before, value)) {
      return [{ by: "somebody", text: `${name} is ${was}, expected ${JSON.stringify(value)}`, restart: "yes" }];
    }
    return [{ by: "program", text: `${name} changes from ${was} to ${JSON.stringify(value)}.`, restart: "yes" }];
  });
}

// Values may be secrets: only names are told. Whether tsm needs a restart for such a key nobody knows before.
function otherKeyDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  return Object.entries(wanted.otherKeys).flatMap(([name, value]): Difference[] => {
    if (there.otherKeys[name] === value) return [];
    const before = there.givenOtherKeys[name];
    if (before === undefined) return [{ by: "program", text: `${name} will be set.`, restart: "perhaps" }];
    if (before === value || before === "drift") return [{ by: "somebody", text: `${name} differs`, restart: "perhaps" }];
    return [{ by: "program", text: `${name} changes.`, restart: "perhaps" }];
  });
}

function toDifference({ name, now, then }: GivenBack): Difference {
  if (then === "hidden" || then === "hidden: none") {
    const back = then === "hidden" ? "goes back to its earlier value" : "is reset";
    return { by: "program", text: `${name} is no longer given and ${back}.`, restart: "perhaps" };
  }
  const text = (value: string | null): string => (value === null ? "not set" : JSON.stringify(value));
  const before = then === "unknown" ? "what it was before this package set it" : text(then.value);
  return {
    by: "program",
    text: `${name} is no longer given and goes back from ${text(now)} to ${before}.`,
    restart: then === "unknown" ? "perhaps" : "yes",
  };
}

function triggerDifference(there: ConfigView, wanted: ConfigView): Difference[] {
  if (wanted.triggers === null || wanted.triggers === there.triggers) return [];
  return [{ by: "program", text: "restartTriggers changed.", restart: "yes" }];
}

function loadedDifference({ server, loaded, due }: ConfigView): Difference[] {
  if (due !== null) return [{ by: "program", text: `A change of ${server} is due: ${due}.`, restart: "yes" }];
  if (loaded === current || loaded.startsWith(belongsElsewhere)) return [];
  if (loaded.startsWith("not known")) {
    return [{ by: "program", text: `What ${server} runs is not known since the last run failed.`, restart: "perhaps" }];
  }
  return [{ by: "somebody", text: loaded, restart: "yes" }];
}

function recordDifference({ server, record }: ConfigView): Difference[] {
  if (record === "written") return [];
  return [{ by: "somebody", text: `the record of this program on ${server} is missing or out of date`, restart: "no" }];
}

// Whatever a preview knows, it knows of the places that were looked at last.
function addressDifferences(there: ConfigView, wanted: ConfigView): Difference[] {
  const before = new Map(there.nodes.map(({ name, address }) => [name, address]));
  const moved = wanted.nodes.filter(({ name, address }) => before.has(name) && (address === null || address !== before.get(name)));
  const perhaps = (text: string): Difference => ({ by: "program", text, restart: "perhaps" });
  const differences: Difference[] = [];
  if (moved.length > 0) {
    differences.push(
      perhaps(
        `The address${moved.length === 1 ? "" : "es"} of ${listOf(moved.map(({ name }) => name))} changed; what ${moved.length === 1 ? "it runs" : "they run"} is not known yet.`,
      ),
    );
  }
  const [initial, initialNow] = [there.nodes[0]?.name, wanted.nodes[0]?.name];
  if (initial !== initialNow && initialNow !== undefined) {
    differences.push(
      perhaps(`The initial node is ${initialNow} instead of ${initial ?? "none"}; what is recorded there is not known yet.`),
    );
  }
  if (there.stateDirectory !== wanted.stateDirectory) {
    differences.push(perhaps(`stateDirectory changes to ${wanted.stateDirectory}; what is recorded there is not known yet.`));
  }
  return differences;
}

function ownerDifference(there: ConfigView, wanted: ConfigView): Difference[] {
  if (!wanted.takesOver) return [];
  if (there.loaded.startsWith(belongsElsewhere)) {
    return [{ by: "program", text: `${wanted.server} ${there.loaded} and is taken over.`, restart: "perhaps" }];
  }
  if (there.takesOver) return [];
  return [{ by: "program", text: `${wanted.server} is taken over if it belongs to another stack.`, restart: "perhaps" }];
}
