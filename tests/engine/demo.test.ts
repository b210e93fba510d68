import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./support";

const isRoot = process.getuid?.() === 0;
const canOpenssh = isRoot && existsSync("/usr/sbin/sshd");
const canSudo = isRoot && existsSync("/usr/bin/sudo");

/** How the nodes are reached, as whom, and why that is not possible here. */
const ways: readonly [transport: string, login: string, missing: string | null][] = [
  ["openssh", "sudo", canOpenssh && canSudo ? null : "it needs root, sshd and sudo"],
  // What a bare machine has, and no sudo at all: a login user in tsmadmin that owns the two folders, as docs/hosts.md recommends.
  // scenarios/hosts.test.ts has that user over OpenSSH.
  ["builtin", isRoot ? "tsmadmin" : "root", null],
];

describe("the demo's sequence through the engine", () => {
  test("on Windows nodes", () => assertDemo("Administrator", ["--scenario", "windows"]));
  for (const [transport, login, missing] of ways) {
    const name = `over ${transport} as ${login}`;
    const assertWay = (): void => assertDemo(login === "root" ? "root" : "deploy", ["--transport", transport, "--login", login]);
    if (missing === null) test(name, () => assertWay());
    else test.skip(`${name} (skipped: ${missing})`, () => assertWay());
  }
});

test("a demo in which a step throws, after one whose failure was expected, ends with status 1", () => {
  const options = [
    "--require",
    join(repository, "tests/scripts/sabotage.cjs"),
    "scripts/demo.mjs",
    "--nodes",
    "1",
    "--transport",
    "builtin",
    "--login",
    "root",
  ];
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
});

// The demo itself compares the cluster's own count of restarts, and what each node has loaded, after every step.
function assertDemo(user: string, options: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/demo.mjs", ...options], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const end = stdout.trimEnd().split("\n").at(-1);
  expect({ status, end, stderr }).toEqual({ status: 0, end: "All 9 steps went as expected.", stderr: "" });
  const restarts = [...stdout.matchAll(/^as expected: restarts of the server in this step (\d)/gm)].map(([, count]) => Number(count));
  expect(restarts).toEqual([0, 1, 0, 1, 0, 0, 1, 1, 1]);
  expect(stdout).toContain(`node1 (ssh ${user}@`);
  expect(stdout).toContain("node3 (ssh ");
}
