import { Stage } from "./support";

const secret = "hunter2-s3cr3t";
const clients = "oauth.config.clients";
const program = `
  import { readFileSync } from "node:fs";
  import * as pulumi from "@pulumi/pulumi";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, open, closed } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const secrets = Object.fromEntries(Object.entries(closed).map(([name, value]) => [name, pulumi.secret(value)]));
  new ConnectorDeployment("all", { server, connectors, keys: { ...open, ...secrets } });
`;

describe("secret values of keys through the real engine", () => {
  let stage: Stage;
  const outputs: string[] = [];
  beforeAll(async () => (stage = await Stage.start(program)));
  afterAll(() => stage.stop());

  const want = (open: object, closed: object): void =>
    stage.want({ server: stage.cluster.server, connectors: { a: { source: stage.package("a_jdbc", "1.0.0") } }, open, closed });
  const set = async (key: string, value: string): Promise<void> => {
    await stage.cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    await stage.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  };
  const nowhere = (): void => {
    expect(outputs.join("\n")).not.toContain("hunter2");
    const state = JSON.stringify(stage.stack.resources());
    expect(state).toContain(clients);
    expect(state).not.toContain("hunter2");
  };

  test("stand in no output and not in clear in the state, after an up, a change, a drift, a failure and a refresh", async () => {
    // What somebody had set before us, and what nobody marks as a secret.
    await set("wgserver.domain.password", "hunter2-theirs");
    want({ "wgserver.domain.password": "ours" }, { [clients]: `[{"oauth.config.client_secret":"${secret}"}]` });
    outputs.push((await stage.stack.preview()).output, (await stage.stack.up()).output);
    expect((await stage.cluster.state()).applied[clients]).toContain(secret);
    nowhere();
    const restarts = await stage.restarts();
    expect((await stage.stack.up()).steps.filter(({ op }) => op !== "same")).toEqual([]);
    expect(await stage.restarts()).toBe(restarts);
    await set("wgserver.domain.password", "hunter2-again");
    await set(clients, "hunter2-drift");
    outputs.push((await stage.stack.refresh()).output);
    nowhere();
    const preview = await stage.stack.preview();
    expect(preview.output).toMatch(/oauth\.config\.clients differs/);
    outputs.push(preview.output);
    await stage.cluster.fault("restart-fails", "once");
    want({ "wgserver.domain.password": "ours too" }, { [clients]: `[{"oauth.config.client_secret":"${secret}-2"}]` });
    outputs.push(
      await stage.stack.up().then(
        ({ output }) => output,
        (error: unknown) => String(error),
      ),
    );
    await stage.cluster.clearFaults();
    nowhere();
    want({}, { [clients]: `[{"oauth.config.client_secret":"${secret}-3"}]` });
    outputs.push((await stage.stack.up()).output);
    nowhere();
    outputs.push((await stage.stack.destroy()).output);
    expect(outputs.join("\n")).not.toContain("hunter2");
  });
});
