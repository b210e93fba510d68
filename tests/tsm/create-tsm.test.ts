import { TableauError } from "../../provider/vocabulary/error";
import { Secret } from "../../provider/vocabulary/secret";
import { createTsm } from "../../provider/tsm/create-tsm";
import type { Tsm, TsmOptions } from "../../provider/tsm/tsm";
import { answeringHost } from "../host/support/answering-host";
import { codeOf } from "./support/code-of";
import { FakeClock } from "./support/fake-clock";
import { FakeHost, inputText, type FakeCall, type FakeOutput, type FakeTsm } from "./support/fake-host";
import { server } from "./support/fake-server";

const path = "native_api.connect_plugins_path";
const flag = "native_api.disable_verify_connector_plugin_signature";
const options: TsmOptions = { requestTimeoutSeconds: 1800, commandTimeoutSeconds: 60 };

function connect(tsm: FakeTsm, extra: Partial<TsmOptions> = {}): { host: FakeHost; tsm: Tsm } {
  const host = new FakeHost(tsm);
  return { host, tsm: createTsm(host, { ...options, ...extra }, new FakeClock()) };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => "no error", codeOf);

describe("look", () => {
  test("reads everything in one round trip", async () => {
    const { host, tsm } = connect(server());
    expect(await tsm.look()).toEqual({
      version: "2024.2",
      build: "20242.24.0807.0327",
      status: "RUNNING",
      processes: [{ node: "node1", name: "Tableau Server Gateway 0", state: "running" }],
      nodes: ["node1"],
      keys: { [path]: { kind: "unknown" }, [flag]: { kind: "value", value: "false" } },
      pending: { ours: [], othersChanges: [], topology: false },
      runningJobs: [],
    });
    expect(host.scripts).toHaveLength(1);
    expect(host.commands).toEqual([
      "status -v",
      "version",
      "topology list-nodes",
      "jobs list",
      `configuration get -k ${path}`,
      `configuration get -k ${flag}`,
      "pending-changes list --config-only",
      "pending-changes list --topology-only",
    ]);
  });

  test("finds tsm once, and again where it has gone", async () => {
    const { host, tsm } = connect(server());
    const settings = (index: number): readonly string[] => [0, 2, 4].map((at) => host.scripts.at(index)?.args[at] ?? "");
    await tsm.look();
    expect(settings(-1)).toEqual(["", expect.anything(), ""]);
    await tsm.look();
    expect(settings(-1)).toEqual(["/opt/tableau/tsm", "try", "config\ndata\nversion\ninstall\n"]);
    host.program = "/opt/newer/tsm";
    await tsm.look();
    expect(host.scripts).toHaveLength(4);
    expect(settings(-1)).toEqual(["", expect.anything(), ""]);
  });

  test("tells running jobs, and takes an unreadable list of them for none", async () => {
    const running = connect(server({ "jobs list": { stdout: "5 DeploymentsJob Running\n" } }));
    expect((await running.tsm.look()).runningJobs).toEqual([{ id: "5", description: "DeploymentsJob Running" }]);
    const unreadable = connect(server({ "jobs list": { stdout: "5 läuft\n", exit: 1 } }));
    expect((await unreadable.tsm.look()).runningJobs).toEqual([]);
  });

  test.each<readonly [string, Partial<Record<string, FakeOutput>>, string]>([
    ["controller down on standard output", { "status -v": { stdout: "Could not connect to server\n" } }, "tsm-unreachable"],
    [
      "controller down later",
      { "jobs list": { stderr: "Could not connect to TSM Controller at 'x:8850'.\n", exit: 1 } },
      "tsm-unreachable",
    ],
    ["login needed", { "status -v": { stdout: "You must log in first.\n", exit: 1 } }, "tsm-login-refused"],
    [
      "pending list with an unknown option",
      { "pending-changes list --config-only": { stdout: "Unrecognized option: --config-only\n", exit: 1 } },
      "tsm-command-failed",
    ],
    ["pending list empty", { "pending-changes list --config-only": {} }, "tsm-answer-unreadable"],
    ["topology empty", { "pending-changes list --topology-only": {} }, "tsm-answer-unreadable"],
  ])("%s", async (_, answers, code) => {
    expect(await failureOf(connect(server(answers)).tsm.look())).toBe(code);
  });

  test("an error of the list of pending changes holds nothing of it, and all say the node and the next step", async () => {
    const { tsm } = connect(server({ "pending-changes list --config-only": { stdout: "wgserver.domain.password=hunter2\n", exit: 1 } }));
    const error: unknown = await tsm.look().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "tsm-command-failed", node: "node1" });
    expect(String(error)).not.toContain("hunter2");
    expect(String(error)).toMatch(/\[node1\] .*run `pulumi up` again\.$/);
  });

  test("a value that we set, or that is applied, is no change of its own", async () => {
    const list = { stdout: `${path}\n  was\n  /opt/old place.d\n  /opt/new place.d\n` };
    const { tsm } = connect(
      server({ [`configuration get -k ${path}`]: { stdout: "/opt/old place.d\n" }, "pending-changes list --config-only": list }),
    );
    await tsm.setKeys([{ key: path, value: "/opt/new place.d" }]);
    expect((await tsm.look()).pending).toEqual({ ours: [path], othersChanges: [], topology: false });
    expect((await tsm.setKeys([])).pending).toEqual({ ours: [path], othersChanges: [], topology: false });
  });
});

