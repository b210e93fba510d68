import { defaultSwitches, switchNames, switchSettings, windowsSwitchNames, type SwitchName, type TsmResult } from "../../simulator";
import { pendingLines } from "../../simulator/controller/layouts";
import { pluginsPath, sharedCluster } from "./support";

type Expectation = (run: (...argv: string[]) => Promise<TsmResult>) => Promise<unknown>;

const flag = "native_api.disable_verify_connector_plugin_signature";
const setPath = (value: string): string[] => ["configuration", "set", "-k", pluginsPath, "-v", value, "--force-keys"];
const apply = ["pending-changes", "apply", "--ignore-prompt"];

/** Tested below, in load-connectors.test.ts, and in windows/windows-node.test.ts. */
type TestedApart = "loginExpiry" | "noisePlace" | "folderOrder" | "unpackedFolders" | (typeof windowsSwitchNames)[number];
const testedApart: readonly SwitchName[] = ["loginExpiry", "noisePlace", "folderOrder", "unpackedFolders", ...windowsSwitchNames];

/** For each switch what its settings answer, in the order of `switchSettings`. */
const answers: Readonly<Record<Exclude<SwitchName, TestedApart>, readonly [Expectation, readonly unknown[]]>> = {
  promptWording: [
    async (run) => (await run(...setPath("/a")), (await run("pending-changes", "apply")).stdout.split("Canceling")[0]),
    ["This operation will perform a server restart. Are you sure you wish to continue?\n(y/n): ", "Restart now? [y/N] ", ""],
  ],
  cancelledPromptExit: [async (run) => (await run(...setPath("/a")), (await run("pending-changes", "apply")).status), [0, 1, 2]],
  unknownKeyExit: [async (run) => (await run("configuration", "get", "-k", "a.b")).status, [1, 0, 2]],
  unsetValue: [
    async (run) => (await run("configuration", "get", "-k", "native_api.jdbc_classpath")).stdout,
    ["Null\n", "null\n", "\n", "No value is configured for this key. The default value is used.\n"],
  ],
  equalSet: [
    async (run) => (
      await run("configuration", "set", "-k", "gateway.timeout", "-v", "7200"),
      (await run("pending-changes", "list")).stdout.includes("gateway.timeout")
    ),
    [true, false, false],
  ],
  setBack: [
    async (run) => {
      await run("configuration", "set", "-k", "gateway.timeout", "-v", "1");
      await run("configuration", "set", "-k", "gateway.timeout", "-v", "7200");
      return /gateway\.timeout: (\d+)/.exec((await run("pending-changes", "list")).stdout)?.[1];
    },
    ["7200", undefined, "1"],
  ],
  forcedKeyAnswer: [
    async (run) => {
      await run(...setPath(`/${Math.random()}`));
      await run(...apply);
      const { stdout, stderr } = await run("configuration", "get", "-k", pluginsPath);
      return [stdout.startsWith("/"), stderr.includes("Unknown key"), stderr.includes("Known keys")];
    },
    [
      [true, false, false],
      [false, true, true],
      [false, true, false],
    ],
  ],
  connectorKeys: [
    async (run) => [
      (await run("configuration", "set", "-k", pluginsPath, "-v", "/b")).status,
      (await run("configuration", "set", "-k", flag, "-v", "true")).status,
    ],
    [
      [1, 1],
      [0, 0],
      [1, 0],
    ],
  ],
  pendingLayout: [
    async (run) => (
      await run(...setPath("/a b")),
      (await run("pending-changes", "list", "--config-only")).stdout.split("\n").slice(1, -2).join("\n")
    ),
    [
      `${pluginsPath}: /a b`,
      `/a b = ${pluginsPath}`,
      `Key                              Value  Restart\n-------------------------------  -----  -------\n${pluginsPath}  /a b   yes`,
      `Key: ${pluginsPath}\nValue: /a b`,
      `  * ${pluginsPath} will be changed to /a b`,
      `{"${pluginsPath}":"/a b"}`,
      `"${pluginsPath}" "/a b"`,
      expect.stringContaining(pluginsPath),
    ],
  ],
  pendingHeader: [
    async (run) => (await run("pending-changes", "list")).stdout.split("\n")[0],
    ["Configuration", "Configuration changes", "There are no pending configuration changes."],
  ],
  listNodesLayout: [
    async (run) => (await run("topology", "list-nodes", "-v")).stdout,
    [
      expect.stringMatching(/^node1 initial localhost /),
      expect.stringMatching(/^Node +Role +Address/),
      expect.stringMatching(/^\[\n/),
      expect.stringContaining("node1"),
    ],
  ],
  jobsLayout: [
    async (run) => (await run("restart"), (await run("jobs", "list")).stdout),
    [
      expect.stringMatching(/^Id +Type +Status\n/),
      expect.stringMatching(/^1 \w+ \w+\n/),
      expect.stringMatching(/^Id: 1\nType: /),
      expect.stringMatching(/^\[\n/),
      expect.stringContaining("RestartServerJob"),
    ],
  ],
  busyJob: [async (run) => (await run("restart")).status, [0, 1, 0]],
  errorStream: [
    async (run) => {
      const { stdout, stderr } = await run("status", "--nonsense");
      return [stdout, stderr];
    },
    [
      ["", "Unrecognized option: --nonsense\n"],
      ["Unrecognized option: --nonsense\n", ""],
      ["Unrecognized option: --nonsense\n", "Unrecognized option: --nonsense\n"],
    ],
  ],
  resetForced: [
    async (run) => {
      await run(...setPath("/reset"));
      await run(...apply);
      const { status } = await run("configuration", "set", "-k", pluginsPath, "-d", "--force-keys");
      return [status, (await run("pending-changes", "list")).stdout.includes(pluginsPath)];
    },
    [
      [0, true],
      [1, false],
      [0, false],
    ],
  ],
  emptyApply: [
    async (run) => {
      const { status, stdout, stderr } = await run(...apply);
      return [status, stdout, stderr];
    },
    [
      [0, "There are no pending changes to apply.\n", ""],
      [1, "", "There are no pending changes to apply.\n"],
      [0, "", ""],
    ],
  ],
  setOutput: [async (run) => (await run(...setPath("/o"))).stdout, ["", "Configuration value was set.\n", `${pluginsPath}=/o\n`]],
  lifecycleOutput: [
    async (run) => (await run("restart")).stdout,
    [
      "Stopping service...\nStarting service...\nService was restarted successfully.\n",
      expect.stringMatching(/^Starting restart asynchronous job\.\nJob id is '\d+', /),
      "",
    ],
  ],
  failureText: [
    async (run) => (await run("restart")).stderr,
    [
      expect.stringMatching(/^The job failed: /),
      expect.stringMatching(/^Job id '\d+' ended with status Failed\./),
      expect.stringMatching(/^An unexpected error occurred\./),
    ],
  ],
  timeoutText: [
    async (run) => (await run("restart")).stderr,
    [expect.stringMatching(/^Timed out waiting for job id '\d+'/), "java.util.concurrent.TimeoutException: request timeout\n", ""],
  ],
  indentation: [
    async (run) => (await run("status", "-v")).stdout.split("\n")[1],
    ["\tStatus: RUNNING", "    Status: RUNNING", "Status: RUNNING"],
  ],
  noise: [
    async (run) => (await run("status")).stderr.split(/[ \n]/, 4).join(" "),
    [
      "",
      "WARNING: An illegal reflective",
      "WARNING: A terminally deprecated",
      "WARNING: A Java agent",
      "WARNING: A restricted method",
      "Picked up JAVA_TOOL_OPTIONS: -Dlog4j2.formatMsgNoLookups=true",
      "SLF4J: Failed to load",
      "Warning: The certificate of",
      "/bin/bash: warning: setlocale: LC_ALL:",
      "sudo: unable to resolve",
      "Warning: Permanently added 'tab1.example.com'",
    ],
  ],
  lineEnds: [
    async (run) => (await run("status")).stdout,
    ["Status: RUNNING\n", "Status: RUNNING\r\n", "Status: RUNNING    \n", "\u001b[2K\u001b[1mStatus: RUNNING\u001b[0m\n"],
  ],
};

/** Switches that show only under a fault. */
const faults = {
  busyJob: ["job-busy", "20"],
  failureText: ["restart-fails", "always"],
  timeoutText: ["job-outlives-timeout", "200"],
} as const;

describe("switches", () => {
  const shared = sharedCluster({ transport: "local" });

  const setAll = async (): Promise<void> => {
    for (const [name, value] of Object.entries(defaultSwitches())) await shared.cluster.switch(name as SwitchName, value as never);
  };
  afterEach(async () => {
    await shared.cluster.clearFaults();
    await setAll();
    await shared.cluster.tsm(["jobs", "reconnect"]);
    await shared.cluster.tsm(["pending-changes", "discard"]);
  });

  const tested = switchNames.filter((name): name is Exclude<SwitchName, TestedApart> => !testedApart.includes(name));
  const cases = tested.flatMap((name) => switchSettings[name].map((setting, index) => ({ name, setting, index })));
  test.each(cases)("$name: $setting", async ({ name, setting, index }) => {
    const [question, expected] = answers[name];
    const [fault, faultSetting] = name in faults ? faults[name as keyof typeof faults] : [];
    if (fault !== undefined) await shared.cluster.fault(fault, faultSetting);
    await shared.cluster.switch(name, setting);
    expect(expected).toHaveLength(switchSettings[name].length);
    expect(await question((...argv) => shared.cluster.tsm(argv))).toEqual(expected[index]);
  });

  test.each([
    ["stderr", "Status: RUNNING\n", /^SLF4J/],
    ["before", expect.stringMatching(/^SLF4J[^]*Status: RUNNING\n$/), /^$/],
    ["after", expect.stringMatching(/^Status: RUNNING\nSLF4J/), /^$/],
  ] as const)("noisePlace: %s", async (setting, stdout, stderr) => {
    await shared.cluster.switch("noise", "loggers");
    await shared.cluster.switch("noisePlace", setting);
    expect(await shared.cluster.tsm(["status"])).toEqual({ status: 0, stdout, stderr: expect.stringMatching(stderr) });
  });

  test.each([
    ["120-minutes", [0, 0]],
    ["one-call", [0, 1]],
    ["never", [0, 0]],
  ] as const)("loginExpiry: %s", async (setting, statuses) => {
    await shared.cluster.switch("loginExpiry", setting);
    const as = "stranger";
    await shared.cluster.tsm(["login", "-u", "admin"], { as, input: ["tableau-admin"] });
    const calls = [await shared.cluster.tsm(["status"], { as }), await shared.cluster.tsm(["status"], { as })];
    expect(calls.map(({ status }) => status)).toEqual(statuses);
    await shared.cluster.tsm(["logout"], { as });
  });

  test("a seed draws one layout, many seeds draw many", () => {
    const draw = (seed: string): string =>
      pendingLines([{ key: "a.b", value: "c d", restart: "needed" }], { ...defaultSwitches(), pendingLayout: "random", seed }).join("\n");
    const drawn = Array.from({ length: 50 }, (_, index) => draw(String(index)));
    expect(drawn).toEqual(Array.from({ length: 50 }, (_, index) => draw(String(index))));
    expect(new Set(drawn).size).toBeGreaterThan(20);
    expect(drawn.every((text) => text.includes("a.b") && text.includes("c d"))).toBe(true);
  });

  test("what is no setting is refused with the settings there are", async () => {
    await expect(shared.cluster.switch("busyJob", "wait" as never)).rejects.toThrow("queue, refuse, refuse-exit-0");
    await expect(shared.cluster.switch("nonsense" as never, "wait" as never)).rejects.toThrow("promptWording");
  });
});
