import { rmSync } from "node:fs";
import { type OperationResult, Stage } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, config } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors, ...config }).running;
`;

const flagKey = "native_api.disable_verify_connector_plugin_signature";

describe("what a restart, an argument and a record promise, through the real engine", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program);
  });
  beforeEach(async () => {
    want("1.0.0", { disableVerifyConnectorPluginSignature: true });
    await stage.stack.up();
  });
  afterAll(() => stage.stop());

  const want = (version: string, config: object = {}): void => {
    stage.want({ server: stage.cluster.server, connectors: { a: { source: stage.package("a_jdbc", version) } }, config });
  };
  const flag = async (): Promise<string | undefined> => (await stage.cluster.state()).applied[flagKey];
  /** Runs an `up` during whose restart something happens. */
  const upWhile = async (happens: () => Promise<void>): Promise<OperationResult> => {
    const end = stage.cluster.onCall(async ({ argv }) => {
      if (argv[0] === "restart" || argv[1] === "apply") await happens();
    });
    const result = await stage.stack.up();
    end();
    await stage.cluster.clearFaults();
    return result;
  };

  test("looks that fail after the restart, a process that is unlicensed and a full disk: one restart, all of it said", async () => {
    const before = await stage.restarts();
    want("1.1.0", { disableVerifyConnectorPluginSignature: true });
    const { output } = await upWhile(async () => {
      await stage.cluster.fault("odd-looks", "fails,half,nothing");
      await stage.cluster.fault("process-words", "vizqlserver:is unlicensed");
      await stage.cluster.fault("disk-full", "node1");
    });
    expect(await stage.restarts()).toBe(before + 1);
    expect(output).toMatch(/VizQL Server 0 on node1 is unlicensed/);
    expect(output).toMatch(/the record of it could not be written: .*No space left/);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    // The engine asks for an update of a program that has not changed, and then for none.
    expect((await stage.stack.preview()).output).toMatch(/record of this program on simulated is missing or out of date\. No restart/);
    await stage.stack.up();
    await stage.stack.up({ expectNoChanges: true });
    expect(await stage.restarts()).toBe(before + 1);
  });

  test("an argument that leaves the program gives its key back, and preview says so", async () => {
    const before = await stage.restarts();
    want("1.0.0");
    expect((await stage.stack.preview()).output).toMatch(/goes back from "true" to not set\. This restarts simulated once/);
    await stage.stack.up();
    expect([await stage.restarts(), await flag()]).toEqual([before + 1, undefined]);
    await stage.stack.up({ expectNoChanges: true });
  });

  const loseRecord = (): void => rmSync(stage.cluster.nodePath("node1", `${stage.cluster.paths.state}/record.json`));
  const assertGone = async (): Promise<void> => {
    const { nodes } = await stage.cluster.state();
    expect(await flag()).toBeUndefined();
    expect(nodes.flatMap(({ files }) => files.filter(({ path }) => path.startsWith(stage.cluster.paths.connectors)))).toEqual([]);
  };

  test("a record that is lost: destroy retires the connectors and turns verification on again", async () => {
    loseRecord();
    await stage.stack.destroy();
    await assertGone();
  });

  test("so it does where an update has written a new record since", async () => {
    loseRecord();
    want("1.1.0", { disableVerifyConnectorPluginSignature: true });
    await stage.stack.up();
    expect([await flag(), await stage.loaded()]).toEqual(["true", [["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]]);
    await stage.stack.destroy();
    await assertGone();
  });
});
