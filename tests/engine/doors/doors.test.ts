import { setTimeout as sleep } from "node:timers/promises";
import type { ResourceState, Stage } from "../support";
import { door } from "./door";

interface Exported {
  readonly deployment: { readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly urn: string } }[] };
}

describe(`through ${door.name}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await door.start();
  });
  afterAll(() => stage.stop());

  const want = (version: string, more: object = {}): void => {
    stage.want({ server: { ...stage.cluster.server, name: "prod" }, source: stage.package("a_jdbc", version), ...more });
  };
  const everywhere = (...connectors: string[]): string[][] => [connectors, connectors];
  /** What Pulumi began and saw no end of. */
  const pending = (): string[] => {
    const { deployment } = JSON.parse(stage.stack.command("stack", "export")) as Exported;
    return (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn.split("::").at(-1) ?? ""}`);
  };
  /** Does something while the server restarts, and gives what came of the `up`. */
  const whileItRestarts = async (exitCode: number, happens: (running: ReturnType<Stage["stack"]["start"]>) => void): Promise<string> => {
    const running = stage.stack.start("up", { exitCode });
    const forget = stage.cluster.onCall(({ argv }) => {
      if (argv[0] === "restart") happens(running);
    });
    const { output } = await running.result;
    forget();
    return output;
  };

  test("a first preview with nothing reachable says what would be done", async () => {
    // Port 1 of this machine answers nobody.
    const nodes = stage.cluster.server.nodes.map((node) => ({ ...node, connection: { ...node.connection, port: 1 } }));
    want("1.0.0", { server: { ...stage.cluster.server, name: "prod", nodes } });
    const { output, changes } = await stage.stack.preview();
    expect(changes).toMatchObject({ create: 3 });
    expect(output).toMatch(/restarts prod once and disconnects its users/);
  });

  test("an argument that preview cannot know is passed over there, and known in the up", async () => {
    want("1.0.0", { later: stage.package("later_jdbc", "1.0.0") });
    const { steps } = await stage.stack.preview();
    expect(steps.map(({ op, name }) => `${op} ${name}`).sort()).toEqual(["create a", "create config", "create later"]);
    await stage.stack.up();
    const later = stage.stack.resources().find(({ urn }) => urn.endsWith("::later"));
    expect(later?.outputs).toMatchObject({ pluginClass: "later_jdbc", pluginVersion: "1.0.0" });
    await stage.stack.preview({ ...door.look, expectNoChanges: true });
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.0.0"));
    expect(await stage.restarts()).toBe(1);
  });

  test("Ctrl-C while the server restarts: the change comes to its end and is known, and the next up has nothing to do", async () => {
    want("1.1.0");
    const before = await stage.restarts();
    const output = await whileItRestarts(1, (running) => {
      running.interrupt();
    });
    expect(output).toMatch(/cancel/i);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.1.0"));
    // What was left undone is the connector that left the program: no restart is needed for it.
    await stage.stack.up();
    expect(await stage.restarts()).toBe(before + 1);
    while (door.processes(stage).length > 0) await sleep(100);
  });

  test("an activation that failed after files were placed: the restart that is due is drift, also after a refresh, and is made up for", async () => {
    want("2.0.0", { config: { rollback: false } });
    await stage.cluster.fault("restart-fails", "always");
    const { output } = await stage.stack.up({ exitCode: 1 });
    expect(output).toMatch(/`tsm restart` of prod failed/);
    const config = (): ResourceState | undefined => stage.stack.resources().find(({ urn }) => urn.endsWith("::config"));
    expect(config()?.initErrors).toHaveLength(1);
    await stage.cluster.clearFaults();
    await stage.stack.refresh();
    expect(config()?.initErrors ?? []).toEqual([]);
    expect(config()?.inputs?.["loaded"]).toMatch(/^restart due since /);
    const before = await stage.restarts();
    const gate = await stage.stack.preview({ ...door.look, expectNoChanges: true, exitCode: 7 });
    expect(gate.steps.find(({ op, name }) => op === "update" && name === "config")?.diffs).toEqual(["loaded"]);
    await stage.stack.up(door.look);
    expect((await stage.restarts()) - before).toBe(1);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 2.0.0"));
  });

  test("an engine that is killed while the server restarts: the provider lets go and ends, and the next up converges", async () => {
    want("3.0.0");
    const before = await stage.restarts();
    await whileItRestarts(255, (running) => {
      running.killEngine();
    });
    expect(door.processes(stage)).not.toEqual([]);
    expect(pending()).toEqual(["updating config"]);
    await expect(stage.stack.up()).rejects.toThrow(/locked/);
    stage.stack.command("cancel", "--yes");
    await stage.stack.up();
    expect(pending()).toEqual([]);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 3.0.0"));
    const restarts = await stage.restarts();
    expect(restarts - before).toBeLessThanOrEqual(2);
    await stage.stack.up({ ...door.look, expectNoChanges: true });
    expect(await stage.restarts()).toBe(restarts);
    while (door.processes(stage).length > 0) await sleep(100);
  });

  test("destroy leaves nothing", async () => {
    await stage.stack.destroy();
    expect(await stage.loaded()).toEqual(everywhere());
    expect(stage.stack.resources()).toEqual([]);
  });
});
