import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { ConnectorDeployment } from "pulumi-tableau";
import { ansible, mitogen } from "../contestants/ansible";
import type { Task } from "../contestants/contestant";
import { ours } from "../contestants/ours";
import { installPeers } from "../contestants/peers";
import { type BenchStack, makeStack, makeYamlStack, secondsOf, writeYamlProgram, yamlHost } from "../engine/stack";
import { serverArgs } from "../engine/server-args";
import { Field } from "../field/field";
import { writePackages } from "../field/packages";
import { spread } from "../report/statistics";
import { faster } from "./compare";
import type { Job, Row } from "./job";

const cases = { first: "first deployment, whole", check: "drift check, whole", change: "one changed, whole" } as const;

/** A program in YAML on the plugin, whose plain preview looks at the nodes. */
const inYaml = "pulumi-tableau in YAML";

interface Tasks {
  readonly before: Task;
  readonly check: Task;
  readonly after: Task;
}

/** The three jobs as a user runs them: the engine's start, the program and the provider process included. */
export const wholeUp: Job = {
  name: "whole-up",
  title:
    "`pulumi up`, `pulumi refresh --preview-only` (on the plugin `pulumi preview`) and `pulumi up` of one changed connector, 3 nodes, 20 ms, beside ansible-playbook.",
  async run(options) {
    // Said before minutes of measuring, not after them.
    yamlHost();
    await installPeers();
    const field = await Field.start(3);
    const taken = new Map<string, number[]>();
    const add = (ofCase: string, contestant: string, seconds: number): void => {
      const key = `${ofCase}|${contestant}`;
      taken.set(key, [...(taken.get(key) ?? []), seconds]);
      options.say(`${ofCase}: ${contestant} ${seconds.toFixed(2)} s`);
    };
    try {
      const tasks = makeTasks(field);
      for (let run = 1; run <= options.runs; run += 1) await measure(field, tasks, add);
    } finally {
      await field.stop();
    }
    const rows = [...taken].map(([key, values]): Row => {
      const [ofCase = "", contestant = ""] = key.split("|");
      return { case: ofCase, contestant, unit: "s", values };
    });
    const goals = Object.values(cases).flatMap((ofCase) => [
      faster(rows, ofCase, "ansible", 3),
      faster(rows, ofCase, "ansible + mitogen", 1),
      faster(rows, ofCase, "ansible", 3, inYaml),
      faster(rows, ofCase, "ansible + mitogen", 1, inYaml),
    ]);
    return { rows: rows.map((row) => withShare(row, rows)), goals };
  },
};

type Add = (ofCase: string, contestant: string, seconds: number) => void;

async function measure(field: Field, tasks: Tasks, add: Add): Promise<void> {
  const { before, check, after } = tasks;
  for (const contestant of [ansible, mitogen, { ...ours, name: "provider alone" }]) {
    field.roundTrip(0);
    await field.wipe();
    rmSync(join(field.folder, "state.json"), { force: true });
    field.roundTrip(20);
    add(cases.first, contestant.name, await contestant.run(field, before));
    add(cases.check, contestant.name, await contestant.run(field, check));
    add(cases.change, contestant.name, await contestant.run(field, after));
    await field.verify(after.packages);
  }
  let task = before;
  await measureStack(field, tasks, (ofCase, seconds) => add(ofCase, "pulumi-tableau", seconds), {
    made: () => makeStack(() => Promise.resolve({ running: program(field, task).running })),
    change: () => void (task = after),
    check: ({ stack }) => stack.previewRefresh(),
  });
  await measureStack(field, tasks, (ofCase, seconds) => add(ofCase, inYaml, seconds), {
    made: () => makeYamlStack(yamlProgram(field, before)),
    change: ({ folder }) => writeYamlProgram(folder, yamlProgram(field, after)),
    check: ({ stack }) => stack.preview(),
  });
}

interface Way {
  made(): Promise<BenchStack>;
  /** Has the program want what comes after. */
  change(stack: BenchStack): void;
  check(stack: BenchStack): Promise<unknown>;
}

async function measureStack(field: Field, { after }: Tasks, add: (ofCase: string, seconds: number) => void, way: Way): Promise<void> {
  field.roundTrip(0);
  await field.wipe();
  const made = await way.made();
  field.roundTrip(20);
  try {
    add(cases.first, await secondsOf(() => made.stack.up()));
    add(cases.check, await secondsOf(() => way.check(made)));
    way.change(made);
    add(cases.change, await secondsOf(() => made.stack.up()));
    await field.verify(after.packages);
  } finally {
    made.remove();
  }
}

function program(field: Field, { packages }: Task): ConnectorDeployment {
  const connectors = packages.map(({ path }) => [basename(path, ".taco"), { source: path, requireSignature: false }] as const);
  return new ConnectorDeployment("bench", {
    server: serverArgs(field),
    connectors: Object.fromEntries(connectors),
    disableVerifyConnectorPluginSignature: true,
  });
}

function yamlProgram(field: Field, { packages }: Task): object {
  const server = serverArgs(field);
  const connectors = packages.map(({ path }) => {
    const properties = { server, source: path, requireSignature: false };
    return [basename(path, ".taco"), { type: "tableau:TableauConnector", properties }] as const;
  });
  const refs = connectors.map(([name]) => `\${${name}.ref}`);
  const properties = { server, connectors: refs, disableVerifyConnectorPluginSignature: true };
  const config = ["bench", { type: "tableau:TableauServerPluginsConfig", properties }] as const;
  return { resources: Object.fromEntries<object>([...connectors, config]) };
}

function makeTasks(field: Field): Tasks {
  const task = (name: string, version: string): Task => {
    const folder = join(field.folder, name);
    return { how: "apply", folder, packages: writePackages(folder, 5, version) };
  };
  const before = task("before", "1.0.0");
  return { before, check: { ...before, how: "check" }, after: task("after", "2.0.0") };
}

function withShare(row: Row, rows: readonly Row[]): Row {
  const alone = rows.find((one) => one.case === row.case && one.contestant === "provider alone");
  if (row.contestant !== "pulumi-tableau" || alone === undefined) return row;
  const share = spread(alone.values).median / spread(row.values).median;
  return { ...row, note: `our share ${Math.round(share * 100)} %` };
}
