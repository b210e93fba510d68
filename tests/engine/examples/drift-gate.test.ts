import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../../simulator";
import { testEachWay } from "../support";
import { Example, livePath, loaded } from "./support";

testEachWay("drift-gate: 7 on drift even after a saved refresh, 0 after the repair while nothing differs", async (through) => {
  const example = new Example("drift-gate");
  try {
    const started = example.start("prod", "--nodes", "2");
    example.package("clickhouse_jdbc", "1.0.0");
    const value = JSON.stringify(started.server);
    const stack = example.project.stack("prod", { through, config: { server: { value, secret: true } } });
    const gate = (exitCode: 0 | 7) => stack.preview({ refresh: true, expectNoChanges: true, exitCode });
    await stack.up();
    appendFileSync(livePath(started, "node2", "clickhouse_jdbc.taco"), "tampered");
    expect((await gate(7)).output).toMatch(/clickhouse_jdbc\.taco on node2 has digest [0-9a-f]{8}, expected [0-9a-f]{8} \(1\.0\.0\)/);
    await stack.refresh();
    await gate(7);
    await stack.up();
    await gate(0);
    writeFileSync(livePath(started, "node1", "stray.taco"), makeTaco({ class: "stray", pluginVersion: "1.0.0" }));
    expect((await gate(7)).output).toContain("stray.taco on node1 is not listed");
    const state = await example.state("prod");
    expect([state.restarts, loaded(state)["node2"]]).toEqual([2, ["clickhouse_jdbc 1.0.0"]]);
  } finally {
    await example.remove();
  }
});

test("drift-gate: the workflow runs that command on a schedule and keeps its exit code", () => {
  const read = (file: string): string => readFileSync(join(__dirname, "../../../examples/drift-gate", file), "utf8");
  expect(read("gate.sh")).toContain('\npulumi preview --refresh --expect-no-changes --non-interactive --stack "$1"\nstatus=$?\n');
  expect(read("gate.sh")).toMatch(/\nexit \$status\n$/);
  expect(read(".github/workflows/drift.yml")).toMatch(/schedule:\n {4}- cron: [^]*run: \.\/gate\.sh prod\n/);
});
