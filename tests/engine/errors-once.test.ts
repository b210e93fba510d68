import { type OperationResult, Stage } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors }).running;
`;

const unreachable = /\[node2\] .*cannot be reached/;

/** Where the errors and the lines of the provider's standard error were shown: the names of resources; the stack's is dev. */
function shown({ diagnostics }: OperationResult, pattern: RegExp): string[] {
  return diagnostics
    .filter(({ message, ephemeral }) => !ephemeral && pattern.test(message))
    .map(({ urn = "" }) => urn.split("::").at(-1) ?? "")
    .sort();
}

/** What the engine prints in the end; before, a resource's own row may show its last message. */
function printed({ output }: OperationResult): string {
  return output.slice(output.indexOf("\nDiagnostics:"));
}

describe("an error is shown once, at its resource, with its code", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program);
  });
  afterAll(() => stage.stop());

  /** Each node is tried once, so that a dead one costs no time. */
  const want = (...packages: readonly [name: string, version: string][]): void => {
    const nodes = stage.cluster.server.nodes.map(({ name, connection }) => ({ name, connection: { ...connection, dialErrorLimit: 1 } }));
    const connectors = packages.map(([name, version]) => [name, { source: stage.package(`${name}_jdbc`, version) }]);
    stage.want({ server: { ...stage.cluster.server, nodes }, connectors: Object.fromEntries(connectors) });
  };

  const assertOnce = (result: OperationResult, ...resources: readonly string[]): void => {
    expect(shown(result, unreachable)).toEqual([...resources].sort());
    expect(printed(result).match(/\(host-unreachable\)/g)).toHaveLength(resources.length);
    expect(shown(result, /\(host-unreachable\)/)).toEqual([...resources].sort());
    expect(result.output).not.toMatch(/TableauError|Error:|see docs\/errors\.md|\n +at /);
    // The engine prints each once below "Diagnostics:", and nothing of it at the stack but that the operation failed.
    const atStack = result.diagnostics.filter(
      ({ urn = "", ephemeral, severity }) => !ephemeral && urn.includes("pulumi:pulumi:Stack") && severity !== "debug",
    );
    expect(atStack.map(({ message }) => message.trim()).filter((message) => !/^(error: )?\w+ failed$/.test(message))).toEqual([]);
  };

  test("in a first deployment, where several resources fail by one node", async () => {
    await stage.cluster.fault("unreachable-node", "node2");
    want(["a", "1.0.0"], ["b", "1.0.0"]);
    assertOnce(await stage.stack.up({ exitCode: 1 }), "all-a", "all-b");
    await stage.cluster.clearFaults();
    await stage.stack.up();
  });

  test("in an update, a refresh and a destroy", async () => {
    await stage.cluster.fault("unreachable-node", "node2");
    want(["a", "1.1.0"], ["b", "1.0.0"]);
    assertOnce(await stage.stack.up({ exitCode: 1 }), "all-a");
    const refreshed = await stage.stack.refresh({ exitCode: 1 });
    expect(shown(refreshed, unreachable).length).toBeGreaterThan(0);
    assertOnce(refreshed, ...shown(refreshed, unreachable));
    expect(new Set(shown(refreshed, unreachable)).size).toBe(shown(refreshed, unreachable).length);
    assertOnce(await stage.stack.destroy({ exitCode: 1 }), "all-config");
    await stage.cluster.clearFaults();
  });

  test("in an activation that fails half way", async () => {
    await stage.cluster.fault("restart-fails", "once");
    want(["a", "1.1.0"], ["b", "1.0.0"]);
    const result = await stage.stack.up({ exitCode: 1 });
    expect(shown(result, /\(activation-failed\)/)).toEqual(["all-config"]);
    expect(printed(result).match(/\(activation-failed\)/g)).toHaveLength(1);
    expect(result.output).not.toMatch(/TableauError|\n +at /);
  });

  test("in preview", async () => {
    stage.want({ server: stage.cluster.server, connectors: { a: { source: "missing.taco" } } });
    const result = await stage.stack.preview({ exitCode: 1 });
    expect(shown(result, /missing\.taco cannot be read/)).toEqual(["all-a"]);
    expect(printed(result).match(/missing\.taco cannot be read/g)).toHaveLength(1);
    expect(result.output).not.toMatch(/TableauError|\n +at /);
  });
});
