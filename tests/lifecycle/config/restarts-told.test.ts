import { tmpdir } from "node:os";
import fc from "fast-check";
import { HostPool } from "../../../provider/host/pool";
import { configLifecycle } from "../../../provider/lifecycle/config";
import { activationNow } from "../../../provider/lifecycle/config/activation-now";
import { tellsOfRestart } from "../../../provider/lifecycle/config/tell";
import { toDesired } from "../../../provider/lifecycle/config/to-desired";
import { toOutputs } from "../../../provider/lifecycle/config/to-outputs";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { config as tables } from "../../../provider/schema/config";
import { parse } from "../../../provider/schema/read";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { DesiredServer } from "../../../provider/plan/desired";
import { ownDirectories } from "../../../provider/plan/placement/load-order";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { planActivation } from "../../../provider/plan/plan-activation";
import type { SeenNode, SeenServer } from "../../../provider/plan/seen";
import type { Plan } from "../../../provider/plan/step";
import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { carryOut } from "../../plan/support/carry-out";
import { stored, started } from "../../plan/support/servers";
import { changes, connectors, drivers, type GeneratedProgram } from "./support/programs";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig::prod";
const folders = [linuxLayout.connectors, "/srv/connectors", linuxLayout.drivers, "/srv/jdbc", ...ownDirectories(linuxLayout.connectors)];
const numRuns = Number(process.env["PULUMI_TABLEAU_TOLD_RUNS"] ?? 1500);

const said: string[] = [];
const note = (_urn: string, sentence: string): void => void said.push(sentence);

/** What check and diff make of a program, and what a preview says of it. */
async function preview(
  olds: Properties | null,
  { server, config }: GeneratedProgram,
): Promise<{ inputs: Properties; sentences: string[] } | null> {
  said.length = 0;
  const lifecycle = configLifecycle({
    pool: new HostPool(),
    voice: { say: note, warn: () => undefined, progress: note },
    cacheDirectory: tmpdir(),
    trust: new TrustCache(tmpdir()),
  });
  const { inputs, failures } = await lifecycle.check(olds ?? {}, { server, ...config, __urn: urn });
  if (failures.length > 0) return null;
  if (olds !== null) await lifecycle.diff("id", olds, inputs);
  return { inputs, sentences: [...said] };
}

function desiredOf(inputs: Properties, olds: Properties | null, fileOwner: string): DesiredServer {
  return {
    ...toDesired(
      parse(tables.inputs, inputs),
      { token: "t", renewed: "t", earlierTokens: [], rivals: [] },
      olds === null ? "create" : "update",
      olds === null ? null : parse(tables.state, olds),
    ),
    fileOwner,
  };
}

function freshNode(name: string): SeenNode {
  const directories = folders.map((path) => ({ path, exists: true, parentExists: true, traversable: true }));
  const inStore = [...connectors, ...drivers.map((one) => ({ ...one, pluginClass: "", pluginVersion: "" }))].map((one) => stored(one));
  return { name, directories, packages: [], stored: inStore, loadedSince: started, oldestProcess: "boot 5000", leftovers: [] };
}

function freshServer(nodes: readonly string[], version: string): SeenServer {
  return {
    version,
    status: "RUNNING",
    topology: nodes,
    keys: { [connectPluginsPathKey]: { kind: "unset" }, [disableVerifyKey]: { kind: "unset" } },
    pending: { ours: [], foreign: [], topology: false },
    runningJobs: [],
    nodes: nodes.map(freshNode),
    record: null,
    restartRequired: null,
  };
}

interface Before {
  readonly outs: Properties;
  readonly seen: SeenServer;
}

/** Deploys the first program on a new server; null: it is refused. */
async function deploy(program: GeneratedProgram, version: string, processes: "seen" | "not seen"): Promise<Before | null> {
  const checked = await preview(null, { ...program, config: { ...program.config, activation: "now", restartWindow: undefined } });
  if (checked === null) return null;
  const desired = desiredOf(checked.inputs, null, fileOwnerOf(program));
  const fresh = freshServer(desired.nodes, version);
  const server =
    processes === "seen" ? fresh : { ...fresh, nodes: fresh.nodes.map((node) => ({ ...node, loadedSince: null, oldestProcess: null })) };
  const plan = planActivation(desired, server);
  if (plan.refusals.length > 0) return null;
  expect(plan.steps.length === 1 || checked.sentences.some(tells)).toBe(true);
  const after = carryOut(desired, server, plan, "answers");
  const seen =
    processes === "seen" ? after : { ...after, nodes: after.nodes.map((node) => ({ ...node, loadedSince: null, oldestProcess: null })) };
  return {
    outs: JSON.parse(JSON.stringify({ ...checked.inputs, ...program.config, ...toOutputs(desired, seen, null) })) as Properties,
    seen,
  };
}

