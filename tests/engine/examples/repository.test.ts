import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Backend, Project, repository, testEachWay } from "../support";

testEachWay("the repository itself is a project: a connector on a simulated server on this machine", async (through) => {
  const program = readFileSync(join(repository, "index.ts"), "utf8");
  const project = new Project({ name: "pulumi-tableau", program, backend: new Backend(repository) });
  const cli = (...args: string[]): string =>
    execFileSync(process.execPath, [join(repository, "dist/main.js"), ...args], { cwd: project.directory, encoding: "utf8" });
  const value = cli("simulate", "start", "--dir", ".simulator", "--nodes", "1", "--transport", "local");
  try {
    cli("simulate", "package", "--class", "sample", "--plugin-version", "1.0.0", "--output", "sample.taco");
    const config = { simulator: { value, secret: true }, package: { value: "sample.taco" } };
    const stack = project.stack("dev", { through, config });
    await stack.up();
    expect(stack.outputs()).toMatchObject({ running: { sample: { version: "1.0.0" } } });
    await stack.destroy();
    expect(JSON.parse(cli("simulate", "state", "--dir", ".simulator"))).toMatchObject({ restarts: 2 });
  } finally {
    cli("simulate", "stop", "--dir", ".simulator");
    project.remove();
  }
});
