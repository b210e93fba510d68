import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nothing, type Program, World } from "./support";

const pathKey = "native_api.connect_plugins_path";

describe("odd names and values reach the node as data", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
  });
  afterAll(() => world.stop());

  const odd = [
    "with space.taco",
    `quotes ' and ".taco`,
    "$(touch pwned).taco",
    "`touch pwned`;touch pwned.taco",
    "-rf.taco",
    "--help.taco",
    "back\\slash.taco",
    "*?[a-z]~.taco",
    "ünïcödé 接続.taco",
    "%s%n.taco",
  ];

  test("files with odd names live their lives", async () => {
    const stack = world.stack();
    const program = (pluginVersion: string): Program => {
      const connectors = odd.map((fileName, i) => [
        `odd${String(i)}`,
        { source: world.package(`odd${String(i)}`, pluginVersion), fileName },
      ]);
      return { ...world.program({}), connectors: Object.fromEntries(connectors) as Program["connectors"] };
    };
    const [one, two] = [program("1.0.0"), program("1.1.0")];
    const all = (pluginVersion: string): string[][] => [odd.map((_name, i) => `odd${String(i)} ${pluginVersion}`)];
    expect(await stack.up(one)).toMatchObject({ errors: [] });
    expect((await world.live()).map((files) => Object.keys(files).sort())).toEqual([[...odd].sort()]);
    expect(await world.loaded()).toEqual(all("1.0.0"));
    expect(await world.cost(async () => expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "same" } }))).toEqual(
      nothing,
    );
    expect(await world.cost(() => stack.up(one))).toEqual(nothing);
    expect(await world.cost(async () => expect(await stack.up(two)).toMatchObject({ errors: [] }))).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual(all("1.1.0"));
    expect(await stack.destroy()).toMatchObject({ errors: [] });
    expect(await world.live()).toEqual([{}]);
    // Wherever a script works; not the whole machine, which takes seconds.
    const made = "find / /root -maxdepth 1 -name 'pwned*' 2>/dev/null; find /home /opt /etc/opt /var/opt /tmp -name 'pwned*' 2>/dev/null";
    expect((await world.cluster.run("node1", made)).output.trim()).toBe("");
  });

  test.each(["line\nend.taco", "tab\tand \u0001 control.taco", "turned\u202eround.taco"])(
    "a file named %j is refused in preview",
    async (fileName) => {
      const connectors = { odd: { source: world.package("odd_jdbc", "1.0.0"), fileName } };
      const cost = await world.cost(async () => {
        const { errors } = await world.stack().preview({ ...world.program({}), connectors });
        expect(errors).toEqual([expect.stringMatching(/fileName: expected a name without control characters/)]);
      });
      expect(cost).toEqual(nothing);
    },
  );

  test("foreign packages with such names hinder nothing, and are kept", async () => {
    const stack = world.stack("beside");
    const folder = world.cluster.paths.connectors;
    await world.cluster.run("node1", `mkdir -p ${folder}`);
    copyFileSync(world.package("foreign_jdbc", "1.0.0"), world.livePath("node1", "line\nend.taco"));
    copyFileSync(world.package("other_jdbc", "1.0.0"), world.livePath("node1", "tab\tand \u0001.taco"));
    const program = world.program({ a: world.package("a_jdbc", "1.0.0") });
    expect(await stack.up(program)).toMatchObject({ errors: [] });
    expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "same" } });
    expect(await world.cost(() => stack.up(program))).toEqual(nothing);
    expect(stack.get("config")?.outs["unlisted"]).toHaveLength(2);
    expect(await stack.destroy()).toMatchObject({ errors: [] });
    expect(Object.keys((await world.live())[0] ?? {})).toEqual(["line\nend.taco", "tab\tand \u0001.taco"]);
    await world.cluster.run("node1", `rm -f ${folder}/*.taco`);
  });

  test("connectors folders with odd names, which tsm is told", async () => {
    const stack = world.stack();
    const base = world.program({ a: world.package("a_jdbc", "1.0.0") });
    let earlier: string | undefined;
    for (const connectorsDirectory of [
      `/opt/tableau/it's "here" $(touch /pwned) \`id\` & ;\\ %s`,
      "/opt/tableau/-leading/--dash",
      "/opt/tableau/ünïcödé 接続",
    ]) {
      const program = { ...base, server: { ...base.server, connectorsDirectory } };
      const cost = await world.cost(async () => expect(await stack.up(program)).toMatchObject({ errors: [] }));
      expect(cost).toMatchObject({ restarts: 1, applies: 1 });
      expect((await world.cluster.state()).applied[pathKey]).toBe(connectorsDirectory);
      expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
      // The earlier one is retired in the same restart.
      if (earlier !== undefined) expect(readdirSync(world.cluster.nodePath("node1", earlier))).toEqual([]);
      earlier = connectorsDirectory;
      await stack.refresh();
      expect(await world.cost(() => stack.up(program))).toEqual(nothing);
    }
    // Back to the usual place.
    expect(await world.cost(async () => expect(await stack.up(base)).toMatchObject({ errors: [] }))).toMatchObject({ restarts: 1 });
    expect(readdirSync(world.cluster.nodePath("node1", earlier ?? ""))).toEqual([]);
    expect(await stack.destroy()).toMatchObject({ errors: [] });
    expect(existsSync(world.cluster.nodePath("node1", "/pwned"))).toBe(false);
  });

  test("a line end or a last blank in a folder that tsm would have to be told is refused in check", async () => {
    const base = world.program({ a: world.package("a_jdbc", "1.0.0") });
    const folder = { ...base, server: { ...base.server, connectorsDirectory: "/srv/two\nlines" } };
    const path = { ...base, config: { connectPluginsPath: "/srv/two\nlines" } };
    expect((await world.stack().preview(folder)).errors.join()).toMatch(/connectorsDirectory.*line end/);
    expect((await world.stack().preview(path)).errors.join()).toMatch(/connectPluginsPath.*line end/);
    const blank = { ...base, server: { ...base.server, connectorsDirectory: "/opt/tableau/ends with blank " } };
    expect((await world.stack().preview(blank)).errors.join()).toMatch(/connectorsDirectory.*blank at its end/);
  });

  test("odd names of servers, resources and triggers", async () => {
    const stack = world.stack("st'ack $(id)");
    const base = world.program({ a: world.package("a_jdbc", "1.0.0") }, { restartTriggers: ["$(touch /pwned)", { "'\"\n": "-e" }] });
    const program = { ...base, server: { ...base.server, name: `pr"od' $(touch /pwned)\n-x` }, configName: "con fig" };
    expect(await stack.up(program)).toMatchObject({ errors: [] });
    await stack.refresh();
    expect(await world.cost(() => stack.up(program))).toEqual(nothing);
    expect(await stack.destroy()).toMatchObject({ errors: [] });
    expect(existsSync(world.cluster.nodePath("node1", "/pwned"))).toBe(false);
  });
});

