import { execFileSync, spawn, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { childProcess } from "../../../provider/host/local/child-process";
import { noCounts } from "../../../provider/host/counts";
import { TableauError } from "../../../provider/vocabulary/error";
import type { Host } from "../../../provider/host/host";
import { waits } from "../../../provider/host/limits";
import { ScriptHost } from "../../../provider/host/script/script-host";

export interface SudoHost {
  readonly host: Host;
  remove(): void;
}

const notStarted = (cause: Error): TableauError => new TableauError("host-unreachable", { message: cause.message, next: "", cause });

/** This machine, as a user reaches it who may become root by sudo; undefined where there is no sudo. */
export function sudoHost(): SudoHost | undefined {
  if (["sudo", "useradd"].some((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0)) return undefined;
  const user = `pthostile${String(process.pid)}`;
  const sudoers = `/etc/sudoers.d/zz-${user}`;
  execFileSync("useradd", ["-M", "-s", "/bin/sh", user]);
  writeFileSync(sudoers, `${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh\n`, {
    mode: 0o440,
  });
  const uid = Number(execFileSync("id", ["-u", user], { encoding: "utf8" }));
  const host = new ScriptHost({
    node: "node1",
    user,
    elevation: "sudo",
    counts: noCounts(),
    waits,
    start: (command) => {
      const env = { PATH: "/usr/bin:/bin", USER: user, HOME: "/" };
      return childProcess(spawn("sh", ["-c", command], { uid, gid: uid, cwd: "/", env, stdio: ["pipe", "pipe", "pipe"] }), notStarted);
    },
  });
  return {
    host,
    remove: () => {
      rmSync(sudoers);
      execFileSync("userdel", ["-f", user], { stdio: "ignore" });
    },
  };
}
