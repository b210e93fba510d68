import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Stage } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, source } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors: { a: { source } } }).running;
`;

/** Process numbers of the provider processes that work for a project. */
function providersIn(directory: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider") &&
        readlinkSync(`/proc/${pid}/cwd`) === directory
      );
    } catch {
      return false;
    }
  });
}

interface Exported {
  readonly deployment: { readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly urn: string } }[] };
}

describe("an engine that is killed while the server restarts", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program);
  });
  afterAll(() => stage.stop());

  const pending = (): string[] => {
    const { deployment } = JSON.parse(stage.stack.command("stack", "export")) as Exported;
    return (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn.split("::").at(-1) ?? ""}`);
  };

  // In an update: doors.
  test.each([["in a first deployment", "1.0.0", "creating all-config"]])(
    "%s: Pulumi knows of it, `pulumi cancel` frees the stack, the next up converges with no restart more than needed",
    async (_name, version, operation) => {
      const { stack, cluster } = stage;
      stage.want({ server: cluster.server, source: stage.package("a_jdbc", version) });
      const before = await stage.restarts();
      const running = stack.start("up", { exitCode: 255 });
      const forget = cluster.onCall(({ argv }) => {
        if (argv[0] === "restart") running.killEngine();
      });
      await running.result;
      forget();
      expect(providersIn(stage.project.directory)).not.toEqual([]);
      expect(pending()).toEqual([operation]);
      await expect(stack.up()).rejects.toThrow(/locked/);
      stack.command("cancel", "--yes");
      const { output } = await stack.up();
      expect(output).not.toMatch(/error:/);
      // A create that nobody saw the end of stays on Pulumi's list until a refresh.
      expect(pending()).toEqual([operation]);
      await stack.refresh({ clearPendingCreates: true });
      expect(pending()).toEqual([]);
      expect(await stage.loaded()).toEqual([[`a_jdbc ${version}`], [`a_jdbc ${version}`]]);
      const restarts = await stage.restarts();
      expect(restarts - before).toBeLessThanOrEqual(2);
      await stack.up({ refresh: true, expectNoChanges: true });
      expect(await stage.restarts()).toBe(restarts);
      // The provider process of the engine that was killed has let go of the server and ended.
      while (providersIn(stage.project.directory).length > 0) await sleep(100);
    },
  );
});
