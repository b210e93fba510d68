import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import type { Call } from "../../provider/tsm/call";
import { allEnded } from "../../provider/tsm/all-ended";
import * as command from "../../provider/tsm/command";
import type { FakeOutput } from "./support/fake-host";
import { removeRoots, Root, runScript } from "./support/shell";
import { readTranscripts } from "./support/transcript";

const shells = [["dash"], ["bash"], ["bash", "--posix"], ["busybox", "sh"]].filter(
  ([program = ""]) => spawnSync(program, ["--help"]).error === undefined,
);

afterAll(removeRoots);

const packages = "opt/tableau/tableau_server/packages";
const lists = Object.entries<FakeOutput>({
  "ended rows": { stdout: "3 DeploymentsJob Succeeded\n4 RestartServerJob Failed\n\n" },
  "a table of ended jobs": { stdout: "Id  Type              Status\n--  ----------------  ---------\n3   DeploymentsJob  Cancelled\n" },
  "with noise": {
    stdout: "There are no jobs.\n",
    stderr: "/opt/tsm: line 3: warning: setlocale: LC_ALL: cannot change locale (en_US.UTF-8)\nPicked up _JAVA_OPTIONS: -Xmx1g\n",
  },
  "with other noise": {
    stdout: "There are no jobs.\n",
    stderr: "WARNING: sun.misc.Unsafe::x has been called\nCould not connect to server logs\n",
  },
  "with a job on standard error": { stdout: "There are no jobs.\n", stderr: "4 RestartServerJob Running\n" },
  "a sentence with a star": { stdout: "* 3 DeploymentsJob Succeeded\n" },
});
const printArguments = `for a in "$@"; do printf '<%s>' "$a"; done; echo; echo warning >&2; exit 3`;

