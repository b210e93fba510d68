import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeNode } from "../../provider/actions/observe";
import type { Observation } from "../../provider/actions/observe/read-observation";
import processesPart from "../../provider/actions/observe/processes.sh";
import { keys, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

let node: LocalNode;
beforeEach(() => {
  node = new LocalNode();
});
afterEach(() => {
  node.remove();
});

const look = (...digests: string[]): Promise<Observation> =>
  observeNode(node.host, { stateDirectory: node.state, digests, directories: [node.live], timeoutSeconds: 30 });

describe.each(shells())("with %s as sh", (shell) => {
  const folder = useAsSh(shell);

  test.each(["exec /usr/bin/openssl", "exit 1 #"])("large packages have the same digests where openssl is `%s`", async (does) => {
    const openssl = join(folder(), "openssl");
    writeFileSync(openssl, `#!/bin/sh\nprintf . >> '${node.folder}/asked'\n${does} "$@"\n`, { mode: 0o755 });
    const bytes = Buffer.alloc(17 * 1024 * 1024, "large");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(keys(await node.deliver(bytes, { fileName: "a driver.jar" }))).toEqual(["wants", "delivered"]);
    expect(keys(await node.stage(sha256))).toEqual(["staged"]);
    expect(keys(await node.place("place", node.live, "-a driver.jar", sha256, "-"))).toEqual(["placed", "end"]);
    expect((await look(sha256)).node).toMatchObject({
      packages: [{ fileName: "-a driver.jar", sha256 }],
      stored: [{ sha256, intact: true }],
    });
    expect(keys(await node.place("retire", node.live, "-a driver.jar", "-", sha256))).toEqual(["retired", "end"]);
    expect(statSync(join(node.folder, "asked")).size).toBe(4);
    for (const name of ["new\nline.taco", "back\\slash.taco"]) writeFileSync(join(node.live, name), bytes);
    expect((await look()).node.packages.map((one) => one.sha256)).toEqual([sha256, sha256]);
    rmSync(openssl);
  });

  test("processes of the server are told, by name or by what a Java machine runs, with their start", async () => {
    const start = (name: string, of: string): ChildProcess => {
      // Not over a program that runs.
      if (!existsSync(join(node.folder, name))) copyFileSync("/bin/bash", join(node.folder, name));
      return spawn(join(node.folder, name), ["-c", "read line", "x", of], { stdio: ["pipe", "ignore", "ignore"] });
    };
    const running: ChildProcess[] = [];
    const ticks: (string | undefined)[] = [];
    for (const [name, of] of [
      ["java", "/tabsvc/other"],
      ["java", "/tabsvc/vizportal.1"],
      ["vizqlserver", ""],
      ["vizqlservers", ""],
    ] as const) {
      const one = start(name, of);
      running.push(one);
      await new Promise((resolve) => one.once("spawn", resolve));
      ticks.push(/\) (?:\S+ ){19}(\d+)/.exec(readFileSync(`/proc/${String(one.pid)}/stat`, "utf8"))?.[1]);
      // Those that start within one tick could not be told apart.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    try {
      const { records } = await node.run(
        "look",
        `read -r uptime _ < /proc/uptime; now=$(date +%s.%N); emit clock $now $uptime\n${processesPart}`,
        [],
      );
      const [, now, uptime] = records[0] ?? [];
      const told = records.filter(([, , , at]) => ticks.includes(at));
      expect(told.map(([, name, , at]) => [name, at]).sort()).toEqual([
        ["java", ticks[1]],
        ["vizqlserver", ticks[2]],
      ]);
      for (const [, , begun, at] of told) expect(Number(begun)).toBeCloseTo(Number(now) - Number(uptime) + Number(at) / 100, 2);
    } finally {
      for (const one of running) one.kill();
    }
  });
});
