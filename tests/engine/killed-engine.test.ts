import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTaco, startCluster, type Cluster } from "../../simulator";
import { Project, type Stack } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, source } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors: { a: { source } } }).running;
`;

interface Exported {
  readonly deployment: { readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly urn: string } }[] };
}

describe("an engine that is killed while the server restarts", () => {
  const folder = mkdtempSync(join(tmpdir(), "killed-"));
  let cluster: Cluster;
  let project: Project;
  let stack: Stack;

  beforeAll(async () => {
    cluster = await startCluster({ directory: join(folder, "cluster"), nodes: 2, transport: "builtin", jobMilliseconds: 5 });
    project = new Project({ program });
    stack = project.stack("dev");
  });
  afterAll(async () => {
    await cluster.stop();
    project.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const want = (pluginVersion: string): void => {
    const directory = join(folder, pluginVersion);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "a_jdbc.taco"), makeTaco({ class: "a_jdbc", pluginVersion }));
    project.write("wanted.json", JSON.stringify({ server: cluster.server, source: join(directory, "a_jdbc.taco") }));
  };

  const pending = (): string[] => {
    const { deployment } = JSON.parse(stack.command("stack", "export")) as Exported;
    return (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn.split("::").at(-1) ?? ""}`);
  };

  test.each([
    ["in a first deployment", "1.0.0", "creating all-config"],
    ["in an update", "1.1.0", "updating all-config"],
  ])(
    "%s: Pulumi knows of it, `pulumi cancel` frees the stack, the next up converges with no restart more than needed",
    async (_name, version, operation) => {
      want(version);
      const before = (await cluster.state()).restarts;
      const running = stack.start("up", { exitCode: 255 });
      const forget = cluster.onCall(({ argv }) => {
        if (argv[0] === "restart") running.killEngine();
      });
      await running.result;
      forget();
      expect(pending()).toEqual([operation]);
      await expect(stack.up()).rejects.toThrow(/locked/);
      stack.command("cancel", "--yes");
      const { output } = await stack.up();
      expect(output).not.toMatch(/error:/);
      // A create that nobody saw the end of stays on Pulumi's list until a refresh; an update does not.
      expect(pending()).toEqual(operation.startsWith("creating") ? [operation] : []);
      await stack.refresh({ clearPendingCreates: true });
      expect(pending()).toEqual([]);
      const { nodes, restarts } = await cluster.state();
      for (const { loaded } of nodes) expect(loaded.map((one) => `${one.class} ${one.pluginVersion}`)).toEqual([`a_jdbc ${version}`]);
      expect(restarts - before).toBeLessThanOrEqual(2);
      await stack.up({ refresh: true, expectNoChanges: true });
      expect((await cluster.state()).restarts).toBe(restarts);
    },
  );
});
