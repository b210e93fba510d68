import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hasSshd, hasSudo, isRoot, sharedCluster, ssh, tsmPath } from "./support";

// Most of them are about sudo and users, which a namespace of somebody who is not root does not have.
const withFaults = isRoot && hasSudo ? describe : describe.skip;
const transports = hasSshd ? (["openssh", "builtin"] as const) : (["builtin"] as const);
const connectors = "/opt/tableau/connectors";

withFaults.each(transports)("faults of a node, %s", (transport) => {
  const shared = sharedCluster({ nodes: 2, transport, login: "sudo" });
  const first = (command: string, input?: string): ReturnType<typeof ssh> => ssh(shared.cluster.nodes[0], command, input);
  const second = (command: string, input?: string): ReturnType<typeof ssh> => ssh(shared.cluster.nodes[1], command, input);
  afterEach(() => shared.cluster.clearFaults());

  test("noisy-login prints on standard output before every command", async () => {
    await shared.cluster.fault("noisy-login", "it's $(id) `noise`");
    expect((await first("echo answer")).stdout).toBe("it's $(id) `noise`\nanswer\n");
    await shared.cluster.clearFaults();
    expect((await first("echo answer")).stdout).toBe("answer\n");
  });

  test("banner comes before the login and disturbs no stream", async () => {
    await shared.cluster.fault("banner", "Keep out");
    expect(await first("echo answer")).toMatchObject({ stdout: "answer\n", stderr: "" });
  });

  test("umask-077 survives sudo", async () => {
    await shared.cluster.fault("umask-077");
    expect((await first("umask; sudo -n sh -c umask")).stdout).toBe("0077\n0077\n");
    await shared.cluster.clearFaults();
    expect((await first("umask; sudo -n sh -c umask")).stdout).toBe("0022\n0022\n");
  });

  test.each([
    ["sudo-password", undefined, "id -un", "a password is required"],
    ["requiretty", undefined, "id -un", "you must have a tty"],
    ["sudo-commands", "/usr/bin/true", "id -un", "a password is required"],
  ] as const)("%s %s: sudo %s says %s", async (fault, setting, command, text) => {
    await shared.cluster.fault(fault, setting);
    const refused = await first(`sudo -n ${command}`);
    expect([refused.status, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain(text);
    await shared.cluster.clearFaults();
    expect((await first(`sudo -n ${command}`)).stdout).toBe("root\n");
  });

  test("sudo-commands allows what it lists", async () => {
    await shared.cluster.fault("sudo-commands", "/usr/bin/id -un");
    expect((await first("sudo -n id -un")).stdout).toBe("root\n");
  });

  test("not-authorised: the login user is asked for a password, root is not", async () => {
    await shared.cluster.fault("not-authorised");
    const refused = await first(`${tsmPath} status`);
    expect([refused.status, refused.stdout]).toEqual([1, "Logging in as user 'deploy' since no --username flag was given.\nPassword: "]);
    expect((await first(`sudo -n ${tsmPath} status`)).stdout).toBe("Status: RUNNING\n");
  });

  test("tsm-not-on-path", async () => {
    await shared.cluster.fault("tsm-not-on-path");
    expect((await first("bash -lc 'command -v tsm'")).status).not.toBe(0);
    expect((await first(`${tsmPath} status`)).status).toBe(0);
  });

  test("several-versions: only the tsm of the build in use works, and the profile names it", async () => {
    await shared.cluster.fault("several-versions");
    const each = await first(
      "for tsm in /opt/tableau/tableau_server/packages/customer-bin.*/tsm; do $tsm status >/dev/null 2>&1; echo $?; done",
    );
    expect(each.stdout).toBe("1\n1\n0\n1\n");
    expect((await first("bash -lc 'command -v tsm; echo $TABLEAU_SERVER_DATA_DIR_VERSION'")).stdout).toBe(
      `${tsmPath}\n20242.24.0807.0327\n`,
    );
    await shared.cluster.clearFaults();
    expect(
      readdirSync(shared.cluster.nodePath("node1", "/opt/tableau/tableau_server/packages")).filter((name) => name.startsWith("customer")),
    ).toHaveLength(1);
  });

  test("unreachable-node refuses, hangs, and comes back", async () => {
    await shared.cluster.fault("unreachable-node", "node2");
    await expect(second("true")).rejects.toThrow("ECONNREFUSED");
    expect((await first("echo here")).stdout).toBe("here\n");
    await shared.cluster.fault("unreachable-node", "node2:hang");
    const hanging = second("true").then(
      () => "answered",
      () => "lost",
    );
    expect(await Promise.race([hanging, new Promise((resolve) => setTimeout(() => resolve("silent"), 200))])).toBe("silent");
    await shared.cluster.clearFaults();
    expect(await hanging).toBe("lost");
    expect((await second("echo here")).stdout).toBe("here\n");
  });

  test("slow-node is late, and right", async () => {
    await shared.cluster.fault("slow-node", "node2:20");
    expect((await second("cat", "a".repeat(100_000))).stdout).toBe("a".repeat(100_000));
  });

  test("cut-upload: the command sees a clean end of its input, once", async () => {
    await shared.cluster.fault("cut-upload", "node2:100000");
    await second("cat >/tmp/part; echo $? >/tmp/status", "x".repeat(500_000)).catch(() => undefined);
    const status = shared.cluster.nodePath("node2", "/tmp/status");
    while (!existsSync(status) || readFileSync(status, "utf8") === "") await new Promise((resolve) => setTimeout(resolve, 10));
    expect(readFileSync(status, "utf8")).toBe("0\n");
    const { length } = readFileSync(shared.cluster.nodePath("node2", "/tmp/part"));
    expect(length).toBeLessThan(100_000);
    expect((await second("wc -c", "x".repeat(500_000))).stdout).toBe("500000\n");
  });

  test.each(["node2", "node2:8192"])("disk-full %s: no byte more fits, what was there stays, all is back afterwards", async (setting) => {
    const free = Number(setting.split(":")[1] ?? 0);
    await second(`sudo -n mkdir -p ${connectors}; echo old | sudo -n tee ${connectors}/old`);
    await shared.cluster.fault("disk-full", setting);
    const written = await second(`cat ${connectors}/old; head -c ${free + 1} /dev/zero | sudo -n tee ${connectors}/new >/dev/null`);
    expect(written).toMatchObject({ stdout: "old\n", status: 1, stderr: expect.stringContaining("No space left on device") as string });
    const { files } = (await shared.cluster.state()).nodes[1] ?? { files: [] };
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      [`${connectors}/new`, free],
      [`${connectors}/old`, 4],
    ]);
    writeFileSync(shared.cluster.nodePath("node2", `${connectors}/old`), "NEW\n");
    await shared.cluster.clearFaults();
    expect((await second(`cat ${connectors}/old; sudo -n rm ${connectors}/new; echo more | sudo -n tee ${connectors}/old`)).stdout).toBe(
      "NEW\nmore\n",
    );
  });

  test("disk-full in a folder of one's choice", async () => {
    await shared.cluster.fault("disk-full", "node1:0:/var/opt/pulumi-tableau");
    expect((await first("echo x | sudo -n tee /var/opt/pulumi-tableau/x")).status).toBe(1);
  });

  test("read-only: nothing can be written, by root neither", async () => {
    await shared.cluster.fault("read-only", "node2");
    expect(await second(`sudo -n touch ${connectors}/x`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Read-only file system") as string,
    });
    expect((await first(`sudo -n mkdir -p ${connectors}; sudo -n touch ${connectors}/x`)).status).toBe(0);
    await shared.cluster.clearFaults();
    expect((await second(`sudo -n touch ${connectors}/x`)).status).toBe(0);
  });

  test("clock-skew moves the initial node's date, and nobody else's", async () => {
    const skewOf = async (run: typeof first): Promise<number> =>
      Number((await run("date +%s")).stdout) - Number(execFileSync("date", ["+%s"]));
    await shared.cluster.fault("clock-skew", "-7200");
    expect(Math.abs((await skewOf(first)) + 7200)).toBeLessThan(60);
    expect(Math.abs(await skewOf(second))).toBeLessThan(60);
    expect((await first("TZ=UTC date +%Z")).stdout).toBe("UTC\n");
    await shared.cluster.clearFaults();
    expect(Math.abs(await skewOf(first))).toBeLessThan(60);
  });

  test.each(["slow-node", "disk-full", "cut-upload"] as const)("%s without a node is refused with the nodes there are", async (name) => {
    await expect(shared.cluster.fault(name, "nowhere:1")).rejects.toThrow("node1, node2");
    expect((await shared.cluster.state()).faults).toEqual({});
  });
});