/** The server that the second program reaches. */
function reached({ outs, seen }: Before, inputs: Properties, answers: "the same server" | "a new one"): SeenServer {
  const [before, now] = [outs, inputs].map((one) => parse(tables.inputs, one).server);
  if (before === undefined || now === undefined) throw new Error("no server");
  const names = now.nodes.map(({ name }) => name);
  const isMoved = now.nodes.some(({ name, host, port }) => {
    const earlier = before.nodes.find((node) => node.name === name);
    return earlier !== undefined && (earlier.host !== host || earlier.port !== port);
  });
  if (isMoved && answers === "a new one") return freshServer(names, seen.version);
  const keepsRecord = before.nodes[0]?.name === now.nodes[0]?.name && before.stateDirectory === now.stateDirectory;
  return {
    ...seen,
    topology: names,
    nodes: names.map((name) => seen.nodes.find((node) => node.name === name) ?? freshNode(name)),
    record: keepsRecord ? seen.record : null,
  };
}

function fileOwnerOf({ server }: GeneratedProgram): string {
  return server["privilege"] === "none" ? ((server["nodes"] as { user: string }[])[0]?.user ?? "root") : "root";
}

function restarts(plan: Plan): boolean {
  return plan.steps.some(({ kind }) => kind === "restart" || kind === "applyPending");
}

function tells(sentence: string): boolean {
  return /restarts \w+ once and disconnects its users|Up to one restart of \w+|, then \w+ restarts (at most )?once/.test(sentence);
}

test("any change of any argument that needs a restart has a sentence that tells it, or that it cannot know", async () => {
  const counts = { told: 0, "told perhaps": 0, silent: 0, credentials: 0 };
  const restarted = new Map<string, number>();
  const machine = fc.record({
    version: fc.constantFrom("2020.4", "2024.2", "2024.2"),
    processes: fc.constantFrom("seen" as const, "seen" as const, "not seen" as const),
    answers: fc.constantFrom("the same server" as const, "a new one" as const),
  });
  await fc.assert(
    fc.asyncProperty(changes, machine, async ({ before, after, changed }, { version, processes, answers }) => {
      const deployed = await deploy(before, version, processes);
      if (deployed === null) return;
      const next = await preview(deployed.outs, after);
      if (next === null) return;
      const plan = planActivation(desiredOf(next.inputs, deployed.outs, fileOwnerOf(after)), reached(deployed, next.inputs, answers));
      if (plan.refusals.length > 0) return;
      const runs = restarts(plan) && activationNow(parse(tables.inputs, next.inputs)) === "now";
      const told = next.sentences.some(tells);
      expect({ sentences: next.sentences, steps: plan.steps, told: !runs || told }).toEqual({
        sentences: next.sentences,
        steps: plan.steps,
        told: true,
      });
      // An update asks the same question as its preview.
      if (runs) expect(tellsOfRestart(parse(tables.state, deployed.outs), next.inputs)).toBe("told");
      if (changed.every((name) => name === "credentials")) {
        counts.credentials += 1;
        expect({ sentences: next.sentences, steps: plan.steps }).toEqual({ sentences: [], steps: [] });
      }
      if (runs) for (const name of changed) restarted.set(name, (restarted.get(name) ?? 0) + 1);
      counts[runs ? "told" : told ? "told perhaps" : "silent"] += 1;
    }),
    { numRuns, seed: 20261202 },
  );
  expect(Math.min(counts.told, counts.silent)).toBeGreaterThan(numRuns / 10);
  expect(counts.credentials).toBeGreaterThan(0);
  if (process.env["PULUMI_TABLEAU_TOLD_RUNS"] !== undefined) {
    process.stdout.write(`${JSON.stringify({ counts, restarted: Object.fromEntries(restarted) })}\n`);
  }
});