describe("who runs tsm", () => {
  test("the login user, where authorised", async () => {
    const { host, tsm } = connect(server(), { privilege: "sudo" });
    await tsm.look();
    expect(host.scripts.map((script) => script.as)).toEqual(["login"]);
  });

  test("root, where the login user is not authorised, from then on", async () => {
    const { host, tsm } = connect(server(), { privilege: "sudo" });
    host.authorised = false;
    await tsm.look();
    await tsm.setKeys([]);
    expect(host.scripts.map((script) => script.as)).toEqual(["login", "privileged", "privileged"]);
    expect(host.calls.every((call) => call.as === "privileged")).toBe(true);
  });

  test("the login user, where there is no privilege; tsm itself decides then", async () => {
    const { host, tsm } = connect(server());
    host.authorised = false;
    await tsm.look();
    expect(host.scripts.map((script) => script.as)).toEqual(["login"]);
  });

  test("root, where tsm refuses the login user; only refused calls are repeated", async () => {
    const { host, tsm } = connect(
      (call) => (call.as === "login" && call.args[0] !== "status" ? { stdout: "Not logged in.\n", exit: 1 } : server()(call)),
      {
        privilege: "sudo",
      },
    );
    expect((await tsm.look()).version).toBe("2024.2");
    expect(host.calls.filter((call) => call.args[0] === "status")).toHaveLength(1);
  });
});

describe("with an account", () => {
  const account = { username: "admin", password: new Secret('pa"ss\\') };

  test("the password is on standard input alone, its double quotes escaped", async () => {
    const { host, tsm } = connect(server(), account);
    await tsm.look();
    expect(host.scripts.map(inputText)).toEqual(['pa\\"ss\\\n']);
    expect(JSON.stringify(host.scripts)).not.toContain("pa\\");
    expect(host.commands[0]).toBe("status -v -u admin -s https://HOSTNAME:8850");
  });

  test("the question for it is not part of an answer", async () => {
    const asks: FakeTsm = (call) => {
      const output = server()(call);
      return { ...output, stdout: `Password: ${output.stdout ?? ""}` };
    };
    const { tsm } = connect(asks, account);
    expect((await tsm.look()).keys[flag]).toEqual({ kind: "value", value: "false" });
  });

  test("a login that expired is made once more", async () => {
    let expired = true;
    const { host, tsm } = connect((call) => {
      if (call.args[1] === "list-nodes" && expired) {
        expired = false;
        return { stderr: "Your session has expired.\n", exit: 1 };
      }
      return server()(call);
    }, account);
    expect((await tsm.look()).nodes).toEqual(["node1"]);
    expect(host.scripts).toHaveLength(2);
    expect(host.calls.filter((call) => call.args[0] === "status")).toHaveLength(1);
  });

  test("a login that is refused again is an error with the next step", async () => {
    const { host, tsm } = connect(() => ({ stdout: "Invalid username or password.\n", exit: 1 }), { ...account, privilege: "sudo" });
    const error: unknown = await tsm.look().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "tsm-login-refused" });
    expect(String(error)).toContain("`tsmadmin`");
    expect(host.scripts.map((script) => script.as)).toEqual(["login", "login"]);
  });

  test.each([
    ["without a user name", { password: new Secret("x") }],
    ["with a line end", { username: "admin", password: new Secret("x\n") }],
  ])("a password %s is refused before anything runs", (_, extra) => {
    expect(() => connect(server(), extra)).toThrow(TableauError);
  });
});

