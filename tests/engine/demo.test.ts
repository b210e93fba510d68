import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./support";

const isRoot = process.getuid?.() === 0;
const canOpenssh = isRoot && existsSync("/usr/sbin/sshd");
const canSudo = isRoot && existsSync("/usr/bin/sudo");

/** A login user that owns the two folders, as docs/hosts.md recommends, or root where this process cannot become another user. */
const owner = isRoot ? "tsmadmin" : "root";
/** As a real server is reached; what a bare machine has, and no sudo at all, where that is not possible. scenarios/hosts.test.ts has the others. */
const way = canOpenssh && canSudo ? { transport: "openssh", login: "sudo" } : { transport: "builtin", login: owner };

// The demo itself compares the cluster's own count of restarts, and what each node has loaded, after every step.
test(`the demo's sequence through the engine, over ${way.transport} as ${way.login}`, () => {
  const options = ["scripts/demo.mjs", "--transport", way.transport, "--login", way.login];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const end = stdout.trimEnd().split("\n").at(-1);
  expect({ status, end, stderr }).toEqual({ status: 0, end: "All 9 steps went as expected.", stderr: "" });
  expect(restartsIn(stdout)).toEqual([0, 1, 0, 1, 0, 0, 1, 1, 1]);
  expect(stdout).toContain(`node1 (ssh ${way.login === "root" ? "root" : "deploy"}@`);
  expect(stdout).toContain("node3 (ssh ");
});

// Its first steps have the built-in server, and a login user that owns the folders, go through the engine on every machine.
test(`a demo, over builtin as ${owner}, in which a step throws after one whose failure was expected, ends with status 1`, () => {
  const sabotage = ["--require", join(repository, "tests/scripts/sabotage.cjs")];
  const options = [...sabotage, "scripts/demo.mjs", "--nodes", "1", "--transport", "builtin", "--login", owner];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, SABOTAGE_CALL: "appendFileSync", SABOTAGE_IN: "demo/steps.mjs" },
  });
  expect([status, stdout, stderr]).toEqual([
    1,
    expect.stringContaining("Step 6 of 9"),
    expect.stringContaining("sabotaged appendFileSync"),
  ]);
  expect(stdout).toContain(`node1 (ssh ${isRoot ? "deploy" : "root"}@`);
  expect(restartsIn(stdout)).toEqual([0, 1, 0, 1, 0]);
});

/** Of each step that went as expected. */
function restartsIn(stdout: string): number[] {
  return [...stdout.matchAll(/^as expected: restarts of the server in this step (\d)/gm)].map(([, count]) => Number(count));
}