describe.each(shells.map((shell) => [shell.join(" "), shell] as const))("in %s", (_, shell) => {
  const program = (root: Root): string | undefined => runScript(shell, root, [command.version()]).find(([key]) => key === "program")?.[1];

  test("finds nothing and says where it looked", () => {
    const root = new Root();
    expect(runScript(shell, root, [command.version()])).toEqual([["missing", `${root.path}/${packages}`]]);
  });

  test("takes the highest version by number, where no file of settings is", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.20191.19.0321.1733/tsm`, "");
    root.program(`${packages}/customer-bin.20241.24.0514.999/tsm`, "");
    const highest = root.program(`${packages}/customer-bin.20241.24.0514.1000/tsm`, "");
    root.program(`${packages}/bin.20253.25.0101.0101/tsm`, "");
    root.file(`${packages}/customer-bin.20261.26.0101.0101/tsm`, "may not be executed");
    expect(program(root)).toBe(highest);
  });

  test("takes the version that the profile names, whatever else the profile does", () => {
    const root = new Root();
    const current = root.program(`${packages}/customer-bin.20241.24.0514.1000/tsm`, "");
    root.program(`${packages}/customer-bin.20261.26.0101.0101/tsm`, "");
    root.file(
      "etc/profile.d/tableau_server.sh",
      `echo noise; echo noise >&2; cat\nexport TABLEAU_SERVER_DATA_DIR_VERSION=20241.24.0514.1000 TABLEAU_SERVER_INSTALL_DIR=${root.path}/opt/tableau/tableau_server\nset -e; false; exit 7\n`,
    );
    expect(program(root)).toBe(current);
  });

  test("takes the environment file where there is no profile, and its path", () => {
    const root = new Root();
    const onPath = root.program("opt/elsewhere/tsm", "");
    root.file("etc/opt/tableau/tableau_server/environment.bash", `declare -A map=([a]=1); PATH="$PATH:${root.path}/opt/elsewhere"\n`);
    expect(program(root)).toBe(onPath);
  });

  test.each([
    ["a file that others may write", (file: string) => chmodSync(file, 0o666)],
    ["a file in a folder that others may write", (file: string) => chmodSync(dirname(file), 0o777)],
  ])("runs no settings out of %s, and says so where nothing else is found", (_what, open) => {
    const root = new Root();
    const profile = root.file("etc/profile.d/tableau_server.sh", `: > "${root.path}/was run"\n`);
    open(profile);
    const why = `(${profile} is not read: others may change it)`;
    expect(runScript(shell, root, [command.version()])).toEqual([["missing", `${root.path}/${packages} ${why}`]]);
    const tsm = root.program(`${packages}/customer-bin.1.2/tsm`, "");
    expect(program(root)).toBe(tsm);
    expect(existsSync(join(root.path, "was run"))).toBe(false);
  });

  test("takes a path that is given, and only that", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.20241.24.0514.1000/tsm`, "");
    const own = root.program("own tsm", "");
    expect(runScript(shell, root, [command.version()], { settings: { path: own } })[0]).toEqual(["program", own]);
    expect(runScript(shell, root, [command.version()], { settings: { path: "/nowhere/tsm" } })).toEqual([["missing", "/nowhere/tsm"]]);
  });

  test("hands tsm the settings of the profile", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1.2/tsm`, 'echo "$TABLEAU_SERVER_CONFIG_NAME $TABLEAU_SERVER_DATA_DIR_VERSION $LC_ALL"');
    root.file("etc/profile.d/tableau_server.sh", "TABLEAU_SERVER_CONFIG_NAME='tab svc'; TABLEAU_SERVER_DATA_DIR_VERSION=1.2\n");
    root.program("opt/tableau/tableau_server/packages/customer-bin.1.3/tsm", "");
    expect(runScript(shell, root, [command.version()])).toContainEqual(["stdout", "0", "tab svc 1.2 en_US.UTF-8\n"]);
  });

  test("takes what an earlier script has found, without the profile and without asking for groups", () => {
    const root = new Root();
    const tsm = root.program(`${packages}/customer-bin.1.2/tsm`, 'echo "$TABLEAU_SERVER_CONFIG_NAME $TABLEAU_SERVER_DATA_DIR_VERSION"');
    const profile = "TABLEAU_SERVER_CONFIG_NAME='tab svc'; TABLEAU_SERVER_DATA_DIR_VERSION=1.2\n";
    root.file("etc/profile.d/tableau_server.sh", profile);
    const first = runScript(shell, root, [command.version()]);
    const found = first.find(([key]) => key === "settings")?.[1] ?? "";
    root.file("etc/profile.d/tableau_server.sh", `: > "${root.path}/was read"\n`);
    const again = runScript(shell, root, [command.version()], { settings: { path: tsm, found } });
    expect(again).toEqual(first.filter(([key]) => key !== "settings"));
    expect(again).toContainEqual(["stdout", "0", "tab svc 1.2\n"]);
    expect(existsSync(join(root.path, "was read"))).toBe(false);
  });

  test("runs each call with its own arguments as data, and tells both streams and the status", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1/tsm`, printArguments);
    const odd = command.withAccount(command.setKey("native_api.connect_plugins_path", 'a\'b "$(id)" *\n\\n'), "ad min");
    const calls: readonly Call[] = [command.version(), { ...odd, onFailure: "go-on" }, command.listJobs()];
    expect(runScript(shell, root, calls).slice(2)).toEqual([
      ["stderr", "0", "warning"],
      ["stdout", "0", "<version>\n"],
      ["exit", "0", "3"],
      ["stderr", "1", "warning"],
      [
        "stdout",
        "1",
        `<configuration><set><-k><native_api.connect_plugins_path><-v><a'b "$(id)" *\n\\n><--force-keys><-u><ad min><-s><https://${hostname()}:8850>\n`,
      ],
      ["exit", "1", "3"],
      ["stderr", "2", "warning"],
      ["stdout", "2", "<jobs><list>\n"],
      ["exit", "2", "3"],
    ]);
  });

  test("runs nothing after a change that failed, nor after the controller was not reached", () => {
    const root = new Root();
    root.program(
      `${packages}/customer-bin.1/tsm`,
      'case $1 in restart) exit 1 ;; status) echo "Could not connect to server" ;; version) echo "Could not connect to TSM Controller at x" >&2 ;; esac',
    );
    const run = (call: Call): readonly unknown[] => runScript(shell, root, [call, command.listJobs()]).filter(([key]) => key === "exit");
    expect(run(command.restart(1))).toEqual([["exit", "0", "1"]]);
    expect(run(command.status())).toEqual([["exit", "0", "0"]]);
    expect(run(command.version())).toEqual([["exit", "0", "0"]]);
    expect(run(command.listNodes())).toEqual([
      ["exit", "0", "0"],
      ["exit", "1", "0"],
    ]);
  });

  test("goes on where standard error alone speaks of a connection, beside an answer", () => {
    const root = new Root();
    root.program(
      `${packages}/customer-bin.1/tsm`,
      'echo "Could not connect to server logs.example.com" >&2; case $1 in version) exit 0 ;; status) echo; exit 0 ;; esac; echo node1; [ "$1" != jobs ]',
    );
    const run = (call: Call): readonly unknown[] => runScript(shell, root, [call, command.listNodes()]).filter(([key]) => key === "exit");
    expect(run(command.listNodes())).toEqual([
      ["exit", "0", "0"],
      ["exit", "1", "0"],
    ]);
    expect(run(command.version())).toEqual([["exit", "0", "0"]]);
    expect(run(command.status())).toEqual([["exit", "0", "0"]]);
    expect(run(command.listJobs())).toEqual([["exit", "0", "1"]]);
  });

  test.each([...readTranscripts("jobs").map(({ name, output }) => [name, output] as const), ...lists])(
    "goes on after a list only where all jobs have surely ended: %s",
    (_name, { stdout = "", stderr = "", exit = 0 }) => {
      const root = new Root();
      root.file("list", stdout);
      root.file("errors", stderr);
      root.program(
        `${packages}/customer-bin.1/tsm`,
        `[ "$1" = jobs ] || exit 0; cat "$(dirname "$0")/../../../../../list"; cat "$(dirname "$0")/../../../../../errors" >&2; exit ${String(exit)}`,
      );
      const records = runScript(shell, root, [command.listJobsFirst(), command.restart(1)]);
      const idle = allEnded({ stdout, stderr, status: exit });
      expect(records.filter(([key]) => key === "exit" || key === "busy").slice(1)).toEqual(idle ? [["exit", "1", "0"]] : [["busy", "0"]]);
    },
  );

  test("reports the lines of a long call, both streams, the last without an end", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1/tsm`, "echo '  6% - One.   '; echo 'back\\slash' >&2; printf end; exit 4");
    expect(runScript(shell, root, [command.restart(1)]).slice(2)).toEqual([
      ["line", "0", "  6% - One.   "],
      ["line", "0", "back\\slash"],
      ["line", "0", "end"],
      ["exit", "0", "4"],
    ]);
  });

  test("closes standard input, so that a question gets no answer", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1/tsm`, 'read -r answer; echo $?; echo "[$answer]"');
    expect(runScript(shell, root, [command.version()], { input: "not for tsm\n" })).toContainEqual(["stdout", "0", "1\n[]\n"]);
  });

  test("gives every call the password on standard input, and nowhere else", () => {
    const root = new Root();
    const secret = `p\\"w '$x`;
    root.program(
      `${packages}/customer-bin.1/tsm`,
      `IFS= read -r line; echo "[$line]"; { env; tr '\\0' '\\n' </proc/$$/cmdline; tr '\\0' '\\n' </proc/$PPID/cmdline; } | grep -cF 'p\\"w'`,
    );
    const calls = [command.version(), { ...command.listJobs(), onFailure: "go-on" as const }];
    const records = runScript(shell, root, calls, {
      settings: { password: "line" },
      input: `${secret}\n`,
      env: { password: "from the environment" },
    });
    expect(records.filter(([key]) => key === "stdout")).toEqual([
      ["stdout", "0", `[${secret}]\n0\n`],
      ["stdout", "1", `[${secret}]\n0\n`],
    ]);
  });

  test("a tsm that never reads the password still answers", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1/tsm`, "exec <&-; echo fine");
    expect(runScript(shell, root, [command.version()], { settings: { password: "line" }, input: "x\n" })).toContainEqual([
      "stdout",
      "0",
      "fine\n",
    ]);
  });

  test("leaves when the user may not use tsm, if told to", () => {
    const root = new Root();
    root.program(`${packages}/customer-bin.1/tsm`, "echo fine");
    const id = (groups: string): string => `id() { echo "uid=1000(deploy) gid=1000(deploy) groups=1000(deploy)${groups}"; }`;
    const run = (groups: string, unauthorised: "leave" | "try"): unknown =>
      runScript(shell, root, [command.version()], { settings: { unauthorised }, functions: id(groups) })[0]?.[0];
    expect(run(",998(nottsmadmin)", "leave")).toBe("unauthorised");
    expect(run(",998(tsmadmin)", "leave")).toBe("program");
    expect(run("", "try")).toBe("program");
  });
});