const describeAsRoot = process.getuid?.() === 0 && existsSync("/usr/bin/sudo") ? describe : describe.skip;

describeAsRoot("no secret is seen anywhere", () => {
  const password = `Pass"word-${randomUUID()}`;
  const passphrase = `Phrase-${randomUUID()}`;
  const markers = [password, password.replaceAll('"', '\\"'), passphrase];
  let world: World;
  const seen = new Set<string>();
  // What ran before the cluster can hold nothing of it.
  const earlier = new Set<string>();
  beforeAll(async () => {
    for (const pid of pids()) earlier.add(pid);
    world = await World.start({ login: "sudo", account: { username: "admin", password } });
    await world.cluster.fault("not-authorised");
  });
  afterAll(() => world.stop());

  const pids = (): string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  /** Arguments and environments of every process of this machine that is new, those of the nodes among them. */
  const lookAtProcesses = (): void => {
    const fresh = pids().filter((pid) => !earlier.has(pid));
    for (const file of fresh.flatMap((pid) => [join("/proc", pid, "cmdline"), join("/proc", pid, "environ")])) {
      const text = textOf(file);
      if (markers.some((marker) => text.includes(marker))) seen.add(`${file}: ${textOf(join(file, "../comm"))}`);
    }
  };

  /** The key of the program with a passphrase: in one round, since each costs time at every connection. */
  const withPassphraseOnKey = (plain: string): string => {
    const file = join(world.folder, "key");
    if (!existsSync(file)) {
      writeFileSync(file, plain, { mode: 0o600 });
      execFileSync("ssh-keygen", ["-q", "-p", "-a", "1", "-P", "", "-N", passphrase, "-f", file]);
    }
    return readFileSync(file, "utf8");
  };

  const withPassphrase = (program: Program): Program => {
    const privateKey = withPassphraseOnKey(program.server.nodes[0]?.connection?.privateKey ?? "");
    const nodes = program.server.nodes.map((node) => ({
      ...node,
      ...(node.connection === undefined ? {} : { connection: { ...node.connection, privateKey, privateKeyPassword: passphrase } }),
    }));
    return { ...program, server: { ...program.server, nodes, tsm: { username: "admin" } }, tsmPassword: password };
  };

  test("the password of tsm and the passphrase of a key: not in arguments, environments, calls, words or public state", async () => {
    const stack = world.stack();
    const [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
    const calls = world.cluster.onCall(lookAtProcesses);
    world.pool.before = lookAtProcesses;
    expect(await stack.up(withPassphrase(world.program({ a: a1 })))).toMatchObject({ errors: [] });
    expect(await stack.refresh()).toMatchObject({ errors: [] });
    expect(await stack.up(withPassphrase(world.program({ a: a2 }, { disableVerifyConnectorPluginSignature: true })))).toMatchObject({
      errors: [],
    });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    // Also where things go wrong.
    await world.cluster.fault("restart-fails", "once");
    expect((await stack.up(withPassphrase(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: true })))).errors).toHaveLength(
      1,
    );
    const wrong = { ...withPassphrase(world.program({ a: a1 })), tsmPassword: `${password}x` };
    expect((await stack.up(wrong)).errors).toEqual([expect.stringMatching(/login|logged in|password/i)]);
    await world.cluster.clearFaults();
    await world.cluster.fault("not-authorised");
    calls();
    world.pool.before = undefined;

    const state = await world.cluster.state();
    expect(state.calls.some(({ stdin }) => stdin === "carried")).toBe(true);
    expect([...seen]).toEqual([]);
    const publicState = [...stack.resources.values()].map(({ inputs, outs }) =>
      [inputs, outs].map(({ credentials: _secret, ...rest }) => rest),
    );
    const told = JSON.stringify([state, world.said, world.pool.ran, stack.errors, publicState]);
    for (const marker of markers) expect(told).not.toContain(JSON.stringify(marker).slice(1, -1));
    // Files on the nodes: store, record, logs.
    for (const node of ["node1", "node2"]) {
      const { output } = await world.cluster.run(
        node,
        `grep -rlF -e '${password}' -e '${passphrase}' /var/opt /opt /tmp /home 2>/dev/null; true`,
      );
      expect(output.trim()).toBe("");
    }
    await stack.up(withPassphrase(world.program({})));
  });
});

/** "": the process has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
