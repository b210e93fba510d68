import { rmSync } from "node:fs";
import { availableIsolation } from "../../../simulator";
import { Backend, packedLane, Stage } from "../support";
import { program } from "./program";

// Stories of several operations of the engine; a busy machine takes its time.
jest.setTimeout(300_000);

const isolated = availableIsolation() !== "none";
const elsewhere = { installationDirectory: "/srv/tableau/tableau_server", dataDirectory: "/srv/tableau data" };

describe("Tableau Server installed in another folder, through the packed package and the real engine", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { backend: new Backend(packedLane()), nodes: 1, ...elsewhere });
  });
  afterAll(() => stage.stop());

  const upOf = async (version: string, signed: "authority" | "untrusted", exitCode = 0): Promise<string> => {
    stage.want({ server: stage.cluster.server, connectors: { a: { source: stage.package("a_jdbc", version, { signed }) } } });
    return (await stage.stack.up({ exitCode })).output;
  };

  test("a stranger's package is refused, a good one goes live, and without a trust store nothing does", async () => {
    const stranger = await upOf("0.9.0", "untrusted", 1);
    expect(stranger).toMatch(/a_jdbc\.taco was not delivered: its Tableau Server would refuse it\. .*trust/);
    expect(await stage.loaded()).toEqual([[]]);

    await upOf("1.0.0", "authority");
    expect([await stage.restarts(), await stage.loaded()]).toEqual([1, [["a_jdbc 1.0.0"]]]);

    const { trustStore } = stage.cluster.paths;
    rmSync(stage.cluster.nodePath("node1", trustStore));
    const refused = await upOf("2.0.0", "authority", 1);
    expect(refused).toContain(`Tableau Server's trust store was not found (looked for ${trustStore})`);
    expect(refused).toContain("as `trustStore`, or say `requireSignature: false`");
    expect(refused).toContain("(trust-store-not-found)");
    expect([await stage.restarts(), await stage.loaded()]).toEqual([1, [["a_jdbc 1.0.0"]]]);
  });
});

// Nodes can share a folder only where each has a mount namespace of its own, which not every machine allows.
(isolated ? describe : describe.skip)("one folder on all nodes, through the packed package and the real engine (needs namespaces)", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { backend: new Backend(packedLane()), nodes: 3 });
    await stage.cluster.shareFolders([stage.cluster.paths.connectors]);
  });
  afterAll(() => stage.stop());

  test("first deployment, an update and destroy: one restart each, and nothing is left", async () => {
    for (const version of ["1.0.0", "1.1.0"]) {
      const before = await stage.restarts();
      stage.want({ server: stage.cluster.server, connectors: { a: { source: stage.package("a_jdbc", version) } } });
      await stage.stack.up();
      expect(await stage.restarts()).toBe(before + 1);
      expect(await stage.loaded()).toEqual([[`a_jdbc ${version}`], [`a_jdbc ${version}`], [`a_jdbc ${version}`]]);
    }
    await stage.stack.destroy();
    const { nodes, restarts } = await stage.cluster.state();
    expect(restarts).toBe(3);
    expect(nodes.flatMap(({ files }) => files.filter(({ path }) => path.startsWith(stage.cluster.paths.connectors)))).toEqual([]);
  });
});

describe("two deployments for one server, through the packed package and the real engine", () => {
  const two = `
    import { readFileSync } from "node:fs";
    import { ConnectorDeployment } from "pulumi-tableau";
    const { server, first, second } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
    new ConnectorDeployment("first", { server, connectors: { a: first } });
    new ConnectorDeployment("second", { server, connectors: { b: second } });
  `;

  test("are refused in preview, both named, before anything is touched", async () => {
    const stage = await Stage.start(two, { backend: new Backend(packedLane()), nodes: 1 });
    try {
      const [first, second] = [stage.package("a_jdbc", "1.0.0"), stage.package("b_jdbc", "1.0.0")];
      stage.want({ server: stage.cluster.server, first: { source: first }, second: { source: second } });
      const { output } = await stage.stack.preview({ exitCode: 1 });
      // The engine asks for both at the same time: the one that comes second is refused.
      expect(output).toMatch(/is the server of two resources, (?:"first-config" and "second-config"|"second-config" and "first-config") /);
      expect((await stage.cluster.state()).calls.filter(({ pid }) => pid > 0)).toEqual([]);
    } finally {
      await stage.stop();
    }
  });
});
