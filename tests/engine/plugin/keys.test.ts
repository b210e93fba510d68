import { Stage } from "../support";
import { pluginFolder } from "./support";
import { installNodePackage } from "./support/node-package";

const clients = "oauth.config.clients";
const timeout = "gateway.timeout";
const program = `
  import { readFileSync } from "node:fs";
  import { secret } from "@pulumi/pulumi";
  import { TableauServerPluginsConfig } from "@pulumi-tableau/tableau";
  const { server, open, closed } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  new TableauServerPluginsConfig("config", { server, connectors: [], keys: { ...open, ${JSON.stringify(clients)}: secret(closed) } });
`;

describe("drift of keys through the provider plugin", () => {
  const ours = '[{"oauth.config.client_secret":"hunter2-ours"}]';
  let stage: Stage;
  const outputs: string[] = [];
  beforeAll(async () => {
    stage = await Stage.start(program, { path: [pluginFolder()] });
    installNodePackage(stage.project);
    stage.want({ server: { ...stage.cluster.server, name: "prod" }, open: { [timeout]: "7201" }, closed: ours });
    outputs.push((await stage.stack.up()).output);
  });
  afterAll(() => stage.stop());

  const somebodySets = async (key: string, value: string): Promise<void> => {
    await stage.cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    await stage.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  };

  test.each([
    ["a secret one", clients, '[{"oauth.config.client_secret":"hunter2-theirs"}]', ours],
    ["an open one", timeout, "60", "7201"],
  ])("%s: plain preview ends with exit code 7 and names it; plain up sets it again with one restart", async (_name, key, theirs, own) => {
    await somebodySets(key, theirs);
    const before = await stage.restarts();

    const gate = await stage.stack.preview({ expectNoChanges: true, diff: true, exitCode: 7 });
    expect(gate.steps.filter(({ op }) => op === "update").map(({ name }) => name)).toEqual(["config"]);
    const told = new RegExp(`Drift on prod: ${key.replaceAll(".", "\\.")} differs\\.`);
    expect(gate.output).toMatch(told);
    expect([(await stage.cluster.state()).applied[key], await stage.restarts()]).toEqual([theirs, before]);

    const up = await stage.stack.up();
    const { applied, restarts } = await stage.cluster.state();
    expect([applied[key], restarts]).toEqual([own, before + 1]);
    outputs.push(gate.output, up.output, (await stage.stack.preview({ expectNoChanges: true })).output);
    expect(await stage.restarts()).toBe(before + 1);
  });

  test("no secret value, of ours or of theirs, stood in an output or stands in the state", () => {
    const state = JSON.stringify(stage.stack.resources());
    expect([state.includes(clients), state.includes("hunter2")]).toEqual([true, false]);
    expect(JSON.stringify(stage.stack.resources("show"))).toContain("hunter2-ours");
    expect(outputs.join("\n")).not.toContain("hunter2");
  });
});