describe("setKeys", () => {
  const run = async (
    answer: (call: FakeCall) => FakeOutput,
    value: string | null,
    key: typeof path | typeof flag = path,
  ): Promise<unknown> => {
    const { host, tsm } = connect((call) => (call.command.startsWith("pending-changes list") ? server()(call) : answer(call)));
    const outcome = await tsm.setKeys([{ key, value }]).then(({ outcomes }) => outcomes, codeOf);
    return { outcome, commands: host.commands.filter((command) => command.startsWith("configuration")) };
  };
  const configurationError = {
    stdout: "Configuration error: At least one configuration value you specified does not match a known configuration key.\n",
  };
  const refusing =
    (...refused: readonly string[]) =>
    (call: FakeCall): FakeOutput =>
      refused.includes(call.args.slice(4).join(" ")) ? { ...configurationError, exit: 1 } : {};

  test("sets with --force-keys", async () => {
    expect(await run(() => ({ stdout: "whatever\n" }), "/opt/x")).toEqual({
      outcome: [{ key: path, how: "set" }],
      commands: [`configuration set -k ${path} -v /opt/x --force-keys`],
    });
  });

  test("sets keys and reads what is pending in one script", async () => {
    const { host, tsm } = connect(server({ "pending-changes list --config-only": { stdout: `${flag}\n  true\n` } }));
    const { pending } = await tsm.setKeys([{ key: flag, value: "true" }]);
    expect(pending).toMatchObject({ ours: [flag], topology: false });
    expect(host.scripts).toHaveLength(1);
  });

  test.each([0, 1])("a refusal in words is a failure, whatever the status (%d)", async (exit) => {
    expect(await run(() => ({ ...configurationError, exit }), "/opt/x")).toMatchObject({ outcome: "tsm-command-failed" });
  });

  test.each([
    ["forced", [], "reset", ["-d --force-keys"]],
    ["as a known key", ["-d --force-keys"], "reset", ["-d --force-keys", "-d"]],
    ["by a value", ["-d --force-keys", "-d"], "fallback", ["-d --force-keys", "-d", "-v false --force-keys"]],
  ] as const)("resets %s", async (_, refused, how, tried) => {
    expect(await run(refusing(...refused), null, flag)).toEqual({
      outcome: [{ key: flag, how }],
      commands: tried.map((end) => `configuration set -k ${flag} ${end}`),
    });
  });

  test("an option that tsm does not know is a refusal of a reset", async () => {
    const answer = (call: FakeCall): FakeOutput =>
      call.command.endsWith("-d --force-keys") ? { stderr: "Unrecognized option: --force-keys\n", exit: 1 } : {};
    expect(await run(answer, null)).toMatchObject({ outcome: [{ key: path, how: "reset" }] });
  });

  test("a path that cannot be reset is set empty, and a refusal of that too is an error", async () => {
    expect(await run(refusing("-d --force-keys", "-d"), null)).toMatchObject({ outcome: [{ key: path, how: "fallback" }] });
    expect(await run(refusing("-d --force-keys", "-d", "-v  --force-keys"), null)).toMatchObject({ outcome: "tsm-command-failed" });
  });

  test("a controller that is down is no refusal", async () => {
    expect(await run(() => ({ stdout: "Could not connect to server\n", exit: 1 }), null)).toMatchObject({
      outcome: "tsm-unreachable",
      commands: [`configuration set -k ${path} -d --force-keys`],
    });
  });

  test("stops at the first key that fails", async () => {
    const { host, tsm } = connect(refusing("-v true --force-keys"));
    const changes = [
      { key: flag, value: "true" },
      { key: path, value: "/x" },
    ] as const;
    expect(await failureOf(tsm.setKeys(changes))).toBe("tsm-command-failed");
    expect(host.calls).toHaveLength(1);
  });
});

test("discards configuration changes only", async () => {
  const { host, tsm } = connect(() => ({}));
  await tsm.discardPending();
  expect(host.commands).toEqual(["pending-changes discard --config-only"]);
  expect(await failureOf(connect(() => ({ exit: 1 })).tsm.discardPending())).toBe("tsm-command-failed");
});

test("a node without tsm is an error that says where it was looked for", async () => {
  const { host, tsm } = connect(server());
  host.run = (...asked) => answeringHost([["missing", "/opt/tableau/tableau_server/packages"]]).run(...asked);
  const error: unknown = await tsm.look().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "tsm-not-found" });
  expect(String(error)).toContain("/opt/tableau/tableau_server/packages");
});

test("a shell that would show the password gets none", async () => {
  const { host, tsm } = connect(server(), { username: "admin", password: new Secret("x") });
  host.run = (...asked) => answeringHost([["printf-external"]]).run(...asked);
  expect(await failureOf(tsm.look())).toBe("tsm-login-refused");
});
