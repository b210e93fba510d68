import type { Command, Context } from "./context";
import { needsRestart } from "./keys";
import { pendingLines } from "./layouts";
import { runJob } from "./run-job";
import { applyCancelled, applySucceeded, noPendingConfiguration, noPendingTopology, restartQuestions, restartRequired } from "./texts";

const onlyOptions = [
  { long: "config-only", argument: "none" },
  { long: "topology-only", argument: "none" },
] as const;

const list: Command = {
  words: ["pending-changes", "list"],
  options: onlyOptions,
  run(context) {
    const { console, options, switches } = context;
    const showsConfiguration = !options.has("topology-only");
    const showsTopology = !options.has("config-only");
    if (showsConfiguration) {
      if (switches.pendingHeader !== "none") console.line(switches.pendingHeader);
      console.line(...configurationLines(context));
    }
    if (showsTopology) console.line("Topology", ...topologyLines(context));
    if ((showsConfiguration && configurationRestarts(context)) || (showsTopology && topologyRestarts(context))) {
      console.line(restartRequired);
    }
    return 0;
  },
};

function configurationLines({ server, switches }: Context): string[] {
  const entries = Object.entries(server.record.pending);
  if (entries.length === 0) return [noPendingConfiguration];
  const described = entries.map(
    ([key, value]) => ({ key, value: value ?? "<default>", restart: needsRestart(key) ? "needed" : "not-needed" }) as const,
  );
  return pendingLines(described, switches);
}

function topologyLines({ server }: Context): readonly string[] {
  return server.record.pendingTopology.length === 0 ? [noPendingTopology] : server.record.pendingTopology;
}

function configurationRestarts({ server }: Context): boolean {
  return Object.keys(server.record.pending).some(needsRestart);
}

function topologyRestarts({ server }: Context): boolean {
  return server.record.pendingTopology.length > 0;
}

const discard: Command = {
  words: ["pending-changes", "discard"],
  options: onlyOptions,
  run({ options, server }) {
    if (!options.has("topology-only")) server.record.pending = {};
    if (!options.has("config-only")) server.record.pendingTopology = [];
    server.save();
    return 0;
  },
};

const apply: Command = {
  words: ["pending-changes", "apply"],
  options: [
    { long: "ignore-prompt", argument: "none" },
    { long: "ignore-warnings", short: "iw", argument: "none" },
  ],
  async run(context) {
    const { console, options, server, switches } = context;
    if (Object.keys(server.record.pending).length === 0 && server.record.pendingTopology.length === 0) return applyNothing(context);
    const restarts = configurationRestarts(context) || topologyRestarts(context);
    if (restarts && !options.has("ignore-prompt")) {
      const answer = await console.ask(restartQuestions[switches.promptWording]);
      if (!/^y(es)?$/i.test(answer?.trim() ?? "")) {
        console.line(applyCancelled);
        return Number(switches.cancelledPromptExit);
      }
    }
    return runJob(context, {
      type: "DeploymentsJob",
      opening: (job, minutes) => ["Starting deployments asynchronous job.", `Job id is '${job.id}', timeout is ${minutes} minutes.`],
      progress: "shown",
      closing: [applySucceeded],
      work: (job) => server.deploy(job),
    });
  },
};

function applyNothing({ console, switches }: Context): number {
  if (switches.emptyApply === "exit-1") console.error("There are no pending changes to apply.");
  if (switches.emptyApply === "exit-0") console.line("There are no pending changes to apply.");
  return switches.emptyApply === "exit-1" ? 1 : 0;
}

export const pendingCommands: readonly Command[] = [list, discard, apply];
