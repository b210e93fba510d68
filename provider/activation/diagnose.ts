import { TableauError, type ErrorCode } from "../vocabulary/error";
import { unreadableAnswer } from "../host/ask";
import type { Host } from "../host/host";
import { disableVerifyKey } from "../vocabulary/keys";
import { ownDirectories } from "../plan/placement/load-order";
import { liveDirectories } from "../plan/placement/placement";
import { layoutAt } from "../plan/placement/layout";
import type { SeenNode } from "../plan/seen";
import { perform } from "../actions/action";
import { examine } from "../actions/examine";
import { fetchTrust } from "../actions/trust";
import { observeNode } from "../actions/observe";
import type { Observation } from "../actions/observe/read-observation";
import type { Target } from "./target";
import { wallClock } from "../vocabulary/wall-clock";

/** One thing that was looked at. */
export interface Symptom {
  /** `stops`: an `up` would stop there. `notable`: worth knowing. */
  readonly state: "well" | "notable" | "stops";
  /** A node's name, or "tsm". */
  readonly where: string;
  /** A full sentence; where it stops, with the next thing to do. */
  readonly text: string;
  /** Of the error that stops it; see docs/errors.md. */
  readonly code?: ErrorCode;
}

const greatestSkewSeconds = 120;

/** Looks at every node and at tsm as a deployment would, and tells everything that would stop one. Changes nothing. */
export async function diagnose(target: Target): Promise<Symptom[]> {
  const [initial] = target.hosts;
  const nodes = await Promise.all(target.hosts.map((host) => examineNode(target, host)));
  // A node that did not answer is not dialled a second time.
  const unreachable = nodes[0]?.some(({ code }) => code === "host-unreachable") === true;
  const tsm: Symptom[] = unreachable
    ? [{ state: "stops", where: "tsm", text: `Not asked: it runs on ${initial.node}, which cannot be reached.` }]
    : await examineTsm(target);
  return [...nodes.flat(), ...tsm];
}

async function examineNode(target: Target, host: Host): Promise<Symptom[]> {
  const where = host.node;
  try {
    const question = {
      stateDirectory: target.stateDirectory,
      digests: [],
      directories: [target.place.directory, layoutAt(target.place.directory).connectors, ...ownDirectories(target.place.directory)],
      timeoutSeconds: target.timeouts.command,
    };
    const [observation, trust] = await Promise.all([
      observeNode(host, question),
      fetchTrust(host, { known: null, tsmPath: target.tsmPath, timeoutSeconds: target.timeouts.command }),
    ]);
    const rights = await rightsOf(target, host, observation.node);
    return [
      { state: "well", where, text: `Reached; files are written as ${observation.user}.` },
      ...rights,
      ...clockOf(where, observation),
      "lookedFor" in trust
        ? {
            state: "notable" as const,
            where,
            text: `Tableau Server's trust store was not found (looked for ${trust.lookedFor}): connectors need \`trustStore\`, or \`requireSignature: false\`.`,
          }
        : { state: "well" as const, where, text: `Trust store ${trust.path}.` },
    ];
  } catch (error) {
    return [stopped(where, error)];
  }
}

async function rightsOf(target: Target, host: Host, node: SeenNode): Promise<Symptom[]> {
  const directories = [...new Set([target.stateDirectory, ...liveDirectories(target.place, node)])];
  const { lines } = await perform(host, examine, { directories }, { timeoutSeconds: target.timeouts.command });
  const where = host.node;
  if (lines.writable.length + lines.refused.length !== directories.length) {
    throw unreadableAnswer(where, "examine", "it does not tell of every folder");
  }
  return [
    ...lines.tool.map(({ name }) => ({ state: "stops" as const, where, text: `${name} is missing on this node: install it.` })),
    ...lines.writable.map(({ path, kilobytes }) => ({
      state: "well" as const,
      where,
      text: `${path} can be written${freeOf(kilobytes)}.`,
    })),
    ...lines.refused.map(({ path }) => ({
      state: "stops" as const,
      where,
      text: `${path} cannot be written: give the login user that right (docs/hosts.md).`,
    })),
  ];
}

function freeOf(kilobytes: string | null): string {
  if (kilobytes === null || !/^\d{1,15}$/.test(kilobytes)) return "";
  return `, ${String(Math.round(Number(kilobytes) / 1024))} MB free`;
}

function clockOf(where: string, { clock }: Observation): Symptom[] {
  const skew = Math.round(clock - wallClock().getTime() / 1000);
  if (Math.abs(skew) <= greatestSkewSeconds) return [];
  return [
    { state: "notable", where, text: `Its clock is ${String(Math.abs(skew))} seconds ${skew > 0 ? "ahead of" : "behind"} this machine's.` },
  ];
}

async function examineTsm(target: Target): Promise<Symptom[]> {
  try {
    const view = await target.tsm.look();
    const listed = target.hosts.map(({ node }) => node);
    const same = listed.length === view.nodes.length && listed.every((name) => view.nodes.includes(name));
    const foreign = [...view.pending.foreign, ...(view.pending.topology ? ["topology changes"] : [])];
    const flag = view.keys[disableVerifyKey];
    return [
      { state: "well", where: "tsm", text: `Tableau Server ${view.version} (${view.build}) is ${view.status}.` },
      same
        ? { state: "well", where: "tsm", text: `The cluster consists of ${view.nodes.join(", ")}.` }
        : {
            state: "stops",
            where: "tsm",
            text: `The cluster consists of ${view.nodes.join(", ")}, the program lists ${listed.join(", ")}: make them the same.`,
          },
      ...(foreign.length === 0
        ? []
        : [{ state: "notable" as const, where: "tsm", text: `Somebody else's changes are pending: ${foreign.join(", ")}.` }]),
      ...(flag.kind === "value" && flag.value.toLowerCase() === "true"
        ? [{ state: "notable" as const, where: "tsm", text: "Signatures are not verified." }]
        : []),
    ];
  } catch (error) {
    return [stopped("tsm", error)];
  }
}

function stopped(where: string, error: unknown): Symptom {
  const text = error instanceof Error ? error.message : String(error);
  return { state: "stops", where, text, ...(error instanceof TableauError ? { code: error.code } : {}) };
}
